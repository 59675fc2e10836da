package dev.cosell.sync.steps;

import dev.cosell.mapping.CompiledTable;
import dev.cosell.mapping.Mappings;
import dev.cosell.sync.books.Attempt;
import dev.cosell.sync.books.AuditEntry;
import dev.cosell.sync.books.Finished;
import dev.cosell.sync.books.Label;
import dev.cosell.sync.books.LinkStore;
import dev.cosell.sync.books.WaitingRelated;
import dev.cosell.sync.decide.Action;
import dev.cosell.sync.decide.AgreedNow;
import dev.cosell.sync.decide.AgreedValues;
import dev.cosell.sync.decide.Breaker;
import dev.cosell.sync.decide.Decision;
import dev.cosell.sync.decide.EndedLead;
import dev.cosell.sync.decide.Link;
import dev.cosell.sync.decide.LinkState;
import dev.cosell.sync.decide.Pair;
import dev.cosell.sync.decide.Referral;
import dev.cosell.sync.decide.ReferralRules;
import dev.cosell.sync.decide.Situation;
import dev.cosell.sync.decide.TimeRules;
import dev.cosell.sync.decide.Waits;
import dev.cosell.sync.decide.WriteCount;
import dev.cosell.text.Sentences;
import dev.cosell.verbs.CrmRecord;
import dev.cosell.verbs.CrmRecordView;
import dev.cosell.verbs.CrmView;
import dev.cosell.verbs.Fault;
import dev.cosell.verbs.Lead;
import dev.cosell.verbs.Hint;
import dev.cosell.verbs.Opportunity;
import dev.cosell.verbs.SystemRecord;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.camel.Variable;

/**
 * The last step of a sync: writes down, in one transaction, what both sides agree on now, what was done and which
 * versions are our own.
 */
public final class SyncMemory {
    private final Map<String, CrmView> crms;
    private final Map<String, CrmRecordView> leads;
    private final ReferralRules referrals;
    private final Mappings mappings;
    private final LinkStore links;
    private final Breaker breaker;
    private final WaitingRelated waiting;
    private final Consumer<Referral> asked;
    private final KeptOpportunities kept;
    private final TimeRules time;
    private final Clock clock;

    /** @param asked is told of each deal of ours that waits for Microsoft from now on */
    public SyncMemory(Map<String, CrmView> crms, Map<String, CrmRecordView> leads, ReferralRules referrals,
            Mappings mappings, LinkStore links, Breaker breaker, WaitingRelated waiting, Consumer<Referral> asked,
            KeptOpportunities kept, TimeRules time, Clock clock) {
        this.crms = Map.copyOf(crms);
        this.leads = Map.copyOf(leads);
        this.referrals = referrals;
        this.mappings = mappings;
        this.links = links;
        this.breaker = breaker;
        this.waiting = waiting;
        this.asked = asked;
        this.kept = kept;
        this.time = time;
        this.clock = clock;
    }

    /**
     * After a decision was carried out.
     *
     * @param referral    the referral as it is now; null when there is none
     * @param opportunity the opportunity as it is now; null when there is none
     * @param lead        the lead as it is now; null when there is none
     * @param attempt     of creating a referral, which may be the one of an earlier attempt; null when none was created
     * @throws Fault.Early when the mapping is another one than when it was decided: what its rows show now was not
     *     compared, so it is all looked at again
     */
    public void remember(@Variable("decision") Decision decision, @Variable("referral") Map<String, Object> referral,
                         @Variable("opportunity") Map<String, Object> opportunity,
                                 @Variable("lead") Map<String, Object> lead,
                         @Variable("attempt") Attempt attempt) {
        Pair pair = decision.pair();
        if (decision.mapping() != null && !decision.mapping().equals(mappings.of(pair.crm()).version())) {
            throw new Fault.Early(pair.crm(), "The mapping was changed while a deal was synced; it is looked at again");
        }
        Referral now = now(pair, referral);
        if (decision.situation().ofLead()) {
            Lead kept = SystemRecord.now(pair.lead().record(), lead, fields -> new Lead(fields, leads.get(pair.crm())));
            write(decision, now, kept, false);
            return;
        }
        Opportunity record = opportunityNow(pair, opportunity);
        boolean compared = now != null && record != null && decision.situation().compared();
        Referral news = pair.related();
        if (news != null && !compared) {
            waiting.hold(pair.crm(), news.engagementId(), news.id(), pair.link());
        }
        write(decision, now, record, attempt != null && attempt.retry());
        if (compared && pair.isLinked()) {
            kept.keep(pair, record);
        }
        if (news == null && compared) {
            waiting.release(pair.crm(), now.engagementId());
        } else if (compared) {
            waiting.arrived(pair.crm(), news.engagementId(), news.id());
        }
    }

    private Referral now(Pair pair, Map<String, Object> referral) {
        return SystemRecord.now(pair.referral(), referral, fields -> new Referral(fields, referrals));
    }

    private Opportunity opportunityNow(Pair pair, Map<String, Object> opportunity) {
        return SystemRecord.now(pair.opportunity(), opportunity,
                fields -> new Opportunity(fields, crms.get(pair.crm())));
    }

    /** What is gone is news when it is back, also at the version that was handled. */
    private void forgetVersion(Situation situation, Link read) {
        switch (situation) {
            case REFERRAL_GONE -> links.isNewsAgain(read.crm(), referrals.system(), read.referralId(),
                    read.referralVersion());
            case OPPORTUNITY_GONE -> links.isNewsAgain(read.crm(), read.crm(), read.crmId(),
                    read.crmVersion());
            default -> { }
        }
    }

    private void write(Decision decision, Referral referral, CrmRecord record, boolean retry) {
        Pair pair = decision.pair();
        boolean lead = decision.situation().ofLead();
        CompiledTable table = lead ? mappings.of(pair.crm()).lead() : mappings.of(pair.crm()).opportunity();
        boolean recovered = retry && decision.action() == Action.CREATE_REFERRAL || isSecondAttempt(decision);
        boolean joined = referral != null && record != null && decision.situation().compared();
        boolean wrote = referral != pair.referral() || record != (lead ? pair.lead().record() : pair.opportunity());
        // Nobody can be asked for a pushed lead again, so nothing of it is compared.
        boolean known = joined && !pair.isPushed();
        AgreedNow now = new AgreedNow(decision, table);
        AgreedValues agreed = known ? now.of(referral, record, recovered) : AgreedValues.NONE;
        Waits waits = known ? waits(decision, referral) : decision.waits();
        boolean halfWaits = !joined && !waits.isNone();
        KnownVersions versions = new KnownVersions(pair, decision, table);
        boolean told = decision.action() == Action.TELL && record != null;
        // Both come back as news when there is more to do.
        boolean more = recovered || isFreed(decision)
                || joined && (now.owes(referral, record) || now.leaves(referral, record));
        boolean settled = (joined || halfWaits || told) && !more;
        List<String> keys = settled ? versions.after(referral, record, agreed) : List.of();
        List<String> replaced = settled ? versions.replaced(record) : List.of();
        WriteCount writes = lead ? pair.writes() : breaker.counted(pair.link(), wrote, clock.instant());
        NewLink next = new NewLink(decision);
        Link link = withoutPeople(decision, referral, table,
                joined ? next.joined(referral, record, agreed, versions, keys, writes, waits)
                        : halfWaits ? next.waiting(record, waits) : next.unjoined());
        boolean silent = nothingNew(decision, agreed, wrote, waits) || !wrote && isIdleLook(decision, link);
        links.finish(new Finished(link, silent ? null : entry(decision, referral, record, wrote), keys,
                joined && !lead ? pair.absorbed(other(pair, recovered ? referral : null)) : null)
                        .called(lead ? Label.NONE : label(pair, referral, record))
                        .after(pair.link()).replacing(replaced));
        if (link != null && link.state() == LinkState.ORPHANED) {
            forgetVersion(decision.situation(), pair.link());
        }
        if (more && joined) {
            // Nobody reports it again when its version was looked at before, while the pair was parked. Until this is
            // written down the hint is still on the queue, and it is news again.
            links.findByReferral(pair.crm(), referral.id())
                    .ifPresent(left -> links.postpone(left.id(), clock.instant()));
        }
        if (waits.isMicrosoftAsked() && !pair.waits().isMicrosoftAsked() && !pair.isReportedByMicrosoft()) {
            asked.accept(referral);
        }
        if (!silent) {
            String referralId = pair.referralId(referral);
            String crmId = pair.crmId(record);
            String deal = Journey.deal(Journey.name(referral, record), referralId, crmId);
            Journey.tell(decision, (lead ? "lead " : "") + deal, referralId, crmId);
        }
    }

    private Waits waits(Decision decision, Referral referral) {
        boolean asks = decision.referralPatch().entrySet().stream()
                .anyMatch(change -> change.getValue() != null && referrals.isHelp(List.of(change.getKey())));
        boolean asked = asks || decision.waits().isMicrosoftAsked();
        return decision.waits().with(referral.deadlines(asked, time.at(clock.instant())));
    }

    /** @param next the link after the decision; null when there is nothing to write down */
    private Link withoutPeople(Decision decision, Referral referral, CompiledTable table, Link next) {
        boolean gone = decision.situation() == Situation.LEAD_GONE;
        if (!gone && !(decision.situation().ofLead() && referral.isClosed())) {
            return next;
        }
        Link link = next == null ? decision.pair().link() : next;
        AgreedValues kept = new EndedLead(table, referrals).kept(link.agreed());
        return kept.equals(link.agreed()) ? next : link.with(kept);
    }

    /** Whether the opportunity may be that of an earlier attempt, which a search did not show yet. */
    private static boolean isSecondAttempt(Decision decision) {
        Link begun = decision.pair().link();
        return decision.action() == Action.CREATE_OPPORTUNITY && begun != null
                && !begun.agreedOnDeal().rows().isEmpty();
    }

    /**
     * Whether an opportunity was shared that had been parked: the news of its referral may have been left to the share
     * while that was under way.
     */
    private static boolean isFreed(Decision decision) {
        Link before = decision.pair().link();
        return decision.action() == Action.CREATE_REFERRAL && before != null && before.state() == LinkState.PARKED;
    }

    /**
     * Whether a look that nobody asked for left a parked record as it was: however often it is made, it is not told. An
     * orphan is looked at once.
     */
    private static boolean isIdleLook(Decision decision, Link next) {
        Link before = decision.pair().link();
        return decision.pair().hint().origin() == Hint.Origin.AGAIN && decision.action() == Action.NOTHING
                && before != null && before.state() != LinkState.ORPHANED
                && (next == null || next.state() == before.state());
    }

    private static boolean nothingNew(Decision decision, AgreedValues agreed, boolean wrote, Waits waits) {
        Pair pair = decision.pair();
        Link link = pair.link();
        boolean looked = List.of(Situation.AGREED, Situation.WAITING, Situation.STOPPED, Situation.AGREED_LEAD)
                .contains(decision.situation());
        return looked && !wrote && link != null && link.id() != 0 && link.state() == LinkState.LINKED
                && waits.same(link.waits())
                && (pair.referral() == null || (pair.isLinked() || pair.isLeadLinked())
                && agreed.isIn(link.agreed()));
    }

    /** @param found the referral of an earlier attempt, which may have been parked by itself; null for none */
    private Link other(Pair pair, Referral found) {
        return found == null ? pair.other()
                : links.findByReferral(pair.crm(), found.id()).orElse(pair.other());
    }

    private AuditEntry entry(Decision decision, Referral referral, CrmRecord record, boolean wrote) {
        Pair pair = decision.pair();
        return new AuditEntry(clock.instant(), pair.crm(), pair.referralId(referral), pair.crmId(record),
                decision.situation().name(),
                decision.action().name(), Sentences.joined(decision.sentences()), mappings.of(pair.crm()).version(),
                wrote);
    }

    private Label label(Pair pair, Referral referral, CrmRecord record) {
        return Labels.of(referral, record instanceof Opportunity shown ? shown : null, mappings.of(pair.crm()));
    }
}
