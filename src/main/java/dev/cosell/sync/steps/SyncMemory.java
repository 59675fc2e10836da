package dev.cosell.sync.steps;

import dev.cosell.mapping.Mappings;
import dev.cosell.mapping.Row;
import dev.cosell.sync.books.AuditEntry;
import dev.cosell.sync.books.LinkStore;
import dev.cosell.sync.books.SeenVersions;
import dev.cosell.sync.books.WaitingRelated;
import dev.cosell.sync.decide.Action;
import dev.cosell.sync.decide.Agreement;
import dev.cosell.sync.decide.Breaker;
import dev.cosell.sync.decide.Decision;
import dev.cosell.sync.decide.Link;
import dev.cosell.sync.decide.LinkState;
import dev.cosell.sync.decide.Pair;
import dev.cosell.sync.decide.ParkedPair;
import dev.cosell.sync.decide.PartlyWritten;
import dev.cosell.sync.decide.ReferralRules;
import dev.cosell.sync.decide.Situation;
import dev.cosell.sync.decide.TimeRules;
import dev.cosell.sync.decide.Waits;
import dev.cosell.verbs.CrmView;
import dev.cosell.verbs.Fault;
import dev.cosell.verbs.RecordView;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** The last step of a sync: writes down, in one transaction, what both sides agree on now, what was done and which versions are our own. */
public final class SyncMemory {
    private static final Logger JOURNEY = LoggerFactory.getLogger("cosell.journey");

    /** The situation of a pair that was parked because a record breaks a rule, which no comparison tells. */
    private static final String BROKEN_RULE = "BROKEN_RULE";

    private final Map<String, CrmView> crms;
    private final ReferralRules referrals;
    private final Mappings mappings;
    private final LinkStore links;
    private final Breaker breaker;
    private final WaitingRelated waiting;
    private final TimeRules time;
    private final Clock clock;

    public SyncMemory(Map<String, CrmView> crms, ReferralRules referrals, Mappings mappings, LinkStore links, Breaker breaker,
                      WaitingRelated waiting, TimeRules time, Clock clock) {
        this.crms = Map.copyOf(crms);
        this.referrals = referrals;
        this.mappings = mappings;
        this.links = links;
        this.breaker = breaker;
        this.waiting = waiting;
        this.time = time;
        this.clock = clock;
    }

    /**
     * After a decision was carried out.
     *
     * @param referral    the referral as it is now; null when there is none
     * @param opportunity the opportunity as it is now; null when there is none
     * @param retry       true when a referral was asked for before and may be the one of that attempt
     */
    public void remember(@Variable("decision") Decision decision, @Variable("referral") Map<String, Object> referral,
                         @Variable("opportunity") Map<String, Object> opportunity, @Variable("retry") Boolean retry) {
        write(decision, referral, opportunity, retry);
        Pair pair = decision.pair();
        boolean compared = referral != null && opportunity != null && decision.situation().compared();
        if (pair.isReportedByMicrosoft()) {
            tellWaiting(pair, compared);
        } else if (compared) {
            waiting.release(pair.crm(), referrals.engagementId(referral));
        }
    }

    private void tellWaiting(Pair pair, boolean arrived) {
        String engagementId = referrals.engagementId(pair.related());
        if (arrived) {
            waiting.arrived(pair.crm(), engagementId, referrals.id(pair.related()));
        } else {
            waiting.hold(pair.crm(), engagementId, referrals.id(pair.related()), pair.isLinked());
        }
    }

    private void write(Decision decision, Map<String, Object> referral, Map<String, Object> opportunity, Boolean retry) {
        Pair pair = decision.pair();
        boolean recovered = Boolean.TRUE.equals(retry) && decision.action() == Action.CREATE_REFERRAL;
        boolean joined = referral != null && opportunity != null && decision.situation().compared();
        boolean wrote = wrote(pair, referral, opportunity);
        Map<String, Object> agreed = joined ? new Agreement(decision, mappings.of(pair.crm()).opportunity(), recovered).values(referral, opportunity) : Map.of();
        Waits waits = !joined ? decision.waits() : decision.waits().with(referrals.deadlines(referral, time.at(clock.instant())));
        boolean halfWaits = !joined && !waits.isNone();
        List<String> seen = (joined || halfWaits) && !recovered ? seenKeys(decision, referral, opportunity) : List.of();
        Link link = joined ? joined(pair, referral, opportunity, agreed, wrote, seen, waits)
                : halfWaits ? waiting(pair, opportunity, waits) : unjoined(decision);
        if (nothingNew(decision, agreed, wrote, waits)) {
            links.finish(new LinkStore.Finished(link, null, seen, joined ? absorbed(pair) : null));
            return;
        }
        links.finish(new LinkStore.Finished(link, entry(decision, referral, opportunity, wrote), seen, joined ? absorbed(pair) : null));
        tell(decision, referral, opportunity);
    }

    private static boolean nothingNew(Decision decision, Map<String, Object> agreed, boolean wrote, Waits waits) {
        Link link = decision.pair().link();
        boolean looked = decision.situation() == Situation.AGREED || decision.situation() == Situation.WAITING;
        return looked && !wrote && link != null && link.state() == LinkState.LINKED && waits.same(link.waits())
                && (decision.pair().referral() == null || decision.pair().isLinked() && agreed.equals(link.agreed()));
    }

    /** The link of an opportunity whose referral may not be created yet. */
    private Link waiting(Pair pair, Map<String, Object> opportunity, Waits waits) {
        CrmView crm = crms.get(pair.crm());
        return new Link(pair.link() == null ? 0 : pair.link().id(), pair.crm(), null, null, crm.id(opportunity), Map.of(), null, crm.version(opportunity), LinkState.LINKED, null,
                clock.instant(), null, 0, null, crm.order(opportunity), waits);
    }

    /**
     * After a pair was parked.
     *
     * @param opportunity the opportunity as it is now, with its audit entry; null when it could not be read
     * @param referral    the referral as it is now: written perhaps, before the CRM refused its part
     */
    public void park(@Variable("pair") Pair pair, @Variable("problems") List<String> problems,
                     @Variable("opportunity") Map<String, Object> opportunity, @Variable("decision") Decision decision,
                     @Variable("referral") Map<String, Object> referral) {
        if (pair == null) {
            JOURNEY.error("A hint could not be worked on and is dropped: {}", String.join("; ", problems));
            return;
        }
        boolean decided = decision != null && decision.pair() == pair;
        String situation = decided && decision.action() == Action.PARK ? decision.situation().name() : BROKEN_RULE;
        String reason = String.join("; ", problems);
        Instant now = clock.instant();
        PartlyWritten partly = decided && pair.isLinked() && decision.action() != Action.PARK
                ? new PartlyWritten(decision, mappings.of(pair.crm()).opportunity(), referrals, referral) : null;
        ParkedPair parked = new ParkedPair(pair, decided && decision.situation() == Situation.TAKEN, opportunity, referrals, crms.get(pair.crm()));
        if (pair.isReportedByMicrosoft()) {
            tellWaiting(pair, false);
        }
        Map<String, Object> agreed = partly != null ? partly.agreed() : pair.link() == null ? Map.of() : pair.link().agreed();
        store(new LinkStore.Finished(parked.link(reason, agreed, now), new AuditEntry(now, pair.crm(), parked.referralId(), parked.crmId(), situation,
                Action.PARK.name(), reason, mappings.of(pair.crm()).version(), false), seenWhenParked(parked, decision, partly, referral),
                parked.holdsBoth() ? absorbed(pair) : null), parked);
        JOURNEY.warn("{}: {} not synced: {}", pair.crm(), name(pair.referral(), opportunity == null ? pair.opportunity() : opportunity,
                parked.referralId(), parked.crmId()), reason);
    }

    /** What stopped the record may be the very value that cannot be kept. */
    private void store(LinkStore.Finished finished, ParkedPair parked) {
        try {
            links.finish(finished);
        } catch (Fault.Data unstorable) {
            links.finish(new LinkStore.Finished(parked.bare(finished.link()), finished.entry(), finished.seenKeys()));
        }
    }

    private List<String> seenWhenParked(ParkedPair parked, Decision decision, PartlyWritten partly, Map<String, Object> referral) {
        Pair pair = parked.pair();
        List<String> seen = new ArrayList<>();
        if (parked.handlesReferral()) {
            addKey(seen, pair.crm(), referrals, pair.referral());
        }
        parked.handledOpportunities().forEach(each -> addKey(seen, pair.crm(), crms.get(pair.crm()), each));
        if (partly != null && partly.wroteReferral() && onlyOurs(decision, pair.referral(), referral, true)) {
            addKey(seen, pair.crm(), referrals, referral);
        }
        return seen;
    }

    /** The row that a half-made link or a claim of the other side has, which goes when the two are one; null without one. */
    private static Long absorbed(Pair pair) {
        return pair.other() == null || pair.other().isJoined() ? null : pair.other().id();
    }

    private boolean wrote(Pair pair, Map<String, Object> referral, Map<String, Object> opportunity) {
        return referral != pair.referral() || opportunity != pair.opportunity();
    }

    /** A version that has to come back as news is not put down as known. */
    private Link joined(Pair pair, Map<String, Object> referral, Map<String, Object> opportunity, Map<String, Object> agreed,
                        boolean wrote, List<String> seen, Waits waits) {
        CrmView crm = crms.get(pair.crm());
        Instant now = clock.instant();
        Link old = pair.link();
        boolean sameWindow = old != null && breaker.inWindow(old, now);
        Instant windowStart = sameWindow ? old.writeWindowStart() : now;
        int writes = (sameWindow ? old.writesInWindow() : 0) + (wrote ? 1 : 0);
        return new Link(old == null ? 0 : old.id(), pair.crm(), referrals.id(referral), referrals.engagementId(referral),
                crm.id(opportunity), agreed, handled(pair.crm(), referrals, referral, seen), handled(pair.crm(), crm, opportunity, seen),
                LinkState.LINKED, null, now, windowStart, writes, referrals.order(referral), crm.order(opportunity), waits);
    }

    private static String handled(String crm, RecordView view, Map<String, Object> record, List<String> seen) {
        String version = view.version(record);
        return seen.contains(SeenVersions.key(crm, view.system(), view.id(record), version)) ? version : null;
    }

    /** A link whose other side is gone is kept, so that nobody creates the deal anew; other pairs without two sides have none. */
    private Link unjoined(Decision decision) {
        Link old = decision.pair().link();
        boolean gone = decision.situation() == Situation.OPPORTUNITY_GONE || decision.situation() == Situation.REFERRAL_GONE;
        if (old == null || old.state() == LinkState.ORPHANED) {
            return waitsNoMore(old);
        }
        if (!gone) {
            return old.state() == LinkState.LINKED && !decision.pair().isReportedByMicrosoft() ? looked(decision.pair()) : waitsNoMore(old);
        }
        String reason = decision.situation() == Situation.OPPORTUNITY_GONE ? "the opportunity was deleted in the CRM"
                : "the referral is not visible in Partner Center any more";
        return new Link(old.id(), old.crm(), old.referralId(), old.engagementId(), old.crmId(), old.agreed(), old.referralVersion(),
                old.crmVersion(), LinkState.ORPHANED, reason, clock.instant(), old.writeWindowStart(), old.writesInWindow(),
                old.referralOrder(), old.crmOrder(), old.recordType());
    }

    /** What nobody compares does not wait either; null when it did not wait. */
    private static Link waitsNoMore(Link old) {
        return old == null || old.waits().isNone() ? null : old.with(Waits.NONE);
    }

    /** The reported version was looked at, though nothing follows from it; null when there is nothing to write down. */
    private Link looked(Pair pair) {
        Link old = pair.link();
        RecordView view = pair.isReportedByCrm() ? crms.get(pair.crm()) : referrals;
        String version = version(view, pair.isReportedByCrm() ? pair.opportunity() : pair.referral());
        if (version == null) {
            return waitsNoMore(old);
        }
        return (pair.isReportedByCrm() ? old.at(old.referralVersion(), version) : old.at(version, old.crmVersion())).with(Waits.NONE);
    }

    private AuditEntry entry(Decision decision, Map<String, Object> referral, Map<String, Object> opportunity, boolean wrote) {
        Pair pair = decision.pair();
        return new AuditEntry(clock.instant(), pair.crm(), referral == null ? referralId(pair) : referrals.id(referral),
                opportunity == null ? crmId(pair) : crms.get(pair.crm()).id(opportunity), decision.situation().name(),
                decision.action().name(), String.join("; ", decision.sentences()), mappings.of(pair.crm()).version(), wrote);
    }

    /**
     * The versions that must not come back as news: what was read and what our writes made of it. When a field that we did not
     * write changed between our read and our write, the version is news after all.
     */
    private List<String> seenKeys(Decision decision, Map<String, Object> referral, Map<String, Object> opportunity) {
        Pair pair = decision.pair();
        CrmView crm = crms.get(pair.crm());
        List<String> keys = new ArrayList<>();
        addKey(keys, pair.crm(), referrals, pair.related());
        if (!pair.isReportedByCrm() || !known(pair.link(), referrals, pair.referral(), true)) {
            addKey(keys, pair.crm(), referrals, pair.referral());
        }
        if (pair.isReportedByCrm() || !known(pair.link(), crm, pair.opportunity(), false)) {
            addKey(keys, pair.crm(), crm, pair.opportunity());
        }
        if (onlyOurs(decision, pair.referral(), referral, true)) {
            addKey(keys, pair.crm(), referrals, referral);
        }
        if (onlyOurs(decision, pair.opportunity(), opportunity, false)) {
            addKey(keys, pair.crm(), crm, opportunity);
            if (pair.opportunity() == null || pair.referral() == null || decision.crmPatch().containsKey("solutions")) {
                keys.add(SyncSteps.partsKey(crm, opportunity));
            }
        }
        return keys;
    }

    /** The version at which both last agreed was remembered then; if it was not, it comes once more and costs a read. */
    private static boolean known(Link link, RecordView view, Map<String, Object> record, boolean referralSide) {
        return link != null && record != null
                && Objects.equals(view.version(record), referralSide ? link.referralVersion() : link.crmVersion());
    }

    private boolean onlyOurs(Decision decision, Map<String, Object> before, Map<String, Object> after, boolean referralSide) {
        if (before == null || before == after) {
            return true;
        }
        for (Row row : mappings.of(decision.pair().crm()).opportunity().rows()) {
            boolean towardsCrm = row.crmPaths().stream().anyMatch(decision.crmPatch()::containsKey);
            if (decision.written().contains(row.name()) && towardsCrm != referralSide) {
                continue;
            }
            Object old = referralSide ? row.normalReferral(row.referralValue(before)) : row.normalCrm(row.crmValue(before));
            Object now = referralSide ? row.normalReferral(row.referralValue(after)) : row.normalCrm(row.crmValue(after));
            if (!Objects.equals(old, now)) {
                return false;
            }
        }
        return true;
    }

    private static void addKey(List<String> keys, String crm, RecordView view, Map<String, Object> record) {
        if (record != null) {
            String key = SeenVersions.key(crm, view.system(), view.id(record), view.version(record));
            if (!keys.contains(key)) {
                keys.add(key);
            }
        }
    }

    private void tell(Decision decision, Map<String, Object> referral, Map<String, Object> opportunity) {
        if (JOURNEY.isInfoEnabled()) {
            Pair pair = decision.pair();
            JOURNEY.atLevel(decision.warnings().isEmpty() ? Level.INFO : Level.WARN).log("{}: {} {} → {}{}", pair.crm(), name(referral, opportunity,
                    referral == null ? referralId(pair) : referrals.id(referral),
                    opportunity == null ? crmId(pair) : crms.get(pair.crm()).id(opportunity)),
                    decision.situation(), decision.action(),
                    decision.isWorthTelling() ? ": " + String.join("; ", decision.sentences()) : "");
        }
    }

    private static String name(Map<String, Object> referral, Map<String, Object> opportunity, String referralId, String crmId) {
        Object name = referral != null ? referral.get("name") : opportunity != null
                ? opportunity.getOrDefault("Name", opportunity.get("name")) : null;
        return (name == null ? "" : "\"" + name + "\" ") + "(" + referralId + " ↔ " + crmId + ")";
    }

    private String referralId(Pair pair) {
        if (pair.referral() != null) {
            return referrals.id(pair.referral());
        }
        return pair.link() != null ? pair.link().referralId() : pair.isReportedByCrm() ? null : pair.hint().id();
    }

    private String crmId(Pair pair) {
        if (pair.opportunity() != null) {
            return crms.get(pair.crm()).id(pair.opportunity());
        }
        return pair.link() != null ? pair.link().crmId() : pair.isReportedByCrm() ? pair.hint().id() : null;
    }

    private static String version(RecordView view, Map<String, Object> record) {
        return record == null ? null : view.version(record);
    }
}
