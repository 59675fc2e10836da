package dev.cosell.sync.steps;

import static dev.cosell.sync.decide.PlainDeals.REFERRALS;
import static dev.cosell.sync.decide.PlainDeals.hint;
import static dev.cosell.sync.decide.PlainDeals.pair;
import static dev.cosell.sync.decide.PlainDeals.referral;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cosell.sync.decide.Agreed;
import dev.cosell.sync.decide.AgreedValues;
import dev.cosell.sync.decide.Decision;
import dev.cosell.sync.decide.Ends;
import dev.cosell.sync.decide.LeadMode;
import dev.cosell.sync.decide.Link;
import dev.cosell.sync.decide.LinkState;
import dev.cosell.sync.decide.Pair;
import dev.cosell.sync.decide.PlainDeals;
import dev.cosell.sync.decide.RecordType;
import dev.cosell.sync.decide.Situation;
import dev.cosell.sync.decide.TimeRules;
import dev.cosell.verbs.Fault;
import dev.cosell.verbs.Hint;
import dev.cosell.verbs.Writes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A lead from Partner Center to the CRM, step by step, and what the books keep of it. */
class LeadStepsTest extends BooksAtHand {
    private LeadSteps steps;
    private LeadMemory memory;

    @BeforeEach
    void steps() {
        steps = new LeadSteps(LEAD_VIEWS, PlainDeals.decider(REFERRALS, LeadMode.LEADS), REFERRALS, MAPPINGS, "crm", TimeRules.USUAL, "", CLOCK);
        memory = new LeadMemory(LEAD_VIEWS, REFERRALS, MAPPINGS, links, TimeRules.USUAL, CLOCK);
    }

    private static Pair lead(String status, String substatus) {
        Map<String, Object> lead = referral(Map.of());
        lead.putAll(Map.of("name", "Inquiry", "qualification", "Direct", "status", status, "substatus", substatus));
        lead.put("externalReferenceId", null);
        return pair(hint("partner-center"), null, lead, null);
    }

    private static Map<String, Object> crmLead(String topic, String status) {
        return new HashMap<>(Map.of("Id", "lead-1", "Version", "1", "Topic", topic, "Status", status));
    }

    private Link kept() {
        return links.findByReferral("crm", "r1").orElseThrow();
    }

    @Test
    void a_new_lead_is_created_named_and_remembered() {
        Pair pair = lead("New", "Pending");
        assertThat(steps.keepsLead(pair)).isTrue();
        assertThat(steps.leadId(pair)).isNull();
        Decision decision = steps.decide(pair, null);
        assertThat(decision.situation()).isEqualTo(Situation.NEW_LEAD);
        Writes.NewLead wanted = steps.newLead(decision);
        assertThat(wanted.fields()).containsEntry("Topic", "Inquiry").containsEntry("Status", "On Hold");
        assertThat(wanted.fields().get("Audit").toString()).contains("Created from referral r1");
        assertThat(steps.nameLead(decision, crmLead("Inquiry", "On Hold")).patch()).containsEntry("externalReferenceId", "lead-1");

        memory.remember(decision, pair.referral().fields(), crmLead("Inquiry", "On Hold"));
        assertThat(kept().ends()).isEqualTo(Ends.lead("r1", null, "lead-1"));
        assertThat(kept().agreed().rows()).containsOnlyKeys("Topic", "Status");
    }

    @Test
    void what_changed_travels_and_nothing_new_is_not_written_down_again() {
        Pair pair = lead("New", "Pending");
        memory.remember(steps.decide(pair, null), pair.referral().fields(), crmLead("Inquiry", "On Hold"));
        Pair declined = lead("Closed", "Lost").withLink(kept());
        Decision decision = steps.decide(declined, crmLead("Inquiry", "On Hold"));
        assertThat(decision.situation()).isEqualTo(Situation.CHANGED_LEAD);
        assertThat(steps.leadUpdate(decision, crmLead("Inquiry", "On Hold")).patch()).containsEntry("Status", "Closed Lost").containsKey("Audit");
        memory.remember(decision, declined.referral().fields(), crmLead("Inquiry", "Closed Lost"));

        Pair again = declined.withLink(kept());
        Decision silent = steps.decide(again, crmLead("Inquiry", "Closed Lost"));
        assertThat(silent.situation()).isEqualTo(Situation.AGREED_LEAD);
        int entries = entries();
        memory.remember(silent, again.referral().fields(), crmLead("Inquiry", "Closed Lost"));
        assertThat(entries()).isEqualTo(entries);
    }

    private int entries() {
        return database.client().sql("SELECT COUNT(*) FROM audit").query(Integer.class).single();
    }

    @Test
    void a_lead_that_was_found_by_its_id_is_as_good_as_a_known_one() {
        Pair pair = lead("New", "Pending");
        Decision decision = steps.decide(pair, steps.found(pair, List.of(crmLead("Inquiry", "On Hold"))));
        assertThat(decision.pair().isLeadLinked()).isTrue();
        assertThat(decision.pair().link().ends().type()).isEqualTo(RecordType.LEAD);
        assertThatThrownBy(() -> steps.found(pair, List.of(crmLead("a", "Open"), crmLead("b", "Open")))).isInstanceOf(Fault.Data.class)
                .hasMessageContaining("2 leads");
    }

    @Test
    void an_accepted_lead_gets_its_last_status_whatever_was_noted() {
        Link noted = stored(Link.of("crm", Ends.lead("r1", null, "lead-1")).with(new AgreedValues(
                Map.of("Status", Agreed.on("Active/Accepted", "On Hold")))));
        Decision decision = steps.decide(lead("Active", "Accepted").withLink(noted), crmLead("Inquiry", "On Hold"));
        assertThat(decision.situation()).isEqualTo(Situation.ACCEPTED_LEAD);
        assertThat(steps.lastUpdate(decision, crmLead("Inquiry", "On Hold")).patch()).containsEntry("Status", "Open");
        assertThat(steps.lastUpdate(decision, null)).isNull();
        assertThat(steps.parkedNotice(decision, crmLead("Inquiry", "On Hold"), List.of("no value")).patch().get("Audit").toString()).contains("no value");
    }

    @Test
    void a_converted_lead_is_not_written() {
        Map<String, Object> converted = crmLead("Old", "On Hold");
        converted.put("Converted", true);
        Link link = stored(Link.of("crm", Ends.lead("r1", null, "lead-1")));
        assertThat(steps.leadUpdate(steps.decide(lead("New", "Pending").withLink(link), converted), converted)).isNull();
    }

    @Test
    void a_deleted_lead_leaves_an_orphan_and_is_not_made_again() {
        Link link = stored(Link.of("crm", Ends.lead("r1", null, "lead-1")));
        Pair pair = lead("New", "Pending").withLink(link);
        Decision gone = steps.decide(pair, null);
        assertThat(gone.situation()).isEqualTo(Situation.LEAD_GONE);
        memory.remember(gone, pair.referral().fields(), null);
        assertThat(kept().state()).isEqualTo(LinkState.ORPHANED);
    }

    @Test
    void a_pushed_lead_agrees_on_nothing_and_names_nobody() {
        Pair plain = lead("New", "Pending");
        Pair pushed = pair(new Hint(Hint.MARKETPLACE, "r1", null, Hint.Origin.WEBHOOK), null, plain.referral().fields(), null);
        Decision decision = steps.decide(pushed, null);
        assertThat(steps.newLead(decision).fields().get("Audit").toString()).contains("the marketplace sent");
        assertThat(steps.nameLead(decision, crmLead("Inquiry", "On Hold"))).isNull();
        memory.remember(decision, pushed.referral().fields(), crmLead("Inquiry", "On Hold"));
        assertThat(kept().agreed().rows()).isEmpty();
    }
}
