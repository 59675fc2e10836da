package dev.cosell.sync.steps;

import dev.cosell.mapping.CompiledTable;
import dev.cosell.mapping.Mappings;
import dev.cosell.mapping.Row;
import dev.cosell.sync.books.LinkStore;
import dev.cosell.sync.books.SeenVersions;
import dev.cosell.sync.decide.AgreedValues;
import dev.cosell.sync.decide.BegunWrites;
import dev.cosell.sync.decide.Decision;
import dev.cosell.sync.decide.Direction;
import dev.cosell.sync.decide.Ends;
import dev.cosell.sync.decide.Link;
import dev.cosell.sync.decide.Overwrites;
import dev.cosell.sync.decide.Pair;
import dev.cosell.sync.decide.PartlyWritten;
import dev.cosell.sync.decide.Referral;
import dev.cosell.verbs.Fault;
import dev.cosell.verbs.SystemRecord;
import dev.cosell.verbs.Writes;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Variable;

/**
 * The step before a write: writes down what is about to be written. When the answer gets lost, or the process dies
 * before the sync is remembered, the next comparison knows the write as our own and does not take it for an edit
 * against which another may lose.
 */
public final class Beginnings {
    private final Mappings mappings;
    private final LinkStore links;
    private final Brakes brakes;

    public Beginnings(Mappings mappings, LinkStore links, Brakes brakes) {
        this.mappings = mappings;
        this.links = links;
        this.brakes = brakes;
    }

    /** Before an update or a close. What is noted of a pair that was never joined stands with its referral. */
    public void update(@Variable("decision") Decision decision) {
        Pair pair = decision.pair();
        if (isNoted(decision)) {
            note(pair, new BegunWrites(decision, opportunities(pair)).agreed(),
                    Overwrites.counted(decision, opportunities(pair), brakes.stops(pair.crm()), brakes.now()));
            if (pair.isLinked()) {
                brakes.noted(pair.link().id());
            }
        }
    }

    private static boolean isNoted(Decision decision) {
        Pair pair = decision.pair();
        return !pair.isLeadLinked() && !decision.written().isEmpty();
    }

    private void note(Pair pair, AgreedValues agreed, Map<Direction, Instant> overwrites) {
        if (pair.isLinked()) {
            links.begin(pair.link().with(agreed), overwrites);
        } else {
            links.begin(unjoined(pair).with(agreed), pair.link());
        }
    }

    private static Link unjoined(Pair pair) {
        Referral referral = pair.referral();
        return pair.link() != null ? pair.link()
                : Link.of(pair.crm(), Ends.deal(referral.id(), referral.engagementId(), null));
    }

    /**
     * After an update or a close ended without having written, such as one that met a newer version: what had not
     * arrived before does not arrive now, so an edit beside it is a conflict like any other. Nor was the version
     * handled that this round has read.
     *
     * @param present  the pair of this round; null when it is not known yet
     * @param decision null when nothing was decided yet. That of an earlier round, whose refusal was noted when it
     *     ended, has another pair
     * @param now      the referral as it is now: written perhaps, before the CRM refused its part
     * @param why      nothing is noted when the write may have arrived all the same
     */
    public void refused(@Variable("pair") Pair present, @Variable("decision") Decision decision,
            @Variable("referral") Map<String, Object> now, @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Throwable why) {
        SystemRecord reported = present == null ? null : ReportedVersions.reported(present);
        if (reported != null && why instanceof Fault.VersionConflict) {
            links.leftOpen(SeenVersions.key(present.crm(), reported));
        }
        boolean known = why instanceof Fault fault && !fault.mayHaveArrived();
        if (!known || decision == null || decision.pair() != present || !isNoted(decision)) {
            return;
        }
        Pair pair = decision.pair();
        Referral referral = SystemRecord.now(pair.referral(), now,
                fields -> new Referral(fields, pair.referral().view()));
        try {
            note(pair, new PartlyWritten(decision, opportunities(pair), referral).begun(), Map.of());
        } catch (Fault.VersionConflict another) {
            // The link is another sync's by now, and what that one stored holds.
        }
    }

    /**
     * Before an opportunity is created. Nothing was found, but that of an earlier attempt may be found yet, so what was
     * written down for it stays beside.
     */
    public void opportunity(@Variable("decision") Decision decision,
            @Variable("request") Writes.NewOpportunity wanted) {
        Pair pair = decision.pair();
        AgreedValues agreed = AgreedValues.shown(opportunities(pair).rows(), Row::toCrmOnCreate,
                pair.referral().fields(), wanted.fields());
        Ends ends = Ends.deal(wanted.referralId(), pair.referral().engagementId(), null);
        Link half = half(pair, ends);
        links.begin(half.withDeal(agreed.orOf(half.agreedOnDeal())), pair.link());
    }

    /**
     * Before a referral is created for the first time; what is written down for it stays until it is found or made. An
     * earlier attempt that noted nothing has sent nothing: it was cut short before this. The link of an opportunity
     * that waited to be shared was there before.
     */
    public void referral(@Variable("decision") Decision decision, @Variable("request") Writes.NewReferral wanted) {
        Pair pair = decision.pair();
        if (wanted.retry() && pair.link() != null && !pair.link().agreedOnDeal().rows().isEmpty()) {
            return;
        }
        AgreedValues agreed = AgreedValues.shown(opportunities(pair).rows(), Row::toReferralOnCreate,
                wanted.document(), pair.opportunity().fields());
        Link half = half(pair, Ends.deal(null, null, pair.opportunity().id()));
        links.begin(half.withDeal(agreed), pair.link());
    }

    private CompiledTable opportunities(Pair pair) {
        return mappings.of(pair.crm()).opportunity();
    }

    /** What a pair that was never joined leaves until it is; a claim that led nowhere is no more. */
    private static Link half(Pair pair, Ends ends) {
        Link old = pair.link();
        boolean same = old != null && (old.isLead()
                || Objects.equals(old.referralId(), ends.referralId()) && Objects.equals(old.crmId(), ends.crmId()));
        return same ? old : Link.of(pair.crm(), ends).inPlaceOf(old);
    }
}
