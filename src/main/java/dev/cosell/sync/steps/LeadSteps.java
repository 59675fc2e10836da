package dev.cosell.sync.steps;

import dev.cosell.mapping.CompiledTable;
import dev.cosell.mapping.ConversionFaults;
import dev.cosell.mapping.Mappings;
import dev.cosell.mapping.StandIns;
import dev.cosell.sync.decide.AuditText;
import dev.cosell.sync.decide.CrmSide;
import dev.cosell.sync.decide.Decider;
import dev.cosell.sync.decide.Decision;
import dev.cosell.sync.decide.Ends;
import dev.cosell.sync.decide.Joining;
import dev.cosell.sync.decide.LeadDocument;
import dev.cosell.sync.decide.Link;
import dev.cosell.sync.decide.Pair;
import dev.cosell.sync.decide.ReferralRules;
import dev.cosell.sync.decide.TimeRules;
import dev.cosell.sync.decide.WriteCount;
import dev.cosell.verbs.Fault;
import dev.cosell.verbs.LeadView;
import dev.cosell.verbs.Writes;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.Variable;

/** The steps of {@code routes/leads.camel.yaml} that are neither a call nor a branch. A lead travels one way: from Partner Center to the CRM. */
public final class LeadSteps {
    private final Map<String, LeadView> views;
    private final Decider decider;
    private final ReferralRules referrals;
    private final Mappings mappings;
    private final String primaryCrm;
    private final TimeRules time;
    private final String missingCurrency;
    private final Clock clock;

    /**
     * @param views      the enabled CRMs by name
     * @param primaryCrm the CRM whose record ids stand in the referral's {@code externalReferenceId}
     * @param missingCurrency ISO code that stands in for a missing currency; empty for none
     */
    public LeadSteps(Map<String, LeadView> views, Decider decider, ReferralRules referrals, Mappings mappings, String primaryCrm,
                     TimeRules time, String missingCurrency, Clock clock) {
        this.missingCurrency = missingCurrency;
        this.views = Map.copyOf(views);
        this.decider = decider;
        this.referrals = referrals;
        this.mappings = mappings;
        this.primaryCrm = primaryCrm;
        this.time = time;
        this.clock = clock;
    }

    /** Whether the pair is a lead that the CRM holds as a lead, so that no opportunity has to be looked for. */
    public boolean keepsLead(@Body Pair pair) {
        return decider.keepsLead(pair);
    }

    /** Id of the CRM's lead; null when the books know none. */
    public String leadId(@Variable("pair") Pair pair) {
        return pair.isLeadLinked() ? pair.link().crmId() : null;
    }

    public String referralId(@Variable("pair") Pair pair) {
        return referrals.id(pair.referral());
    }

    /** The one lead that carries the referral's id; null when none does. */
    public Map<String, Object> found(@Variable("pair") Pair pair, @Variable("found") List<Map<String, Object>> found) {
        if (found.size() > 1) {
            throw new Fault.Data(pair.crm(), List.of(found.size() + " leads carry the referral identifier " + referrals.id(pair.referral())
                    + "; clear it on all but one"));
        }
        return found.isEmpty() ? null : found.get(0);
    }

    /**
     * @param lead the CRM's lead; null when there is none
     * @throws Fault.Data when values that have to travel break rules; all of them are named
     */
    public Decision decide(@Variable("pair") Pair read, @Variable("lead") Map<String, Object> lead) {
        Pair pair = known(read, lead);
        LeadView view = views.get(pair.crm());
        CrmSide crm = new CrmSide(null, view, mappings.of(pair.crm()), primaryCrm.equals(pair.crm()));
        Decision decision = decider.decideLead(pair, lead, crm, time.at(clock.instant()));
        if (writesAmount(decision)) {
            refuseAmountWithoutCurrency(pair, standIns(pair));
        }
        return decision;
    }

    /** A lead that was found by the referral's id is as good as one that the books know. */
    private Pair known(Pair pair, Map<String, Object> lead) {
        if (lead == null || pair.isLeadLinked()) {
            return pair;
        }
        Link old = pair.link();
        Ends ends = Ends.lead(referrals.id(pair.referral()), referrals.engagementId(pair.referral()), views.get(pair.crm()).id(lead));
        return pair.withLink(Link.of(pair.crm(), ends).inPlaceOf(old).with(old == null ? WriteCount.NONE : old.writes()));
    }

    /** @throws Fault.Data when the referral cannot be converted */
    public Writes.NewLead newLead(@Variable("decision") Decision decision) {
        Pair pair = decision.pair();
        StandIns standIns = standIns(pair);
        refuseAmountWithoutCurrency(pair, standIns);
        Map<String, Object> fields;
        try {
            fields = new LinkedHashMap<>(table(pair).newCrmRecord(standIns.referral()));
        } catch (ConversionFaults found) {
            throw new Fault.Data(pair.crm(), found.faults());
        }
        String id = referrals.id(pair.referral());
        LeadView view = views.get(pair.crm());
        List<String> sentences = new ArrayList<>(List.of(pair.isPushed()
                ? "Created from a lead that the marketplace sent" : "Created from referral " + id + " in Partner Center"));
        sentences.addAll(standIns.sentences());
        fields.put(view.auditField(), AuditText.with("", clock.instant(), sentences, view.auditLength()));
        return new Writes.NewLead(id, fields);
    }

    private boolean writesAmount(Decision decision) {
        return table(decision.pair()).rows().stream().filter(row -> decision.written().contains(row.name()))
                .anyMatch(row -> row.referralPaths().contains("details.dealValue"));
    }

    private StandIns standIns(Pair pair) {
        return StandIns.of(table(pair), LeadDocument.of(pair.referral()), LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC), missingCurrency);
    }

    /** A lead often has neither amount nor currency; an amount alone would be one in the CRM's own currency. */
    private static void refuseAmountWithoutCurrency(Pair pair, StandIns standIns) {
        if (!standIns.faults().isEmpty() && pair.referral().get("details") instanceof Map<?, ?> details && details.get("dealValue") != null) {
            throw new Fault.Data(pair.crm(), standIns.faults());
        }
    }

    /** What tells the referral the id of its lead; null when it knows or another id belongs there. */
    public Writes.Update nameLead(@Variable("decision") Decision decision, @Variable("lead") Map<String, Object> lead) {
        Pair pair = decision.pair();
        String id = views.get(pair.crm()).id(lead);
        Map<String, Object> patch = Joining.namingLead(pair, id, primaryCrm.equals(pair.crm()), referrals);
        return patch.isEmpty() ? null
                : new Writes.Update(referrals.id(pair.referral()), referrals.version(pair.referral()), patch, pair.referral());
    }

    /** The lead's update with its audit entry; null when it has nothing to be told. */
    public Writes.Update leadUpdate(@Variable("decision") Decision decision, @Variable("lead") Map<String, Object> lead) {
        return update(decision, lead, decision.sentences());
    }

    /** The last change of a lead that goes on as an opportunity; null when there is no lead, or nothing to change. */
    public Writes.Update lastUpdate(@Variable("leadDecision") Decision decision, @Variable("lead") Map<String, Object> lead) {
        return lead == null ? null : update(decision, lead, List.of("Accepted in Partner Center; it continues as an opportunity"));
    }

    /** Tells the lead why it does not become an opportunity; null when there is no lead, or it says so already. */
    public Writes.Update parkedNotice(@Variable("leadDecision") Decision decision, @Variable("lead") Map<String, Object> lead,
                                      @Variable("problems") List<String> problems) {
        return lead == null ? null : update(decision.pair(), lead, Map.of(), List.of("Accepted, but no opportunity yet: " + String.join("; ", problems)));
    }

    private Writes.Update update(Decision decision, Map<String, Object> lead, List<String> sentences) {
        return update(decision.pair(), lead, decision.crmPatch(), sentences);
    }

    private Writes.Update update(Pair pair, Map<String, Object> lead, Map<String, Object> changes, List<String> sentences) {
        LeadView view = views.get(pair.crm());
        if (view.readOnly(lead)) {
            return null;
        }
        Map<String, Object> patch = new LinkedHashMap<>(changes);
        String audit = AuditText.with(view.audit(lead), clock.instant(), sentences, view.auditLength());
        if (audit != null) {
            patch.put(view.auditField(), audit);
        }
        return patch.isEmpty() ? null : new Writes.Update(view.id(lead), view.version(lead), patch, lead);
    }

    /** What an accepted lead lacks to become an opportunity; empty when nothing. */
    public List<String> missing(@Variable("pair") Pair pair) {
        return referrals.missingInDeal(pair.referral());
    }

    private CompiledTable table(Pair pair) {
        return mappings.of(pair.crm()).lead();
    }
}
