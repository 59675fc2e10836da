package dev.cosell.sync.steps;

import dev.cosell.mapping.CompiledTable;
import dev.cosell.mapping.ConversionFaults;
import dev.cosell.mapping.Mappings;
import dev.cosell.mapping.StandIns;
import dev.cosell.sync.decide.Action;
import dev.cosell.sync.decide.AuditText;
import dev.cosell.sync.decide.Decision;
import dev.cosell.sync.decide.EndedLead;
import dev.cosell.sync.decide.Ends;
import dev.cosell.sync.decide.Joining;
import dev.cosell.sync.decide.LeadDocument;
import dev.cosell.sync.decide.LeadSide;
import dev.cosell.sync.decide.Link;
import dev.cosell.sync.decide.Pair;
import dev.cosell.sync.decide.ValueCause;
import dev.cosell.text.Sentences;
import dev.cosell.verbs.CrmRecordView;
import dev.cosell.verbs.Fault;
import dev.cosell.verbs.Lead;
import dev.cosell.verbs.Reason;
import dev.cosell.verbs.Writes;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Variable;

/**
 * The steps of {@code routes/leads.camel.yaml} that are neither a call nor a branch. A lead travels one way: from
 * Partner Center to the CRM.
 */
public final class LeadSteps {
    private final Map<String, CrmRecordView> views;
    private final Mappings mappings;
    private final String primaryCrm;
    private final String missingCurrency;
    private final Clock clock;

    /**
     * @param views           the enabled CRMs by name
     * @param primaryCrm      the CRM whose record ids stand in the referral's {@code externalReferenceId}
     * @param missingCurrency ISO code that stands in for a missing currency; empty for none
     */
    public LeadSteps(Map<String, CrmRecordView> views, Mappings mappings, String primaryCrm, String missingCurrency,
            Clock clock) {
        this.views = Map.copyOf(views);
        this.mappings = mappings;
        this.primaryCrm = primaryCrm;
        this.missingCurrency = missingCurrency;
        this.clock = clock;
    }

    /** Id of the CRM's lead; null when the books know none. */
    public String leadId(@Variable("pair") Pair pair) {
        return pair.isLeadLinked() ? pair.link().crmId() : null;
    }

    public String referralId(@Variable("pair") Pair pair) {
        return pair.referral().id();
    }

    /** The one lead that carries the referral's id; null when none does. */
    public Map<String, Object> found(@Variable("pair") Pair pair, @Variable("found") List<Map<String, Object>> found) {
        if (found.size() > 1) {
            throw new Fault.Data(pair.crm(), ValueCause.SEVERAL_LEADS,
                    found.size() + " leads carry the referral identifier " + pair.referral().id()
                    + "; clear it on all but one");
        }
        return found.isEmpty() ? null : found.get(0);
    }

    /**
     * The pair with the CRM's lead, if there is one. A lead that was found by the referral's id is as good as one that
     * the books know.
     */
    public Pair withLead(@Variable("pair") Pair pair, @Variable("lead") Map<String, Object> shown) {
        Lead lead = lead(pair, shown);
        if (lead == null || pair.isLeadLinked() && pair.isPushed()) {
            return pair.withLead(lead);
        }
        if (pair.isLeadLinked()) {
            return pair.withLink(new EndedLead(table(pair), pair.referral().view()).recalled(pair.link(),
                    pair.referral(), lead)).withLead(lead);
        }
        Ends ends = Ends.lead(pair.referral().id(), pair.referral().engagementId(), lead.id());
        return pair.withLink(Link.of(pair.crm(), ends).inPlaceOf(pair.link()).with(pair.writes())).withLead(lead);
    }

    /** The pair of a lead that was accepted: from here on it is a deal like any other. */
    public Pair asDeal(@Variable("decision") Decision decision) {
        return decision.pair().accepted(decision);
    }

    /** @throws Fault.Data when the referral cannot be converted */
    public Writes.NewLead newLead(@Variable("decision") Decision decision) {
        Pair pair = decision.pair();
        StandIns standIns = standIns(pair);
        refuseAmountWithoutCurrency(pair, standIns);
        Map<String, Object> fields;
        try {
            fields = new LinkedHashMap<>(table(pair).newCrmRecord(standIns));
        } catch (ConversionFaults found) {
            throw new Fault.Data(pair.crm(), ValueCause.reasons(found));
        }
        String id = pair.referral().id();
        CrmRecordView view = views.get(pair.crm());
        List<String> sentences = new ArrayList<>(List.of(pair.isPushed()
                ? "Created from a lead that the marketplace sent"
                : "Created from referral " + id + " in Partner Center"));
        sentences.addAll(standIns.sentences());
        fields.put(view.auditField(),
                AuditText.with("", clock.instant(), decision.coded(sentences), view.auditLength()));
        return new Writes.NewLead(id, fields);
    }

    private StandIns standIns(Pair pair) {
        return StandIns.of(table(pair), LeadDocument.of(pair.referral().fields()),
                LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC), missingCurrency);
    }

    /** A lead often has neither amount nor currency; an amount alone would be one in the CRM's own currency. */
    private static void refuseAmountWithoutCurrency(Pair pair, StandIns standIns) {
        if (!standIns.faults().isEmpty() && pair.referral().fields().get("details") instanceof Map<?, ?> details
                && details.get("dealValue") != null && !details.get("dealValue").toString().isBlank()) {
            throw new Fault.Data(pair.crm(), Reason.all(ValueCause.NO_CURRENCY, standIns.faults()));
        }
    }

    /** What tells the referral the id of its lead; null when it knows or another id belongs there. */
    public Writes.Update nameLead(@Variable("decision") Decision decision,
            @Variable("lead") Map<String, Object> shown) {
        Pair pair = decision.pair();
        Map<String, Object> patch = Joining.namingLead(pair, lead(pair, shown), primaryCrm.equals(pair.crm()));
        return patch.isEmpty() ? null : pair.referral().update(patch);
    }

    /**
     * The lead's update with its audit entry; null when it has nothing to be told.
     *
     * @throws Fault.Data when an amount would travel without a currency
     */
    public Writes.Update leadUpdate(@Variable("decision") Decision decision,
            @Variable("lead") Map<String, Object> shown) {
        return changed(decision, lead(decision.pair(), shown), decision.sentences());
    }

    /**
     * The last change of a lead that continues as the opportunity decided about; null when it was none, or there is
     * nothing to change.
     */
    public Writes.Update lastUpdate(@Variable("decision") Decision decision) {
        LeadSide side = decision.pair().isAccepted() ? decision.pair().lead() : null;
        return side == null ? null
                : changed(side.accepted(), side.record(),
                side.accepted().coded(List.of("Accepted in Partner Center; it continues as an opportunity")));
    }

    private Writes.Update changed(Decision decision, Lead lead, List<String> sentences) {
        Pair pair = decision.pair();
        boolean amount = table(pair).rows().stream().filter(row -> decision.written().contains(row.name()))
                .anyMatch(row -> row.referralPaths().contains("details.dealValue"));
        if (amount) {
            refuseAmountWithoutCurrency(pair, standIns(pair));
        }
        return update(lead, decision.crmPatch(), sentences);
    }

    /**
     * Whether the lead is where a seller can read why the pair is parked: it was read, and there is no opportunity, or
     * only one of another referral, which is told nothing.
     *
     * @param opportunity as the route's variable holds it; null when there is none
     */
    public boolean isToldWhenParked(@Variable("pair") Pair pair,
            @Variable("opportunity") Map<String, Object> opportunity) {
        return pair != null && pair.lead() != null && (opportunity == null || pair.isOpportunityAnothers());
    }

    /**
     * Tells the lead why it is parked; null when there is no lead, or it says so already.
     *
     * @param decision null when there was none, as where a value cannot be converted
     */
    public Writes.Update parkedNotice(@Variable("pair") Pair pair, @Variable("decision") Decision decision,
            @Variable("lead") Map<String, Object> shown, @Variable("problems") List<Reason> problems) {
        if (pair.isStillParked(problems)) {
            return null;
        }
        boolean accepted = pair.isAccepted() || decision != null && decision.action() == Action.ACCEPT_LEAD;
        return update(lead(pair, shown), Map.of(), List.of(
                (accepted ? "Accepted, but no opportunity yet: " : AuditText.NOT_SYNCED) + Sentences.joined(problems)));
    }

    /** Tells the lead that it is synced no more; null when there is no lead, or nothing to tell. */
    public Writes.Update notice(@Variable("decision") Decision decision, @Variable("lead") Map<String, Object> shown) {
        return update(lead(decision.pair(), shown), Map.of(), decision.sentences());
    }

    private Writes.Update update(Lead lead, Map<String, Object> changes, List<String> sentences) {
        if (lead == null || lead.isReadOnly()) {
            return null;
        }
        Map<String, Object> patch = new LinkedHashMap<>(changes);
        patch.putAll(AuditText.in(lead, clock.instant(), sentences));
        return lead.update(patch);
    }

    /** @param shown as the route's variable holds it; null when there is none */
    private Lead lead(Pair pair, Map<String, Object> shown) {
        return Lead.of(shown, views.get(pair.crm()));
    }

    /** What an accepted lead lacks to become an opportunity; empty when nothing. */
    public List<Reason> missing(@Variable("pair") Pair pair) {
        return Reason.all(ValueCause.LEAD_LACKS, pair.referral().missingInDeal());
    }

    private CompiledTable table(Pair pair) {
        return mappings.of(pair.crm()).lead();
    }
}
