package dev.cosell.sync.steps;

import static dev.cosell.sync.decide.PlainDeals.REFERRALS;
import static dev.cosell.sync.decide.PlainDeals.hint;
import static dev.cosell.sync.decide.PlainDeals.pair;
import static dev.cosell.sync.decide.PlainDeals.referral;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cosell.sync.books.WaitingRelated;
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
import dev.cosell.sync.decide.Standing;
import dev.cosell.sync.decide.TimeRules;
import dev.cosell.verbs.Fault;
import dev.cosell.verbs.Hint;
import dev.cosell.verbs.Reason;
import dev.cosell.verbs.Trouble;
import dev.cosell.verbs.Writes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A lead from Partner Center to the CRM, step by step, and what the books keep of it. */
class LeadStepsTest extends BooksAtHand {
    private LeadSteps steps;
    private final List<Hint> called = new ArrayList<>();
    private SyncSteps sync;
    private SyncMemory memory;

    @BeforeEach
    void steps() {
        steps = new LeadSteps(LEAD_VIEWS, MAPPINGS, "crm", "", CLOCK);
        sync = new SyncSteps(CRMS, REFERRALS, PlainDeals.decider(REFERRALS, LeadMode.LEADS), MAPPINGS, links, brakes,
                TimeRules.USUAL, CLOCK);
        WaitingRelated waiting = new WaitingRelated("partner-center", database, links, called::add, CLOCK);
        memory = new SyncMemory(CRMS, LEAD_VIEWS, REFERRALS, MAPPINGS, links, PlainDeals.BREAKER, waiting,
                own -> { }, new KeptOpportunities(REFERRALS, MAPPINGS, CLOCK), TimeRules.USUAL, CLOCK);
    }

    private static Pair lead(String status, String substatus) {
        Map<String, Object> lead = referral(Map.of());
        lead.putAll(Map.of("name", "Inquiry", "qualification", "Direct", "status", status, "substatus", substatus));
        lead.put("externalReferenceId", null);
        return pair(hint("partner-center"), null, lead, null);
    }

    private static Map<String, Object> crmLead(String topic, String status) {
        return new HashMap<>(
                Map.of("Id", "lead-1", "Version", "1", "ReferralId", "r1", "Topic", topic, "Status", status));
    }

    private Decision decide(Pair pair, Map<String, Object> lead) {
        return sync.decide(steps.withLead(pair, lead));
    }

    private void remember(Decision decision, Map<String, Object> lead) {
        memory.remember(decision, decision.pair().referral().fields(), null, lead, null);
    }

    private Link kept() {
        return links.findByReferral("crm", "r1").orElseThrow();
    }

    @Test
    void a_new_lead_is_created_named_and_remembered() {
        Pair pair = lead("New", "Pending");
        assertThat(sync.keepsLead(pair)).as("an opportunity of it may be there").isFalse();
        assertThat(steps.leadId(pair)).isNull();
        Decision decision = decide(pair, null);
        assertThat(decision.situation()).isEqualTo(Situation.NEW_LEAD);
        Writes.NewLead wanted = steps.newLead(decision);
        assertThat(wanted.fields()).containsEntry("Topic", "Inquiry").containsEntry("Status", "On Hold");
        assertThat(wanted.fields().get("Audit").toString()).contains("Created from referral r1");
        assertThat(steps.nameLead(decision, crmLead("Inquiry", "On Hold")).patch()).containsEntry("externalReferenceId",
                "lead-1");

        remember(decision, crmLead("Inquiry", "On Hold"));
        assertThat(kept().ends()).isEqualTo(Ends.lead("r1", null, "lead-1"));
        assertThat(kept().agreed().rows()).containsOnlyKeys("Topic", "Status");
    }

    @Test
    void what_changed_travels_and_nothing_new_is_not_written_down_again() {
        Pair pair = lead("New", "Pending");
        remember(decide(pair, null), crmLead("Inquiry", "On Hold"));
        Pair declined = lead("Closed", "Lost").withLink(kept());
        Decision decision = decide(declined, crmLead("Inquiry", "On Hold"));
        assertThat(decision.situation()).isEqualTo(Situation.CHANGED_LEAD);
        assertThat(steps.leadUpdate(decision, crmLead("Inquiry", "On Hold")).patch())
                .containsEntry("Status", "Closed Lost").containsKey("Audit");
        remember(decision, crmLead("Inquiry", "Closed Lost"));

        Pair again = declined.withLink(kept());
        Decision silent = decide(again, crmLead("Inquiry", "Closed Lost"));
        assertThat(silent.situation()).isEqualTo(Situation.AGREED_LEAD);
        int entries = entries();
        remember(silent, silent.pair().lead().record().fields());
        assertThat(entries()).isEqualTo(entries);
    }

    private int entries() {
        return database.client().sql("SELECT COUNT(*) FROM audit").query(Integer.class).single();
    }

    @Test
    void a_lead_that_was_found_by_its_id_is_as_good_as_a_known_one() {
        Pair pair = lead("New", "Pending");
        Decision decision = decide(pair, steps.found(pair, List.of(crmLead("Inquiry", "On Hold"))));
        assertThat(decision.pair().isLeadLinked()).isTrue();
        assertThat(decision.pair().link().ends().type()).isEqualTo(RecordType.LEAD);
        assertThatThrownBy(() -> steps.found(pair, List.of(crmLead("a", "Open"), crmLead("b", "Open"))))
                .isInstanceOf(Fault.Data.class)
                .hasMessageContaining("2 leads");
    }

    @Test
    void an_accepted_lead_gets_its_last_status_whatever_was_noted() {
        Link noted = stored(Link.of("crm", Ends.lead("r1", null, "lead-1")).with(new AgreedValues(
                Map.of("Status", Agreed.on("Active/Accepted", "On Hold")))));
        Decision decision = decide(lead("Active", "Accepted").withLink(noted), crmLead("Inquiry", "On Hold"));
        assertThat(decision.situation()).isEqualTo(Situation.ACCEPTED_LEAD);
        Pair deal = steps.asDeal(decision);
        assertThat(steps.lastUpdate(sync.decide(deal)).patch()).containsEntry("Status", "Open");
        assertThat(sync.decide(deal).situation()).as("a deal like any other").isEqualTo(Situation.NEW_REFERRAL);
        assertThat(steps.lastUpdate(decide(lead("Active", "Accepted"), null))).as("no decision about a deal").isNull();
        assertThat(steps
                .parkedNotice(decision.pair(), decision,
                        crmLead("Inquiry", "On Hold"), List.of(new Reason(Trouble.REFUSED, "no value")))
                .patch().get("Audit")
                .toString()).contains("Accepted, but no opportunity yet: no value");
    }

    @Test
    void a_parked_lead_is_told_where_no_opportunity_of_its_referral_is() {
        List<Reason> odd = List.of(new Reason(Trouble.REFUSED, "odd"));
        Map<String, Object> shown = crmLead("Inquiry", "On Hold");
        Pair open = steps.withLead(lead("New", "Pending"), shown);
        Decision deal = sync.decide(steps.asDeal(decide(lead("Active", "Accepted"), shown)));
        assertThat(steps.isToldWhenParked(open, null)).isTrue();
        assertThat(steps.isToldWhenParked(deal.pair(), null)).isTrue();
        assertThat(steps.isToldWhenParked(deal.pair(), Map.of("Id", "crm1"))).as("which is told itself").isFalse();
        assertThat(steps.isToldWhenParked(deal.pair().withOther(stored(Link.of("crm", new Ends("r2", null, "crm1",
                RecordType.OPPORTUNITY)))), Map.of("Id", "crm1"))).as("another's, which is not").isTrue();
        assertThat(steps.isToldWhenParked(lead("New", "Pending"), null)).as("no lead was read").isFalse();
        assertThat(steps.isToldWhenParked(null, null)).isFalse();

        assertThat(audit(steps.parkedNotice(open, sync.decide(open), shown, odd))).contains("  Not synced: odd");
        String said = audit(steps.parkedNotice(deal.pair(), deal, shown, odd));
        assertThat(said).contains("  Accepted, but no opportunity yet: odd");
        assertThat(audit(steps.parkedNotice(open, null, shown, odd))).as("nothing was decided, as a value is odd")
                .contains("  Not synced: odd");
        shown.put("Audit", said);
        assertThat(steps.parkedNotice(deal.pair(), deal, shown, odd)).as("said once").isNull();
    }

    private static String audit(Writes.Update update) {
        return update.patch().get("Audit").toString();
    }

    @Test
    void a_converted_lead_is_not_written() {
        Map<String, Object> converted = crmLead("Old", "On Hold");
        converted.put("Converted", true);
        Link link = stored(Link.of("crm", Ends.lead("r1", null, "lead-1")));
        assertThat(steps.leadUpdate(decide(lead("New", "Pending").withLink(link), converted), converted)).isNull();
    }

    @Test
    void a_deleted_lead_leaves_an_orphan_and_is_not_made_again() {
        remember(decide(lead("New", "Pending"), null), crmLead("Inquiry of Jo", "On Hold"));
        Pair pair = lead("New", "Pending").withLink(kept());
        Decision gone = decide(pair, null);
        assertThat(gone.situation()).isEqualTo(Situation.LEAD_GONE);
        remember(gone, null);
        assertThat(kept().state()).isEqualTo(LinkState.ORPHANED);
        assertThat(kept().ends()).isEqualTo(Ends.lead("r1", null, "lead-1"));
        assertThat(kept().crmVersion()).isEqualTo("1");
        assertThat(kept().agreed().rows()).as("nothing of its people").containsOnlyKeys("Status");
    }

    @Test
    void what_was_kept_of_a_lead_that_an_earlier_version_gave_up_goes_with_the_next_look() {
        AgreedValues all = new AgreedValues(Map.of("Topic", Agreed.on("Inquiry of Jo", "Inquiry of Jo"),
                "Status", Agreed.on("New/Pending", "On Hold")));
        stored(Link.of("crm", Ends.lead("r1", null, "lead-1")).with(all)
                .with(Standing.of(LinkState.ORPHANED, "gone")));
        remember(decide(lead("New", "Pending").withLink(kept()), null), null);
        assertThat(kept().agreed().rows()).containsOnlyKeys("Status");
        assertThat(kept().state()).isEqualTo(LinkState.ORPHANED);
    }

    /** The books do not know any more who changed what, so the referral's values would take the seller's. */
    @Test
    void a_lead_that_was_restored_keeps_what_the_seller_wrote_and_goes_on() {
        remember(decide(lead("New", "Pending"), null), crmLead("Inquiry", "On Hold"));
        remember(decide(lead("New", "Pending").withLink(kept()), null), null);
        Map<String, Object> restored = crmLead("The seller's words", "On Hold");
        Decision back = decide(lead("New", "Pending").withLink(kept()), restored);
        assertThat(back.crmPatch()).isEmpty();
        remember(back, restored);
        assertThat(kept().state()).isEqualTo(LinkState.LINKED);
        assertThat(kept().agreed().rows()).containsOnlyKeys("Topic", "Status");

        remember(decide(lead("New", "Pending").withLink(kept()), null), null);
        Decision declined = decide(lead("Closed", "Lost").withLink(kept()), restored);
        assertThat(steps.leadUpdate(declined, restored).patch()).as("the end is still told")
                .containsEntry("Status", "Closed Lost").doesNotContainKey("Topic");
    }

    @Test
    void a_lead_that_has_ended_kept_its_people_for_ever() {
        remember(decide(lead("New", "Pending"), null), crmLead("Inquiry of Jo", "On Hold"));
        Pair declined = lead("Closed", "Lost").withLink(kept());
        remember(decide(declined, crmLead("Inquiry of Jo", "On Hold")), crmLead("Inquiry of Jo", "Closed Lost"));
        assertThat(kept().agreed().rows()).containsOnlyKeys("Status");

        Map<String, Object> edited = crmLead("The seller's words", "Closed Lost");
        int entries = entries();
        Decision again = decide(declined.withLink(kept()), edited);
        assertThat(again.situation()).isEqualTo(Situation.AGREED_LEAD);
        remember(again, edited);
        assertThat(kept().agreed().rows()).containsOnlyKeys("Status");
        assertThat(entries()).isEqualTo(entries);
    }

    @Test
    void a_pushed_lead_agrees_on_nothing_and_names_nobody() {
        Pair plain = lead("New", "Pending");
        Pair pushed = pair(new Hint(Hint.MARKETPLACE, "r1", null, Hint.Origin.WEBHOOK), null,
                plain.referral().fields(), null);
        Decision decision = decide(pushed, null);
        assertThat(steps.newLead(decision).fields().get("Audit").toString()).contains("the marketplace sent");
        assertThat(steps.nameLead(decision, crmLead("Inquiry", "On Hold"))).isNull();
        remember(decision, crmLead("Inquiry", "On Hold"));
        assertThat(kept().agreed().rows()).isEmpty();
    }
}
