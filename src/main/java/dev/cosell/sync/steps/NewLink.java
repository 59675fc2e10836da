package dev.cosell.sync.steps;

import dev.cosell.sync.decide.AgreedValues;
import dev.cosell.sync.decide.Agreement.Seen;
import dev.cosell.sync.decide.Agreement;
import dev.cosell.sync.decide.Decision;
import dev.cosell.sync.decide.Ends;
import dev.cosell.sync.decide.Link;
import dev.cosell.sync.decide.LinkState;
import dev.cosell.sync.decide.Pair;
import dev.cosell.sync.decide.RecordType;
import dev.cosell.sync.decide.Referral;
import dev.cosell.sync.decide.Situation;
import dev.cosell.sync.decide.Standing;
import dev.cosell.sync.decide.Waits;
import dev.cosell.sync.decide.WriteCount;
import dev.cosell.verbs.CrmRecord;
import dev.cosell.verbs.Lead;
import dev.cosell.verbs.SystemRecord;
import java.util.List;
import java.util.Objects;

/** The link of a pair after a decision was carried out. */
record NewLink(Decision decision) {

    /**
     * Of two records that were compared or are made for each other. A version that has to come back as news is not put
     * down as known.
     *
     * @param versions the keys that do not come back
     */
    Link joined(Referral referral, CrmRecord record, AgreedValues agreed, KnownVersions known, List<String> versions,
                WriteCount writes, Waits waits) {
        Agreement now = new Agreement(agreed, new Seen(known.handled(referral, versions), referral.order()),
                new Seen(known.handled(record, versions), record.order()));
        RecordType type = record instanceof Lead ? RecordType.LEAD : RecordType.OPPORTUNITY;
        Ends ends = new Ends(referral.id(), referral.engagementId(), record.id(), type);
        return Link.of(pair().crm(), ends).inPlaceOf(pair().link()).with(now).with(writes).with(waits);
    }

    /** Of an opportunity whose referral may not be created yet. What an attempt may have made of it stays noted. */
    Link waiting(CrmRecord opportunity, Waits waits) {
        Link old = pair().link();
        AgreedValues noted = old == null || old.referralId() != null ? AgreedValues.NONE : old.agreed();
        Agreement looked = new Agreement(noted, Seen.NONE, new Seen(opportunity.version(), opportunity.order()));
        return Link.of(pair().crm(), Ends.deal(null, null, opportunity.id())).inPlaceOf(old).with(looked)
                .with(waits);
    }

    /** Of records that were not compared; null when there is nothing to write down. */
    Link unjoined() {
        Link left = left();
        boolean told = !decision.agreed().rows().isEmpty();
        boolean forgotten = left != null && pair().link() != null && pair().link().standing().isToForget();
        return told && !forgotten ? Objects.requireNonNullElse(left, pair().link()).with(decision.agreed()) : left;
    }

    /**
     * A link whose other side is gone is kept, so that nobody creates the deal anew; other pairs without two sides have
     * none.
     */
    private Link left() {
        Link old = pair().link();
        if (old == null || old.state() == LinkState.ORPHANED) {
            return waitsNoMore(old);
        }
        if (isTheOpportunitysOwn(old)) {
            return null;
        }
        if (decision.situation() == Situation.OPPORTUNITY_GONE) {
            // Restored within the second of its last change it has the version that was seen, and is news again.
            return orphaned(old.at(old.referralVersion(), null), "the CRM does not show the opportunity any more: "
                    + "it was deleted, or our user may not see it");
        }
        if (decision.situation() == Situation.LEAD_GONE) {
            return orphaned(old, "the CRM does not show the lead any more: it was deleted, or our user may not see it");
        }
        if (decision.situation() == Situation.REFERRAL_GONE) {
            // At the version that was seen it is news when a list shows it again.
            return orphaned(old.at(null, old.crmVersion()), "the referral is not visible in Partner Center any more");
        }
        if (isLetGo(old)) {
            Link free = alone(old).with(Standing.LINKED);
            return Objects.requireNonNullElse(looked(free), free);
        }
        return old.state() == LinkState.LINKED && !pair().isReportedByMicrosoft() ? looked(old) : waitsNoMore(old);
    }

    /**
     * Whether a referral reported that is not joined, an older deal or one that waits, and the link is that of the
     * opportunity it names: what that one is parked for or waits for is not answered by it.
     */
    private boolean isTheOpportunitysOwn(Link old) {
        boolean unanswered = decision.situation() == Situation.CLOSED_BEFORE
                || decision.situation() == Situation.BEING_SHARED;
        return unanswered && !pair().isReportedByCrm() && old.referralId() == null;
    }

    /**
     * Whether a person has answered the question for which a pair is parked by having no more of it. A closed referral
     * does not answer it while the opportunity's own may be that one.
     */
    private boolean isLetGo(Link old) {
        boolean beingShared = old.referralId() == null && !old.agreed().rows().isEmpty();
        boolean claimed = old.state() == LinkState.CLAIMED;
        boolean asks = claimed || old.state() == LinkState.PARKED;
        boolean namesNothing = decision.situation() == Situation.UNKNOWN_CRM_RECORD && old.crmId() == null;
        return asks && !pair().isReportedByMicrosoft() && (decision.situation() == Situation.SWITCHED_OFF
                || namesNothing
                || decision.situation() == Situation.CLOSED_BEFORE && !beingShared
                        && (!claimed || isClaimOfAnOlderDeal(old)));
    }

    /** An opportunity that calls a referral its own is not being shared, so no referral of it is just being made. */
    private boolean isClaimOfAnOlderDeal(Link claim) {
        return !pair().isReportedByCrm() && pair().opportunity() != null && pair().opportunity().referralId() != null
                && claim.agreed().rows().isEmpty();
    }

    /**
     * A claim that nobody wants any more joins nothing: the opportunity keeps what was noted, unless the claim was an
     * older deal's, which leaves it free.
     */
    private Link alone(Link old) {
        if (old.state() != LinkState.CLAIMED) {
            return old;
        }
        boolean older = decision.situation() == Situation.CLOSED_BEFORE;
        Ends ends = older ? Ends.deal(old.referralId(), old.engagementId(), null) : Ends.deal(null, null, old.crmId());
        Agreement rest = older ? new Agreement(old.agreed(), old.agreement().referral(), Seen.NONE)
                : new Agreement(old.agreed(), Seen.NONE, old.agreement().crm());
        return Link.of(old.crm(), ends).inPlaceOf(old).with(rest).with(old.writes());
    }

    private Link orphaned(Link old, String reason) {
        return old.uncompared().with(Standing.orphaned(decision.situation(), reason)).with(Waits.NONE);
    }

    /** What nobody compares does not wait either; null when it did not wait. */
    private static Link waitsNoMore(Link old) {
        return old == null || old.waits().isNone() ? null : old.with(Waits.NONE);
    }

    /** The reported version was looked at, though nothing follows from it; null when there is nothing to write down. */
    private Link looked(Link old) {
        SystemRecord record = pair().isReportedByCrm() ? pair().opportunity() : pair().referral();
        String version = record == null ? null : record.version();
        if (version == null) {
            return waitsNoMore(old);
        }
        return (pair().isReportedByCrm() ? old.at(old.referralVersion(), version) : old.at(version, old.crmVersion()))
                .with(Waits.NONE).uncompared();
    }

    private Pair pair() {
        return decision.pair();
    }
}
