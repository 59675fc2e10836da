package dev.cosell.sync.steps;

import dev.cosell.mapping.CompiledTable;
import dev.cosell.mapping.Mappings;
import dev.cosell.sync.books.Attempt;
import dev.cosell.sync.books.AuditEntry;
import dev.cosell.sync.books.Label;
import dev.cosell.sync.books.LinkStore;
import dev.cosell.sync.books.WaitingRelated;
import dev.cosell.sync.decide.Action;
import dev.cosell.sync.decide.AgreedNow;
import dev.cosell.sync.decide.AgreedValues;
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
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.apache.camel.Variable;

/** The last step of a sync: writes down, in one transaction, what both sides agree on now, what was done and which versions are our own. */
public final class SyncMemory {
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
     * @param attempt     of creating a referral, which may be the one of an earlier attempt; null when none was created
     */
    public void remember(@Variable("decision") Decision decision, @Variable("referral") Map<String, Object> referral,
                         @Variable("opportunity") Map<String, Object> opportunity, @Variable("attempt") Attempt attempt) {
        write(decision, referral, opportunity, attempt != null && attempt.retry());
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

    private void write(Decision decision, Map<String, Object> referral, Map<String, Object> opportunity, boolean retry) {
        Pair pair = decision.pair();
        CrmView crm = crms.get(pair.crm());
        CompiledTable table = mappings.of(pair.crm()).opportunity();
        boolean recovered = retry && decision.action() == Action.CREATE_REFERRAL;
        boolean joined = referral != null && opportunity != null && decision.situation().compared();
        boolean wrote = referral != pair.referral() || opportunity != pair.opportunity();
        AgreedValues agreed = joined ? new AgreedNow(decision, table).ofDeal(referral, opportunity, recovered) : AgreedValues.NONE;
        Waits waits = !joined ? decision.waits() : decision.waits().with(referrals.deadlines(referral, time.at(clock.instant())));
        boolean halfWaits = !joined && !waits.isNone();
        KnownVersions known = new KnownVersions(pair, decision, table, referrals, crm);
        List<String> versions = (joined || halfWaits) && !recovered ? known.after(referral, opportunity) : List.of();
        NewLink next = new NewLink(decision, referrals, crm);
        Link link = joined ? next.joined(referral, opportunity, agreed, known, versions, breaker.counted(pair.link(), wrote, clock.instant()), waits)
                : halfWaits ? next.waiting(opportunity, waits) : next.unjoined();
        boolean silent = nothingNew(decision, agreed, wrote, waits);
        links.finish(new LinkStore.Finished(link, silent ? null : entry(decision, referral, opportunity, wrote),
                versions, joined ? absorbed(pair) : null,
                label(pair, referral, opportunity)));
        if (!silent) {
            Journey.tell(decision, deal(pair, referral, opportunity));
        }
    }

    private static boolean nothingNew(Decision decision, AgreedValues agreed, boolean wrote, Waits waits) {
        Link link = decision.pair().link();
        boolean looked = decision.situation() == Situation.AGREED || decision.situation() == Situation.WAITING;
        return looked && !wrote && link != null && link.state() == LinkState.LINKED && waits.same(link.waits())
                && (decision.pair().referral() == null || decision.pair().isLinked() && agreed.equals(link.agreed()));
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
            Journey.dropped(problems);
            return;
        }
        Decision made = decision != null && decision.pair() == pair ? decision : null;
        CrmView crm = crms.get(pair.crm());
        CompiledTable table = mappings.of(pair.crm()).opportunity();
        PartlyWritten partly = made != null && pair.isLinked() && made.action() != Action.PARK
                ? new PartlyWritten(made, table, referrals, referral) : null;
        ParkedPair parked = new ParkedPair(pair, made != null && made.situation() == Situation.TAKEN, opportunity, referrals, crm);
        if (pair.isReportedByMicrosoft()) {
            tellWaiting(pair, false);
        }
        AgreedValues agreed = partly != null ? partly.agreed() : pair.link() == null ? AgreedValues.NONE : pair.link().agreed();
        List<String> versions = new KnownVersions(pair, made, table, referrals, crm).parked(parked, partly, referral);
        String reason = String.join("; ", problems);
        store(new LinkStore.Finished(parked.link(reason, agreed), entry(parked, made, reason), versions,
                parked.holdsBoth() ? absorbed(pair) : null,
                label(pair, pair.referral(), opportunity == null ? pair.opportunity() : opportunity)), parked);
        Journey.parked(pair.crm(), Journey.deal(name(crm, pair.referral(), opportunity == null ? pair.opportunity() : opportunity),
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

    /** The row that a half-made link or a claim of the other side has, which goes when the two are one; null without one. */
    private static Long absorbed(Pair pair) {
        return pair.other() == null || pair.other().isJoined() ? null : pair.other().id();
    }

    private AuditEntry entry(Decision decision, Map<String, Object> referral, Map<String, Object> opportunity, boolean wrote) {
        Pair pair = decision.pair();
        return new AuditEntry(clock.instant(), pair.crm(), referralId(pair, referral), crmId(pair, opportunity), decision.situation().name(),
                decision.action().name(), String.join("; ", decision.sentences()), mappings.of(pair.crm()).version(), wrote);
    }

    private AuditEntry entry(ParkedPair parked, Decision decision, String reason) {
        String crm = parked.pair().crm();
        String situation = decision != null && decision.action() == Action.PARK ? decision.situation().name() : BROKEN_RULE;
        return new AuditEntry(clock.instant(), crm, parked.referralId(), parked.crmId(), situation, Action.PARK.name(), reason,
                mappings.of(crm).version(), false);
    }

    private Label label(Pair pair, Map<String, Object> referral, Map<String, Object> opportunity) {
        return Labels.of(referral, opportunity, crms.get(pair.crm()), mappings.of(pair.crm()));
    }

    private String deal(Pair pair, Map<String, Object> referral, Map<String, Object> opportunity) {
        return Journey.deal(name(crms.get(pair.crm()), referral, opportunity), referralId(pair, referral), crmId(pair, opportunity));
    }

    private static Object name(CrmView crm, Map<String, Object> referral, Map<String, Object> opportunity) {
        return referral != null ? referral.get("name") : opportunity != null ? opportunity.get(crm.nameField()) : null;
    }

    private String referralId(Pair pair, Map<String, Object> referral) {
        Map<String, Object> shown = referral == null ? pair.referral() : referral;
        if (shown != null) {
            return referrals.id(shown);
        }
        return pair.link() != null ? pair.link().referralId() : pair.isReportedByCrm() ? null : pair.hint().id();
    }

    private String crmId(Pair pair, Map<String, Object> opportunity) {
        Map<String, Object> shown = opportunity == null ? pair.opportunity() : opportunity;
        if (shown != null) {
            return crms.get(pair.crm()).id(shown);
        }
        return pair.link() != null ? pair.link().crmId() : pair.isReportedByCrm() ? pair.hint().id() : null;
    }
}
