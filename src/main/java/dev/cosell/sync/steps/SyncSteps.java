package dev.cosell.sync.steps;

import dev.cosell.mapping.Mappings;
import dev.cosell.sync.books.LinkStore;
import dev.cosell.sync.decide.CrmSide;
import dev.cosell.sync.decide.Decider;
import dev.cosell.sync.decide.Decision;
import dev.cosell.sync.decide.Explanation;
import dev.cosell.sync.decide.Link;
import dev.cosell.sync.decide.LinkState;
import dev.cosell.sync.decide.Naming;
import dev.cosell.sync.decide.Overwrites;
import dev.cosell.sync.decide.Pair;
import dev.cosell.sync.decide.Referral;
import dev.cosell.sync.decide.ReferralRules;
import dev.cosell.sync.decide.TimeRules;
import dev.cosell.verbs.Attempts;
import dev.cosell.verbs.CrmView;
import dev.cosell.verbs.Fault;
import dev.cosell.verbs.Hint;
import dev.cosell.verbs.Opportunity;
import dev.cosell.verbs.Reason;
import dev.cosell.verbs.Trouble;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeException;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Variable;

/**
 * The steps of {@code routes/sync.camel.yaml} that are neither a call nor a branch: each takes what the route holds and
 * gives what it holds next.
 */
public final class SyncSteps {
    private final Map<String, CrmView> crms;
    private final ReferralRules referrals;
    private final Decider decider;
    private final Mappings mappings;
    private final LinkStore links;
    private final OldReads oldReads;
    private final String primaryCrm;
    private final Brakes brakes;
    private final TimeRules time;
    private final Clock clock;

    /** @param crms the enabled CRMs by name; the first one's record ids stand in {@code externalReferenceId} */
    public SyncSteps(Map<String, CrmView> crms, ReferralRules referrals, Decider decider, Mappings mappings,
            LinkStore links, Brakes brakes, TimeRules time, Clock clock) {
        this.crms = new LinkedHashMap<>(crms);
        this.referrals = referrals;
        this.decider = decider;
        this.mappings = mappings;
        this.links = links;
        this.oldReads = OldReads.of(links, new Attempts(clock));
        this.primaryCrm = crms.keySet().iterator().next();
        this.brakes = brakes;
        this.time = time;
        this.clock = clock;
    }

    /**
     * The pair that a hint is about, as far as our own books know it.
     *
     * @param before the pair of the round before this one, which may have read a later change than the hint's and
     *     counts as handled with it, so that both sides are read again; null in the first round
     */
    public Pair open(@Body Hint told, @Variable("crm") String crm, @Variable("pair") Pair before) {
        Hint hint = before == null ? told : told.changedAt(null);
        boolean byCrm = hint.system().equals(crm);
        Hint plain = plain(hint, byCrm ? crms.get(crm).readId(hint.id())
                : hint.system().equals(referrals.system()) ? referrals.readId(hint.id()) : null);
        Link link = (byCrm ? links.findByCrmId(crm, plain.id()) : links.findByReferral(crm, plain.id())).orElse(null);
        return Pair.of(crm, plain, link);
    }

    /** A notification may spell an id as its system's records do not. */
    private static Hint plain(Hint hint, String id) {
        return id == null || id.equals(hint.id()) ? hint
                : new Hint(hint.system(), id, hint.version(), hint.origin(), hint.changedAt());
    }

    /**
     * Id of the referral to read: from the hint or the link; null when none is known, or an opportunity without a
     * referral names one itself.
     */
    public String referralId(@Variable("pair") Pair pair) {
        if (!pair.isReportedByCrm() && !pair.isReportedByMicrosoft()) {
            return pair.hint().id();
        }
        boolean named = pair.opportunity() != null && naming(pair).identified(pair.opportunity()) != null;
        return pair.link() != null && (pair.isLinked() || !named) ? pair.link().referralId() : null;
    }

    /** Id of the opportunity to read: from the hint or the link; null when none is known. */
    public String opportunityId(@Variable("pair") Pair pair) {
        if (pair.isReportedByCrm()) {
            return pair.hint().id();
        }
        return pair.isLinked() ? pair.link().crmId() : null;
    }

    /** Engagement of the referral that was read; null when there is none. */
    public String engagementId(@Variable("pair") Pair pair) {
        return pair.referral() == null ? null : pair.referral().engagementId();
    }

    /** The CRM record that the referral itself names; null when it names none of this CRM. */
    public String namedOpportunityId(@Variable("pair") Pair pair) {
        return pair.referral() == null ? null : naming(pair).namedId(pair.referral());
    }

    /** @throws Fault.Transient when the record shows an old state: it has to be read again, a little later */
    public Pair withReferral(@Variable("pair") Pair pair, @Variable("referral") Map<String, Object> record) {
        Referral referral = Referral.of(record, referrals);
        if (referral == null && isExpected(pair)) {
            oldReads.refuseAbsence(pair, referrals.system(), pair.link().referralId());
        }
        boolean known = referral != null && pair.link() != null && referral.id().equals(pair.link().referralId());
        oldReads.refuse(pair, referral, known ? pair.link().agreement().referral().order() : null);
        if (referral != null && pair.isReportedByCrm() && isClaimOver(pair, referral)) {
            return released(pair);
        }
        if (referral == null || pair.isReportedByCrm()) {
            return pair.withReferral(referral);
        }
        if (pair.isReportedByMicrosoft()) {
            return pair.withReferral(referral.withMicrosofts(pair.related()));
        }
        return referral.isMicrosofts()
                ? pair.withRelated(referral, links.findByEngagement(pair.crm(), referral.engagementId()).orElse(null))
                : pair.withReferral(referral);
    }

    /**
     * Whether the opportunity that reported was parked with a referral, and neither of the two names the other any
     * more: somebody has corrected the referral's CRM id, or cleared the Referral Identifier.
     */
    private boolean isClaimOver(Pair pair, Referral referral) {
        return pair.opportunity() != null && pair.link() != null && pair.link().state() == LinkState.CLAIMED
                && referral.id().equals(pair.link().referralId())
                && !naming(pair).areNamed(referral, pair.opportunity());
    }

    private Pair released(Pair pair) {
        if (pair.isPreview()) {
            return pair.withLink(pair.link().releasedOpportunity());
        }
        links.release(pair.link());
        return pair.withLink(links.findByCrmId(pair.crm(), pair.opportunity().id()).orElse(null));
    }

    /** Whether both records of a link were there when it was last looked at. */
    private static boolean isExpected(Pair pair) {
        return pair.link() != null && pair.link().isWhole() && pair.link().state() != LinkState.ORPHANED;
    }

    /** A CRM that reports an opportunity may tell that it was deleted; a look that time has brought tells nothing. */
    private static boolean isOpportunityExpected(Pair pair) {
        Link link = pair.link();
        boolean byTime = pair.hint().origin() == Hint.Origin.AGAIN && link != null
                && link.state() != LinkState.ORPHANED && link.state() != LinkState.CLAIMED;
        return pair.isReportedByCrm() ? byTime
                : isExpected(pair) && !link.isLead();
    }

    /** @throws Fault.Transient when the record shows an old state: it has to be read again, a little later */
    public Pair withOpportunity(@Variable("pair") Pair pair, @Variable("opportunity") Map<String, Object> record) {
        Opportunity opportunity = Opportunity.of(record, crm(pair));
        if (opportunity == null && isOpportunityExpected(pair)) {
            oldReads.refuseAbsence(pair, pair.crm(), pair.link().crmId());
        }
        boolean known = opportunity != null && pair.link() != null && opportunity.id().equals(pair.link().crmId());
        oldReads.refuse(pair, opportunity, known ? pair.link().agreement().crm().order() : null);
        return pair.withOpportunity(opportunity);
    }

    /**
     * Takes the opportunities that carry this referral's id, or else its link: one is the other side, more than one are
     * rivals.
     */
    public Pair withFound(@Variable("pair") Pair pair, @Variable("found") List<Map<String, Object>> records) {
        List<Opportunity> found = records.stream().map(each -> new Opportunity(each, crm(pair))).toList();
        if (pair.referral() == null) {
            return found.isEmpty() ? pair
                    : pair.withOpportunity(found.get(0)).withRivals(found.subList(1, found.size()));
        }
        List<Opportunity> mine = found.stream()
                .filter(each -> naming(pair).identifiesDeal(each, pair.referral())).toList();
        if (mine.isEmpty()) {
            mine = found.stream().filter(each -> naming(pair).links(each, pair.referral())).toList();
        }
        return mine.isEmpty() ? pair : pair.withOpportunity(mine.get(0)).withRivals(mine.subList(1, mine.size()));
    }

    /** @throws Fault.Data when values that have to travel break rules; all of them are named */
    public Decision decide(@Variable("pair") Pair pair) {
        CrmSide side = side(pair);
        Decision decision = decider.decide(pair, side, time.at(clock.instant()));
        boolean stops = pair.isLinked() && brakes.stops(pair.crm(), pair.link().id(),
                Overwrites.counted(decision, side.mapping().opportunity(), side.stops(),
                clock.instant()));
        return stops ? decider.decide(pair, side(pair), time.at(clock.instant())) : decision;
    }

    /** What {@link #decide} would answer, row by row; a value that breaks a rule is named instead of thrown. */
    public Explanation explain(@Variable("pair") Pair pair) {
        return decider.explain(pair, side(pair), time.at(clock.instant()));
    }

    /** Whether the pair is known to be a lead of the CRM's, so that no opportunity has to be looked for. */
    public boolean keepsLead(@Variable("pair") Pair pair) {
        return decider.keepsLead(pair);
    }

    private CrmSide side(Pair pair) {
        return new CrmSide(crm(pair), mappings.of(pair.crm()), primaryCrm.equals(pair.crm()),
                brakes.stops(pair.crm()));
    }

    /** Why a record is parked after a defect of ours. */
    public List<Reason> defect(@ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Throwable cause) {
        return List.of(new Reason(Trouble.DEFECT, cause.getClass().getSimpleName(),
                "an internal defect, please report it, and use the operation retryParked (JMX) to try again: "
                        + cause));
    }

    /** Why a record is parked whose writes were refused for a long time, each as if somebody had been faster. */
    public List<Reason> neverSettles(@ExchangeException Fault.VersionConflict refusal) {
        return List.of(new Reason(Trouble.NEVER_SETTLES, refusal.system(),
                "each write was refused for ten minutes as if the record had just been changed; find out what changes "
                        + "it, or what else the refusal means, and use the operation retryParked (JMX): "
                        + refusal.faults().get(0).words()));
    }

    private Naming naming(Pair pair) {
        return new Naming(referrals, crm(pair));
    }

    private CrmView crm(Pair pair) {
        return crms.get(pair.crm());
    }
}
