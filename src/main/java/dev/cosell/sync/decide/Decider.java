package dev.cosell.sync.decide;

import dev.cosell.verbs.Fault;
import dev.cosell.verbs.Reason;
import java.util.ArrayList;
import java.util.List;

/**
 * What a pair's situation is and what follows from it. A pure function of the referral now, the CRM's record
 * now and what they last agreed on; everything it needs was read before it is asked.
 */
public final class Decider {
    private final ReferralRules referrals;
    private final LeadMode leads;
    private final Breaker breaker;
    private final CheckMark mark;

    public Decider(ReferralRules referrals, LeadMode leads, Breaker breaker, CheckMark mark) {
        this.referrals = referrals;
        this.leads = leads;
        this.breaker = breaker;
        this.mark = mark;
    }

    /**
     * Whether the pair is known to be a lead of the CRM's, so that no opportunity has to be looked for. A lead that
     * nobody knows here yet may have one: sellers and other programs make them.
     */
    public boolean keepsLead(Pair pair) {
        // Asked before the CRM's lead is read, so nothing is compared yet and neither CRM nor clock is needed.
        Facts the = new Facts(referrals, leads, pair, null, null);
        return (pair.isPushed() || pair.isLeadLinked()) && the.isLead() && !the.isAnothers()
                && lead(the) == Situation.KEPT_LEAD;
    }

    /** @throws Fault.Data when a value that has to travel cannot be converted; names every such field */
    public Decision decide(Pair pair, CrmSide crm, TimeRules.Timing timing) {
        return decide(new Facts(referrals, leads, pair, crm, timing)).by(crm.mapping().version());
    }

    /**
     * What {@link #decide} would answer, and why: told row by row, and a value that cannot be converted is named
     * instead of thrown.
     */
    public Explanation explain(Pair pair, CrmSide crm, TimeRules.Timing timing) {
        List<RowFinding> rows = new ArrayList<>();
        try {
            Facts the = new Facts(referrals, leads, pair, crm, timing).telling(rows::add);
            return new Explanation(pair, decide(the), List.of(), rows);
        } catch (Fault.Data broken) {
            return new Explanation(pair, null, broken.faults(), rows);
        }
    }

    private Decision decide(Facts the) {
        Situation situation = situation(the);
        return switch (situation) {
            case UNDECIDED -> Decision.park(the.pair(), situation, Reasons.undecided(the.compared().merge()));
            case UNSTABLE -> Decision.park(the.pair(), situation, List.of(Reasons.undone(the.pair(), breaker)));
            case CHANGED, CHANGED_LEAD -> the.compared().isNews() ? compared(the, situation)
                    : compared(the, situation).toldToo(List.of("Both sides show the same again"));
            case TWIN, CONFLICT, CLOSING, REFUSED, DEADLINE, AGREED, AGREED_LEAD -> compared(the, situation);
            case STOPPED -> compared(the, situation).toldToo(the.compared().holds().after().held().stream()
                    .filter(Direction::stopped).map(Held::toString).toList());
            case HELD, WAITING -> the.hasReferral() ? compared(the, situation) : creation(the, situation);
            case NEW_OPPORTUNITY -> creation(the, situation);
            case ACCEPTED_LEAD -> accepted(the);
            // From here on the two are compared no more, or not until the sync is switched on again.
            case SWITCHED_OFF, OPPORTUNITY_GONE -> the.arrivals().decision(the.pair(), situation);
            default -> the.reasons().decision(situation);
        };
    }

    /** The cases in the order in which they are asked: the first that fits is the pair's situation. */
    private Situation situation(Facts the) {
        Pair pair = the.pair();
        // Microsoft's copy of a deal reported, and the deal is not joined here.
        if (pair.isReportedByMicrosoft() && !pair.isLinked()) {
            return Situation.FOREIGN;
        }
        // An organisation has one referral in an engagement, and the deal of this one is joined with another.
        if (pair.inItsPlace() != null) {
            return Situation.FOREIGN;
        }
        // What reported is not there any more, and nothing is known of the other side.
        if (!the.hasReferral() && !the.hasOpportunity()) {
            return pair.isReportedByCrm() ? Situation.OPPORTUNITY_GONE : Situation.REFERRAL_GONE;
        }
        // The seller has switched the sync off: from here on nothing else counts.
        if (the.isSwitchedOff()) {
            return Situation.SWITCHED_OFF;
        }
        // What an opportunity calls its referral can be no opportunity's. Nobody needs a deal that was lost.
        if (the.namesNoDealOfOurs()) {
            return the.isLostBefore() ? Situation.CLOSED_BEFORE : Situation.UNKNOWN_REFERRAL;
        }
        // The referral is another organisation's.
        if (the.isAnothers()) {
            return Situation.FOREIGN;
        }
        // A lead that the CRM holds as a lead, or that is not synced. Any other is a deal.
        Situation lead = the.isLead() ? lead(the) : null;
        if (lead != null) {
            return lead;
        }
        // A closed referral is an older deal of an opportunity that has gone on with another one.
        if (the.isFollowed()) {
            return Situation.CLOSED_BEFORE;
        }
        // The other side belongs to a third record.
        if (the.isTaken()) {
            return Situation.TAKEN;
        }
        // Several records claim to be the other side.
        if (!pair.rivals().isEmpty()) {
            return Situation.TWINS;
        }
        return the.hasOpportunity() && the.hasReferral() ? both(the) : oneAlone(the);
    }

    /** Null for a lead that is treated like any other deal. */
    private Situation lead(Facts the) {
        Pair pair = the.pair();
        if (!pair.isLeadRead()) {
            // The marketplace's own leads are leads whatever the setting says, and have nothing that could be accepted.
            if (pair.isPushed()) {
                return Situation.KEPT_LEAD;
            }
            // Leads are not synced.
            if (leads == LeadMode.OFF) {
                return Situation.LEAD;
            }
            // The CRM has it as a lead: that one has to be read.
            if (pair.isLeadLinked()) {
                return Situation.KEPT_LEAD;
            }
            // Leads become opportunities at once, or this one has one already.
            if (leads == LeadMode.OPPORTUNITIES || pair.isLinked() || the.hasOpportunity()) {
                return null;
            }
            // Nobody needs a lead that has ended; any other is looked for in the CRM.
            return the.isClosed() ? Situation.CLOSED_BEFORE : Situation.KEPT_LEAD;
        }
        // It was accepted, or leads become opportunities at once.
        if (the.isAccepted()) {
            return Situation.ACCEPTED_LEAD;
        }
        if (!the.hasCrmLead()) {
            // It was there once and was deleted, as the books say or the referral that names it; or it ended before
            // anybody here knew it; or it is new.
            return pair.isLeadLinked() ? Situation.LEAD_GONE
                    : the.isClosed() ? Situation.CLOSED_BEFORE
                    : the.namesUnknownRecord() ? Situation.UNKNOWN_CRM_RECORD : Situation.NEW_LEAD;
        }
        // Something travels to the lead, its referral has to learn its id, or there is something to say.
        return the.compared().isNews() || the.leadTellsOfFailure() ? Situation.CHANGED_LEAD : Situation.AGREED_LEAD;
    }

    private static Situation oneAlone(Facts the) {
        Pair pair = the.pair();
        if (!the.hasOpportunity()) {
            // The opportunity was deleted, or our user may not see it any more.
            if (pair.isLinked()) {
                return Situation.OPPORTUNITY_GONE;
            }
            // Nobody needs an opportunity of a deal that has ended.
            if (the.isClosed()) {
                return Situation.CLOSED_BEFORE;
            }
            // The referral names a record of this CRM that is not there; otherwise the deal is new here.
            return the.namesUnknownRecord() ? Situation.UNKNOWN_CRM_RECORD : Situation.NEW_REFERRAL;
        }
        // The referral of a joined deal is gone.
        if (pair.isLinked()) {
            return Situation.REFERRAL_GONE;
        }
        // Nobody needs a deal that was lost before anything of it was begun, whatever it calls its referral.
        if (the.isLostBefore()) {
            return Situation.CLOSED_BEFORE;
        }
        // What the opportunity calls its referral is not there, or no referral's id.
        if (the.isIdentified()) {
            return Situation.UNKNOWN_REFERRAL;
        }
        // It is to be shared: at once, or once its creation no longer has to wait.
        return !the.creation().any() ? Situation.NEW_OPPORTUNITY
                : the.creation().sentences().isEmpty() ? Situation.WAITING : Situation.HELD;
    }

    private Situation both(Facts the) {
        Pair pair = the.pair();
        // The referral names an opportunity that names another referral.
        if (!pair.isLinked() && the.identifiesAnother()) {
            return Situation.NAMES_ANOTHER;
        }
        // A closed referral is an older deal of an opportunity that goes on.
        if (!pair.isLinked() && the.isOlderDeal()) {
            return Situation.CLOSED_BEFORE;
        }
        // The opportunity's share was begun and has more to do than to join the two.
        if (!pair.isLinked() && the.isBeingShared()) {
            return pair.isReportedByCrm() ? Situation.NEW_OPPORTUNITY : Situation.BEING_SHARED;
        }
        Comparison compared = the.compared();
        // The same field moved apart, and a person has to decide.
        if (!compared.merge().undecided().isEmpty()) {
            return Situation.UNDECIDED;
        }
        // Something outside undoes our writes.
        if (compared.writes() && breaker.open(pair.link(), the.timing().now())) {
            return Situation.UNSTABLE;
        }
        // The referral closed.
        if (compared.patches().outcome() != null) {
            return Situation.CLOSING;
        }
        // They were never joined, and belong together.
        if (!pair.isLinked()) {
            return Situation.TWIN;
        }
        // Fields travel.
        if (!compared.merge().written().isEmpty()) {
            return compared.merge().conflict() ? Situation.CONFLICT : Situation.CHANGED;
        }
        // Nothing travels, because the other side cannot take it.
        if (!compared.merge().refusals().isEmpty()) {
            return Situation.REFUSED;
        }
        // One of them has lost the other's id.
        if (compared.joins()) {
            return Situation.CHANGED;
        }
        // A move has to wait from now on, or nobody wants it any more, or it is done already.
        if (!compared.holds().sentences().isEmpty()) {
            return Situation.HELD;
        }
        // A deadline speaks.
        if (!compared.holds().warnings().isEmpty()) {
            return Situation.DEADLINE;
        }
        // An earlier sync wrote to Partner Center, and nobody was told of it yet.
        if (the.tellsOfArrival()) {
            return Situation.CHANGED;
        }
        // Fields would travel in a direction that is stopped.
        if (compared.holds().stopped()) {
            return Situation.STOPPED;
        }
        // A move still waits.
        if (compared.holds().any()) {
            return Situation.WAITING;
        }
        // All is well; what says otherwise tells of a failure that is over.
        return the.tellsOfFailure(mark) ? Situation.CHANGED : Situation.AGREED;
    }

    private static Decision compared(Facts the, Situation situation) {
        Comparison compared = the.compared();
        return new Decision(the.pair(), situation, compared.patches(), compared.story(),
                Reason.all(Situation.REFUSED, compared.merge().refusals()), compared.holds().after(),
                compared.holds().warnings(), null);
    }

    /** The last change of the lead; what waited for it waits no more. */
    private static Decision accepted(Facts the) {
        Comparison compared = the.compared();
        return new Decision(the.pair(), Situation.ACCEPTED_LEAD, compared.patches(), compared.story(),
                Reason.all(Situation.REFUSED, compared.merge().refusals()), Waits.NONE, List.of(), null);
    }

    private static Decision creation(Facts the, Situation situation) {
        return new Decision(the.pair(), situation, Patches.NONE, the.creation().sentences(), List.of(),
                the.creation().after(), List.of(), null);
    }
}
