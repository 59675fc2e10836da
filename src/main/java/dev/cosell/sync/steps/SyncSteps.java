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
import dev.cosell.sync.decide.Pair;
import dev.cosell.sync.decide.ReferralRules;
import dev.cosell.sync.decide.TimeRules;
import dev.cosell.verbs.Attempts;
import dev.cosell.verbs.CrmView;
import dev.cosell.verbs.Fault;
import dev.cosell.verbs.Hint;
import dev.cosell.verbs.RecordView;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.ExchangeException;
import org.apache.camel.Variable;

/** The steps of {@code routes/sync.camel.yaml} that are neither a call nor a branch: each takes what the route holds and gives what it holds next. */
public final class SyncSteps {
    private static final String SOLUTIONS = "solutions";

    private final Map<String, CrmView> crms;
    private final ReferralRules referrals;
    private final Decider decider;
    private final Mappings mappings;
    private final LinkStore links;
    private final OldReads oldReads;
    private final String primaryCrm;
    private final TimeRules time;
    private final Clock clock;

    /** @param crms the enabled CRMs by name; the first one's record ids stand in {@code externalReferenceId} */
    public SyncSteps(Map<String, CrmView> crms, ReferralRules referrals, Decider decider, Mappings mappings, LinkStore links, TimeRules time,
                     Clock clock) {
        this.crms = new LinkedHashMap<>(crms);
        this.referrals = referrals;
        this.decider = decider;
        this.mappings = mappings;
        this.links = links;
        this.oldReads = new OldReads(links, new Attempts(clock));
        this.primaryCrm = crms.keySet().iterator().next();
        this.time = time;
        this.clock = clock;
    }

    /** The pair that a hint is about, as far as our own books know it. */
    public Pair open(@Body Hint hint, @Variable("crm") String crm) {
        boolean byCrm = hint.system().equals(crm);
        Hint plain = plain(hint, byCrm ? crms.get(crm).readId(hint.id()) : hint.system().equals(referrals.system()) ? referrals.readId(hint.id()) : null);
        Link link = (byCrm ? links.findByCrmId(crm, plain.id()) : links.findByReferral(crm, plain.id())).orElse(null);
        return Pair.of(crm, plain, link);
    }

    /** A notification may spell an id as its system's records do not. */
    private static Hint plain(Hint hint, String id) {
        return id == null || id.equals(hint.id()) ? hint : new Hint(hint.system(), id, hint.version(), hint.origin());
    }

    /** Id of the referral to read: from the hint or the link; null when none is known, or an opportunity without a referral names one itself. */
    public String referralId(@Body Pair pair) {
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
    public String engagementId(@Body Pair pair) {
        return pair.referral() == null ? null : referrals.engagementId(pair.referral());
    }

    /** The CRM record that the referral itself names; null when it names none of this CRM. */
    public String namedOpportunityId(@Body Pair pair) {
        return pair.referral() == null ? null : naming(pair).namedId(pair.referral());
    }

    /** @throws Fault.Transient when the record shows an old state: it has to be read again, a little later */
    public Pair withReferral(@Body Pair pair, @Variable("referral") Object record) {
        Map<String, Object> referral = fields(record);
        boolean known = referral != null && pair.link() != null && referrals.id(referral).equals(pair.link().referralId());
        oldReads.refuse(pair, referrals, referral, known ? pair.link().agreement().referral().order() : null);
        if (referral == null || pair.isReportedByCrm()) {
            return pair.withReferral(referral);
        }
        if (pair.isReportedByMicrosoft()) {
            return pair.withReferral(referrals.withMicrosofts(referral, pair.related()));
        }
        return referrals.microsofts(referral)
                ? pair.withRelated(referral, links.findByEngagement(pair.crm(), referrals.engagementId(referral)).orElse(null))
                : pair.withReferral(referral);
    }

    /** @throws Fault.Transient when the record shows an old state: it has to be read again, a little later */
    public Pair withOpportunity(@Body Pair pair, @Variable("opportunity") Object record) {
        oldReads.refuse(pair, crm(pair), fields(record), pair.link() == null ? null : pair.link().agreement().crm().order());
        return pair.withOpportunity(fields(record));
    }

    /** Takes the opportunities that carry this referral's id, or else its link: one is the other side, more than one are rivals. */
    public Pair withFound(@Body Pair pair, @Variable("found") List<Map<String, Object>> found) {
        if (pair.referral() == null) {
            return found.isEmpty() ? pair : pair.withOpportunity(found.get(0)).withRivals(found.subList(1, found.size()));
        }
        List<Map<String, Object>> mine = found.stream().filter(each -> naming(pair).identifies(each, pair.referral())
                || naming(pair).identifiesEngagement(each, pair.referral())).toList();
        if (mine.isEmpty()) {
            mine = found.stream().filter(each -> naming(pair).links(each, pair.referral())).toList();
        }
        return mine.isEmpty() ? pair : pair.withOpportunity(mine.get(0)).withRivals(mine.subList(1, mine.size()));
    }

    /**
     * Looks what the books say of the side that did not report, unless the two are joined. The link of a record that is joined
     * with a third one is never this pair's, whatever the two records say of each other.
     *
     * @throws Fault.VersionConflict when another sync has joined the two since this one began, so that all has to be read again
     */
    public Pair withKnownLink(@Body Pair read) {
        Pair pair = linked(read);
        return pair.withInItsPlace(inItsPlace(pair));
    }

    private Pair linked(Pair pair) {
        Link other = pair.isLinked() ? null : otherSide(pair);
        if (other == null || pair.link() != null && pair.link().id() == other.id()) {
            return pair;
        }
        if (other.isJoined() && isOf(other, pair)) {
            throw new Fault.VersionConflict(pair.crm(), "Referral " + other.referralId() + " and opportunity " + other.crmId()
                    + " were joined by another sync while they were read");
        }
        if (other.isLead()) {
            return pair.withLink(other).withOther(pair.link());
        }
        boolean half = other.referralId() == null || other.crmId() == null;
        return pair.link() == null && half ? pair.withLink(other) : pair.withOther(other);
    }

    private boolean isOf(Link link, Pair pair) {
        return pair.referral() != null && pair.opportunity() != null && link.referralId().equals(referrals.id(pair.referral()))
                && link.crmId().equals(crm(pair).id(pair.opportunity()));
    }

    /** An organisation has one referral in an engagement: the id of ours, when a referral without a link is in one that has a link. */
    private String inItsPlace(Pair pair) {
        if (pair.link() != null || pair.isReportedByCrm() || pair.isReportedByMicrosoft() || pair.referral() == null
                || referrals.engagementId(pair.referral()) == null) {
            return null;
        }
        return links.findByEngagement(pair.crm(), referrals.engagementId(pair.referral())).map(Link::referralId)
                .filter(known -> !known.equals(referrals.id(pair.referral()))).orElse(null);
    }

    private Link otherSide(Pair pair) {
        if (pair.isReportedByCrm()) {
            return pair.referral() == null ? null : links.findByReferral(pair.crm(), referrals.id(pair.referral())).orElse(null);
        }
        return pair.opportunity() == null ? null : links.findByCrmId(pair.crm(), crm(pair).id(pair.opportunity())).orElse(null);
    }

    /** Name of the reported record at its present version, for the idempotent consumer. A retry is always new. */
    public String seenKey(@Body Pair pair) {
        Map<String, Object> reported = pair.isReportedByCrm() ? pair.opportunity() : pair.isReportedByMicrosoft() ? pair.related() : pair.referral();
        if (reported == null) {
            return retryKey(pair, SeenVersions.key(pair.crm(), pair.hint().system(), pair.hint().id(), "gone"));
        }
        if (pair.hint().origin() == Hint.Origin.PARTS) {
            return partsKey(crm(pair), reported);
        }
        RecordView view = pair.isReportedByCrm() ? crm(pair) : referrals;
        String key = SeenVersions.key(pair.crm(), view, reported);
        if (!pair.isReportedByMicrosoft() && pair.link() != null && !pair.link().isLead() && pair.link().state() == LinkState.LINKED) {
            String known = pair.isReportedByCrm() ? pair.link().crmVersion() : pair.link().referralVersion();
            links.answer(key, view.version(reported).equals(known));
        }
        return retryKey(pair, key);
    }

    private String retryKey(Pair pair, String key) {
        return pair.hint().origin() == Hint.Origin.RETRY ? "retry:" + clock.instant() + ":" + key : key;
    }

    /** @throws Fault.Data when values that have to travel break rules; all of them are named */
    public Decision decide(@Body Pair pair) {
        return decider.decide(pair, side(pair), time.at(clock.instant()));
    }

    /** What {@link #decide} would answer, row by row; a value that breaks a rule is named instead of thrown. */
    public Explanation explain(@Body Pair pair) {
        return decider.explain(pair, side(pair), time.at(clock.instant()));
    }

    /** The same for a lead that becomes an opportunity: from here on it is a deal like any other. */
    public Decision decideAsDeal(@Body Pair pair) {
        return decider.decideAsDeal(pair, side(pair), time.at(clock.instant()));
    }

    private CrmSide side(Pair pair) {
        return new CrmSide(crm(pair), null, mappings.of(pair.crm()), primaryCrm.equals(pair.crm()));
    }

    /** Why a record is parked after a defect of ours. */
    public List<String> defect(@ExchangeException Throwable cause) {
        return List.of("an internal defect, please report it, and use the operation retryParked (JMX) to try again: " + cause);
    }

    private Naming naming(Pair pair) {
        return new Naming(referrals, crm(pair));
    }

    private CrmView crm(Pair pair) {
        return crms.get(pair.crm());
    }

    /** Name of an opportunity at its present version together with its solution rows, which have no part in the version. */
    static String partsKey(CrmView crm, Map<String, Object> opportunity) {
        List<String> rows = rows(opportunity.get(SOLUTIONS)).stream().map(row -> row.get("id") + "=" + row.get("name")).sorted().toList();
        return SeenVersions.key(crm.system(), crm.system(), crm.id(opportunity), crm.version(opportunity) + "|" + rows);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> fields(Object record) {
        return (Map<String, Object>) record;
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> rows(Object value) {
        return value instanceof List<?> ? (List<Map<String, Object>>) value : List.of();
    }
}
