package dev.cosell.sync.steps;

import dev.cosell.mapping.CompiledTable;
import dev.cosell.mapping.ConversionFault;
import dev.cosell.mapping.ConversionFaults;
import dev.cosell.mapping.CrmMapping;
import dev.cosell.mapping.EmailAddress;
import dev.cosell.mapping.Mappings;
import dev.cosell.mapping.StandIns;
import dev.cosell.sync.books.Attempt;
import dev.cosell.sync.decide.AuditText;
import dev.cosell.sync.decide.CheckMark;
import dev.cosell.sync.decide.DealSources;
import dev.cosell.sync.decide.DealTeam;
import dev.cosell.sync.decide.Decision;
import dev.cosell.sync.decide.FirstShare;
import dev.cosell.sync.decide.Joining;
import dev.cosell.sync.decide.LeadDocument;
import dev.cosell.sync.decide.Naming;
import dev.cosell.sync.decide.NotTaken;
import dev.cosell.sync.decide.Pair;
import dev.cosell.sync.decide.PartlyWritten;
import dev.cosell.sync.decide.Referral;
import dev.cosell.sync.decide.ReferralRules;
import dev.cosell.sync.decide.ValueCause;
import dev.cosell.text.Sentences;
import dev.cosell.verbs.CrmView;
import dev.cosell.verbs.Fault;
import dev.cosell.verbs.Opportunity;
import dev.cosell.verbs.Reason;
import dev.cosell.verbs.SystemRecord;
import dev.cosell.verbs.Writes;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.camel.Variable;

/**
 * What {@code routes/sync.camel.yaml} hands to the writing verbs: each request is made of the decision and of what was
 * read for it.
 */
public final class WriteSteps {
    private static final String SOLUTIONS = "solutions";
    private static final int MOST_TEAM = 10;

    private final Map<String, CrmView> crms;
    private final ReferralRules referrals;
    private final Mappings mappings;
    private final String primaryCrm;
    private final CheckMark mark;
    private final String missingCurrency;
    private final Clock clock;

    /**
     * @param crms            the enabled CRMs by name; the first one's record ids stand in {@code externalReferenceId}
     * @param missingCurrency ISO code that stands in for a missing currency; empty for none
     */
    public WriteSteps(Map<String, CrmView> crms, ReferralRules referrals, Mappings mappings, CheckMark mark,
            String missingCurrency,
            Clock clock) {
        this.missingCurrency = missingCurrency;
        this.crms = new LinkedHashMap<>(crms);
        this.referrals = referrals;
        this.mappings = mappings;
        this.primaryCrm = crms.keySet().iterator().next();
        this.mark = mark;
        this.clock = clock;
    }

    /** @throws Fault.Data when the referral cannot be converted */
    public Writes.NewOpportunity newOpportunity(@Variable("decision") Decision decision) {
        Pair pair = decision.pair();
        Referral referral = pair.referral();
        String id = referral.id();
        CrmMapping mapping = mappings.of(pair.crm());
        List<Reason> faults = new ArrayList<>();
        StandIns standIns = StandIns.of(mapping.opportunity(), referral.fields(),
                LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC), missingCurrency);
        faults.addAll(Reason.all(ValueCause.NO_CURRENCY, standIns.faults()));
        Map<String, Object> fields = converted(faults, () -> mapping.opportunity().newCrmRecord(standIns));
        Map<String, Object> customer = nested(referral.fields().get("customerProfile"));
        List<String> sentences = new ArrayList<>(List.of("Created from referral " + id + " in Partner Center"));
        sentences.addAll(decision.story());
        sentences.addAll(standIns.sentences());
        Map<String, Object> account = party(mapping.account(), customer, faults, sentences);
        Map<String, Object> person = person(referral, rows(customer.get("team")));
        Map<String, Object> contact = person.isEmpty() ? Map.of()
                : party(mapping.contact(), person, faults, sentences);
        faults.addAll(referral.isLead() ? Reason.all(ValueCause.LEAD_LACKS, referral.missingInDeal()) : List.of());
        refuse(pair.crm(), faults);
        List<Map<String, Object>> solutions = rows(fields.remove(SOLUTIONS));
        fields.putAll(crm(pair).joinFields(id, referral.link()));
        fields.put(crm(pair).connectorFields().auditField(),
                AuditText.with("", clock.instant(), decision.coded(sentences), crm(pair).auditLength()));
        mark.put(crm(pair), null, fields, true);
        return new Writes.NewOpportunity(id, fields, account, contact, solutions, emails(referral.fields()));
    }

    /** That of a lead is the one whom the lead shows. Of a deal the first counts: Partner Center asks for that one. */
    private static Map<String, Object> person(Referral referral, List<Map<String, Object>> team) {
        return referral.isLead() ? LeadDocument.person(referral.fields())
                : team.isEmpty() ? Map.of() : nested(team.get(0));
    }

    private Map<String, Object> party(CompiledTable table, Map<String, Object> group, List<Reason> faults,
            List<String> sentences) {
        StandIns standIns = StandIns.of(table, group, LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC), "");
        sentences.addAll(standIns.sentences());
        return converted(faults, () -> table.newCrmRecord(standIns));
    }

    private static List<String> emails(Map<String, Object> referral) {
        return rows(referral.get("team")).stream().map(person -> person.get("email")).filter(String.class::isInstance)
                .map(email -> EmailAddress.in((String) email)).filter(Objects::nonNull).distinct().limit(MOST_TEAM)
                .toList();
    }

    /**
     * Values that cannot be converted are named in the request, so that Partner Center's own rules are checked in the
     * same round.
     */
    public Writes.NewReferral newReferral(@Variable("decision") Decision decision,
            @Variable("salesTeam") Object salesTeam,
            @Variable("attempt") Attempt attempt) {
        Pair pair = decision.pair();
        CrmMapping mapping = mappings.of(pair.crm());
        List<Reason> faults = new ArrayList<>();
        Consumer<ConversionFault> told = fault -> faults.add(ValueCause.reason(fault));
        Map<String, Object> document = mapping.opportunity().newReferral(pair.opportunity().fields(), told);
        StandIns.inReferral(mapping.opportunity(), document, missingCurrency);
        Map<String, Object> customer = mapping.account().newReferral(pair.opportunity().related("account"), told);
        Map<String, Object> contact = pair.opportunity().related("contact");
        customer.put("team", contact.isEmpty() ? List.of() : List.of(mapping.contact().newReferral(contact, told)));
        document.put("customerProfile", customer);
        document.put("team", team(pair, salesTeam).members(told));
        document.putAll(referrals.naming(pair.opportunity().id()));
        return new Writes.NewReferral(pair.crm(), pair.opportunity().id(), document, faults, attempt.retry(),
                attempt.settled(), attempt.begun(), sources(pair));
    }

    private Writes.Sources sources(Pair pair) {
        return DealSources.of(mappings.of(pair.crm()), pair.opportunity());
    }

    private DealTeam team(Pair pair, Object salesTeam) {
        return new DealTeam(referrals, mappings.of(pair.crm()).team(), pair.opportunity(), rows(salesTeam));
    }

    /** The referral update of a decision. */
    public Writes.Update referralUpdate(@Variable("decision") Decision decision) {
        Pair pair = decision.pair();
        Referral referral = pair.referral();
        return new Writes.Update(referral.id(), referral.version(), decision.referralPatch(), referral.fields(),
                pair.opportunity() == null ? Writes.Sources.UNKNOWN : sources(pair));
    }

    /** The decision as Partner Center took it, once it was written there: some of it may have been left out. */
    public Decision asTaken(@Variable("decision") Decision decision,
            @Variable("referral") Map<String, Object> referral) {
        return new NotTaken(decision, mappings.of(decision.pair().crm()).opportunity(), referral).carriedOut();
    }

    /** The opportunity update of a decision with its audit entry; null when the opportunity has nothing to be told. */
    public Writes.Update opportunityUpdate(@Variable("decision") Decision decision) {
        Pair pair = decision.pair();
        Opportunity opportunity = pair.opportunity();
        Map<String, Object> patch = new LinkedHashMap<>(decision.crmPatch());
        if (!opportunity.isReadOnly()) {
            patch.putAll(AuditText.in(opportunity, clock.instant(), decision.sentences()));
            mark.put(crm(pair), opportunity.name(), patch, true);
        }
        return opportunity.update(patch);
    }

    public Writes.Close opportunityClose(@Variable("decision") Decision decision) {
        Referral referral = decision.pair().referral();
        return new Writes.Close(opportunityUpdate(decision), decision.outcome(), referral.reason(),
                referral.closedAt());
    }

    /** What tells a new referral's opportunity that it is joined now; null when it is closed and takes no change. */
    public Writes.Update joinOpportunity(@Variable("decision") Decision decision,
            @Variable("salesTeam") Object salesTeam,
                                         @Variable("referral") Map<String, Object> created) {
        Pair pair = decision.pair();
        Opportunity opportunity = pair.opportunity();
        if (opportunity.isReadOnly()) {
            return null;
        }
        Referral referral = new Referral(created, referrals);
        FirstShare share = new FirstShare(mappings.of(pair.crm()).opportunity(), opportunity, referral);
        Map<String, Object> patch = new LinkedHashMap<>(crm(pair).joinFields(referral.id(), referral.link()));
        patch.putAll(share.patch());
        List<String> sentences = new ArrayList<>(List.of("Shared with Partner Center as referral " + referral.id()));
        sentences.addAll(share.sentences());
        share.madeVisible(patch, sentences);
        sentences.addAll(StandIns.toldInCrm(mappings.of(pair.crm()).opportunity(), opportunity.fields(),
                missingCurrency));
        sentences.addAll(new LinkedHashSet<>(sources(pair).leftOut().values()));
        sentences.addAll(team(pair, salesTeam).sentences());
        sentences.addAll(share.isCopied() ? List.of() : linkToNoDeal(pair, referral));
        patch.putAll(AuditText.in(opportunity, share.keptAudit(), clock.instant(),
                decision.coded(sentences)));
        mark.put(crm(pair), opportunity.name(), patch, true);
        return opportunity.update(patch);
    }

    /** Not for a copy, whose link opens the original's deal. */
    private List<String> linkToNoDeal(Pair pair, Referral referral) {
        List<String> ids = new Naming(referrals, crm(pair)).linked(pair.opportunity());
        boolean its = ids.contains(referral.id()) || ids.contains(String.valueOf(referral.engagementId()));
        return ids.isEmpty() || its ? List.of()
                : List.of("the Referral Link led to no deal that could be this one (" + String.join(", ", ids)
                        + ") and was replaced");
    }

    /**
     * Tells a new opportunity's referral the CRM id; null when something else stands there, another CRM's id belongs
     * there or the referral is closed.
     */
    public Writes.Update nameOpportunity(@Variable("decision") Decision decision,
            @Variable("opportunity") Map<String, Object> created) {
        Pair pair = decision.pair();
        Referral referral = pair.referral();
        String present = referral.externalReference();
        boolean wanted = primaryCrm.equals(pair.crm()) && !referral.isClosed()
                && (present == null || Joining.isItsLead(pair, crm(pair), present));
        return wanted ? referral.update(referrals.naming(crm(pair).id(created))) : null;
    }

    /**
     * The audit entry for an opportunity that is parked; null when it cannot be written, already says so or is another
     * referral's.
     *
     * @param now the referral as it is now: written perhaps, before the CRM refused its part
     */
    public Writes.Update parkedNotice(@Variable("pair") Pair pair, @Variable("problems") List<Reason> problems,
            @Variable("decision") Decision decision, @Variable("referral") Map<String, Object> now) {
        boolean none = pair == null || pair.opportunity() == null || pair.isOpportunityAnothers();
        if (none || pair.opportunity().isReadOnly()) {
            return null;
        }
        List<String> sentences = new ArrayList<>(written(pair, decision, now));
        if (sentences.isEmpty() && pair.isStillParked(problems)) {
            return null;
        }
        sentences.add(AuditText.NOT_SYNCED + Sentences.joined(problems));
        return told(pair, sentences);
    }

    private List<String> written(Pair pair, Decision decision, Map<String, Object> now) {
        PartlyWritten partly = PartlyWritten.of(decision != null && decision.pair() == pair ? decision : null,
                mappings.of(pair.crm()).opportunity(),
                SystemRecord.now(pair.referral(), now, fields -> new Referral(fields, referrals)));
        return partly == null ? List.of() : partly.sentences();
    }

    /**
     * The audit entry for an opportunity that is synced no more; null when there is none, it cannot be written or there
     * is nothing to tell.
     */
    public Writes.Update notice(@Variable("decision") Decision decision) {
        Pair pair = decision.pair();
        return pair.opportunity() == null || pair.opportunity().isReadOnly() ? null : told(pair, decision.sentences());
    }

    private Writes.Update told(Pair pair, List<String> sentences) {
        Map<String, Object> patch = new LinkedHashMap<>(AuditText.in(pair.opportunity(), clock.instant(), sentences));
        mark.put(crm(pair), pair.opportunity().name(), patch, false);
        return pair.opportunity().update(patch);
    }

    private CrmView crm(Pair pair) {
        return crms.get(pair.crm());
    }

    private static Map<String, Object> converted(List<Reason> faults, Supplier<Map<String, Object>> conversion) {
        try {
            return new LinkedHashMap<>(conversion.get());
        } catch (ConversionFaults found) {
            faults.addAll(ValueCause.reasons(found));
            return new LinkedHashMap<>();
        }
    }

    private static void refuse(String system, List<Reason> faults) {
        if (!faults.isEmpty()) {
            throw new Fault.Data(system, faults);
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> nested(Object value) {
        return value instanceof Map<?, ?> ? (Map<String, Object>) value : Map.of();
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> rows(Object value) {
        return value instanceof List<?> ? (List<Map<String, Object>>) value : List.of();
    }
}
