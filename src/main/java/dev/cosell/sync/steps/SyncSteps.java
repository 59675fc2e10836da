package dev.cosell.sync.steps;

import dev.cosell.mapping.Mappings;
import dev.cosell.sync.books.LinkStore;
import dev.cosell.sync.books.SeenVersions;
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
import dev.cosell.verbs.SystemRecord;
import dev.cosell.verbs.Trouble;
import java.time.Clock;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Body;
import org.apache.camel.ExchangeException;
import org.apache.camel.Variable;

/**
 * The steps of {@code routes/sync.camel.yaml} that are neither a call nor a branch: each takes what the route holds and
 * gives what it holds next.
 */
public final class SyncSteps {
    private static final String SOLUTIONS = "solutions";
    private static final Set<Hint.Origin> AGAIN = EnumSet.of(Hint.Origin.RETRY, Hint.Origin.BACKFILL);

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
        boolean known = referral != null && pair.link() != null && referral.id().equals(pair.link().referralId());
        oldReads.refuse(pair, referral, known ? pair.link().agreement().referral().order() : null);
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

    /** @throws Fault.Transient when the record shows an old state: it has to be read again, a little later */
    public Pair withOpportunity(@Variable("pair") Pair pair, @Variable("opportunity") Map<String, Object> record) {
        Opportunity opportunity = Opportunity.of(record, crm(pair));
        oldReads.refuse(pair, opportunity, pair.link() == null ? null : pair.link().agreement().crm().order());
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
        List<Opportunity> mine = found.stream().filter(each -> naming(pair).identifies(each, pair.referral())
                || naming(pair).identifiesEngagement(each, pair.referral())).toList();
        if (mine.isEmpty()) {
            mine = found.stream().filter(each -> naming(pair).links(each, pair.referral())).toList();
        }
        return mine.isEmpty() ? pair : pair.withOpportunity(mine.get(0)).withRivals(mine.subList(1, mine.size()));
    }

    /**
     * Looks up what the books say about the side that did not report, unless the two are joined. The link of a record
     * that is joined with a third one is never this pair's, whatever the two records say of each other.
     *
     * @throws Fault.VersionConflict when another sync has joined the two since this one began, so that all has to be
     *     read again
     * @throws Fault.Taken when the referral is closed and its opportunity is just being shared: it may be the one that
     *     is being made, and to take it for an older deal would lose the close. The opportunity is looked at again, in
     *     case its own news got lost. Nobody goes on with one that is switched off, and nothing is decided about it
     */
    public Pair withKnownLink(@Variable("pair") Pair read) {
        Pair pair = linked(read);
        return pair.withInItsPlace(inItsPlace(pair));
    }

    private Pair linked(Pair pair) {
        Link other = pair.isLinked() ? null : otherSide(pair);
        if (other == null || pair.link() != null && pair.link().id() == other.id()) {
            return pair;
        }
        if (other.isJoined() && isOf(other, pair)) {
            throw new Fault.VersionConflict(pair.crm(),
                    "Referral " + other.referralId() + " and opportunity " + other.crmId()
                            + " were joined by another sync while they were read");
        }
        if (other.isLead()) {
            return pair.withLink(other).withOther(pair.link());
        }
        boolean wanted = pair.opportunity() != null && pair.opportunity().isSyncWanted();
        if (wanted && isBeingShared(other) && pair.referral() != null && pair.referral().isClosed()) {
            links.postpone(other, clock.instant());
            throw new Fault.Taken(pair.crm(), "Referral " + pair.referral().id() + " was closed while opportunity "
                    + other.crmId() + ", which it names, is being shared with Partner Center");
        }
        boolean half = other.referralId() == null || other.crmId() == null;
        return pair.link() == null && half ? pair.withLink(other) : pair.withOther(other);
    }

    /** Whether a create of the opportunity's referral was begun that nobody has ended or parked. */
    private static boolean isBeingShared(Link link) {
        return link.referralId() == null && link.state() == LinkState.LINKED && !link.agreed().rows().isEmpty();
    }

    private boolean isOf(Link link, Pair pair) {
        return pair.referral() != null && pair.opportunity() != null && link.referralId().equals(pair.referral().id())
                && link.crmId().equals(pair.opportunity().id());
    }

    /**
     * An organisation has one referral in an engagement: the id of ours, when a referral without a link is in one that
     * has a link.
     */
    private String inItsPlace(Pair pair) {
        if (pair.link() != null || pair.isReportedByCrm() || pair.isReportedByMicrosoft() || pair.referral() == null
                || pair.referral().engagementId() == null) {
            return null;
        }
        return links.findByEngagement(pair.crm(), pair.referral().engagementId()).map(Link::referralId)
                .filter(known -> !known.equals(pair.referral().id())).orElse(null);
    }

    private Link otherSide(Pair pair) {
        if (pair.isReportedByCrm()) {
            return pair.referral() == null ? null : links.findByReferral(pair.crm(), pair.referral().id()).orElse(null);
        }
        return pair.opportunity() == null ? null : links.findByCrmId(pair.crm(), pair.opportunity().id()).orElse(null);
    }

    /**
     * Name of the reported record at its present version, for the idempotent consumer. A retry is always new, and so is
     * what a backfill hands over: the mapping may have changed since. A change that is known from its time needs no
     * look at the record.
     */
    public String seenKey(@Variable("pair") Pair pair) {
        if (pair.isKnownChange()) {
            return handled(SeenVersions.key(pair.crm(), pair.hint().system(), pair.hint().id(),
                    pair.link().referralVersion()));
        }
        SystemRecord reported = pair.isReportedByCrm() ? pair.opportunity() : pair.isReportedByMicrosoft()
                ? pair.related() : pair.referral();
        if (reported == null) {
            return retryKey(pair, SeenVersions.key(pair.crm(), pair.hint().system(), pair.hint().id(), "gone"));
        }
        if (pair.hint().origin() == Hint.Origin.PARTS) {
            return partsKey(pair.opportunity());
        }
        String key = SeenVersions.key(pair.crm(), reported);
        if (!pair.isReportedByMicrosoft() && pair.link() != null && !pair.link().isLead()
                && pair.link().state() == LinkState.LINKED) {
            String known = pair.isReportedByCrm() ? pair.link().crmVersion() : pair.link().referralVersion();
            links.answer(key, reported.version().equals(known));
        }
        return retryKey(pair, key);
    }

    private String handled(String key) {
        links.answer(key, true);
        return key;
    }

    private String retryKey(Pair pair, String key) {
        return AGAIN.contains(pair.hint().origin()) ? "retry:" + clock.instant() + ":" + key : key;
    }

    /** @throws Fault.Data when values that have to travel break rules; all of them are named */
    public Decision decide(@Variable("pair") Pair pair) {
        Decision decision = decider.decide(pair, side(pair), time.at(clock.instant()));
        boolean stops = pair.isLinked() && brakes.stops(pair.crm(), pair.link().id(),
                Overwrites.counted(decision, mappings.of(pair.crm()).opportunity()));
        return stops ? decider.decide(pair, side(pair), time.at(clock.instant())) : decision;
    }

    /** What {@link #decide} would answer, row by row; a value that breaks a rule is named instead of thrown. */
    public Explanation explain(@Variable("pair") Pair pair) {
        return decider.explain(pair, side(pair), time.at(clock.instant()));
    }

    /** Whether the pair is a lead that the CRM holds as a lead, so that no opportunity has to be looked for. */
    public boolean keepsLead(@Variable("pair") Pair pair) {
        return decider.keepsLead(pair);
    }

    private CrmSide side(Pair pair) {
        return new CrmSide(crm(pair), mappings.of(pair.crm()), primaryCrm.equals(pair.crm()),
                brakes.stopped(pair.crm()));
    }

    /** Why a record is parked after a defect of ours. */
    public List<Reason> defect(@ExchangeException Throwable cause) {
        return List.of(new Reason(Trouble.DEFECT, cause.getClass().getSimpleName(),
                "an internal defect, please report it, and use the operation retryParked (JMX) to try again: "
                        + cause));
    }

    private Naming naming(Pair pair) {
        return new Naming(referrals, crm(pair));
    }

    private CrmView crm(Pair pair) {
        return crms.get(pair.crm());
    }

    /**
     * Name of an opportunity at its present version together with its solution rows, which have no part in the version.
     */
    static String partsKey(Opportunity opportunity) {
        List<?> solutions = opportunity.fields().get(SOLUTIONS) instanceof List<?> rows ? rows : List.of();
        List<String> names = solutions.stream().map(row -> (Map<?, ?>) row)
                .map(row -> row.get("id") + "=" + row.get("name")).sorted().toList();
        String version = opportunity.version() + "|" + names;
        return SeenVersions.key(opportunity.system(), opportunity.system(), opportunity.id(), version);
    }
}
