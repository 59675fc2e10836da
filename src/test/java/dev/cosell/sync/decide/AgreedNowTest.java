package dev.cosell.sync.decide;

import static dev.cosell.sync.decide.PlainDeals.LEADS;
import static dev.cosell.sync.decide.PlainDeals.REFERRALS;
import static dev.cosell.sync.decide.PlainDeals.SIDE;
import static dev.cosell.sync.decide.PlainDeals.TABLE;
import static dev.cosell.sync.decide.PlainDeals.agreed;
import static dev.cosell.sync.decide.PlainDeals.decide;
import static dev.cosell.sync.decide.PlainDeals.hint;
import static dev.cosell.sync.decide.PlainDeals.known;
import static dev.cosell.sync.decide.PlainDeals.opportunity;
import static dev.cosell.sync.decide.PlainDeals.pair;
import static dev.cosell.sync.decide.PlainDeals.referral;
import static dev.cosell.sync.decide.PlainDeals.shown;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.verbs.Lead;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What counts as agreed before, between and after the writes of a decision. */
class AgreedNowTest {
    private static Decision amounts(String agreed, int referral, int opportunity) {
        return decide(pair(agreed("Amount", agreed), referral(Map.of("dealValue", referral)),
                opportunity(Map.of("Amount", opportunity))));
    }

    private static AgreedValues after(Decision decision, int referral, int opportunity) {
        return new AgreedNow(decision, TABLE)
                .of(known(referral(Map.of("dealValue", referral))), shown(opportunity(Map.of("Amount", opportunity))),
                false);
    }

    private static Agreed amount(AgreedValues values) {
        return values.rows().get("Amount");
    }

    @Test
    void both_show_the_same_after_an_update() {
        assertThat(amount(after(amounts("100.00", 100, 300), 300, 300)))
                .isEqualTo(agreed("Amount", "300.00").get("Amount"));
    }

    @Test
    void an_edit_of_the_source_between_read_and_write_stays_news() {
        AgreedValues values = after(amounts("100.00", 100, 300), 300, 700);
        Decision next = decide(pair(new HashMap<>(values.rows()), referral(Map.of("dealValue", 300)),
                opportunity(Map.of("Amount", 700))));
        assertThat(next.situation()).isEqualTo(Situation.CHANGED);
        assertThat(next.referralPatch()).containsKey("details.dealValue");
    }

    @Test
    void what_the_written_side_made_of_a_value_is_known() {
        AgreedValues values = after(amounts("100.00", 100, 300), 301, 300);
        Decision next = decide(pair(new HashMap<>(values.rows()), referral(Map.of("dealValue", 301)),
                opportunity(Map.of("Amount", 300))));
        assertThat(next.situation()).isEqualTo(Situation.AGREED);
    }

    /** The text that a CRM has cut went to Partner Center, whose whole text was lost. */
    @Test
    void a_text_that_the_crm_has_cut_is_known_and_one_that_a_flow_has_written_is_news() {
        assertThat(afterNotes("a long text", "a long").situation()).isEqualTo(Situation.AGREED);
        Decision overruled = afterNotes("a long text", "checked by a flow");
        assertThat(overruled.situation()).isEqualTo(Situation.CHANGED);
        assertThat(overruled.referralPatch()).containsKey("details.notes");
    }

    private static Decision afterNotes(String written, String shown) {
        Decision decision = decide(pair(agreed("Description", "old"), referral(Map.of("notes", written)),
                opportunity(Map.of("Description", "old"))));
        AgreedValues values = new AgreedNow(decision, TABLE).of(known(referral(Map.of("notes", written))),
                shown(opportunity(Map.of("Description", shown))), false);
        return decide(pair(new HashMap<>(values.rows()), referral(Map.of("notes", written)),
                opportunity(Map.of("Description", shown))));
    }

    @Test
    void a_row_that_did_not_travel_keeps_what_was_agreed() {
        Decision decision = decide(pair(agreed("Amount", "100.00", "Description", "old"),
                referral(Map.of("dealValue", 100, "notes", "old")),
                opportunity(Map.of("Amount", 100))));
        AgreedValues values = new AgreedNow(decision, TABLE)
                .of(decision.pair().referral(), decision.pair().opportunity(), false);
        assertThat(values.rows()).containsEntry("Description", agreed("Description", "old").get("Description"));
    }

    /** What stands in for a missing value, say. */
    @Test
    void a_created_record_agrees_on_whatever_both_show() {
        assertThat(afterCreation(Map.of(), Map.of("Amount", 99, "Currency", "USD")).situation())
                .isEqualTo(Situation.AGREED);
        assertThat(afterCreation(Map.of("currency", ""), Map.of("Currency", "USD")).situation()).as("an empty text")
                .isEqualTo(Situation.AGREED);
        assertThat(afterCreation(Map.of("notes", "a long text"), Map.of("Description", "a long")).situation())
                .as("cut").isEqualTo(Situation.AGREED);
        assertThat(afterCreation(Map.of("notes", "a text"), Map.of()).situation()).as("not taken")
                .isEqualTo(Situation.AGREED);
        assertThat(afterCreation(Map.of("dealValue", 100.005), Map.of("Amount", 100)).situation()).as("rounded")
                .isEqualTo(Situation.AGREED);
    }

    /** The write to the books failed, and the deal was joined anew. */
    @Test
    void a_value_for_which_another_stands_in_is_nobodys_edit() {
        Map<String, Object> deal = referral(Map.of());
        deal.put("substatus", "Engaged");
        Decision next = compared(deal, opportunity(Map.of("Stage", "Open")));
        assertThat(next.situation()).isEqualTo(Situation.AGREED);
    }

    /** It counted as agreed, and the two sides differed for good. */
    @Test
    void what_a_flow_has_made_of_a_created_record_is_news() {
        Decision next = afterCreation(Map.of("dealValue", 100), Map.of("Amount", 99));
        assertThat(next.situation()).isEqualTo(Situation.CHANGED);
        assertThat(next.referralPatch()).containsKey("details.dealValue");
    }

    /** An acceptance cannot be taken back. */
    @Test
    void a_flow_that_sets_the_stage_of_a_created_record_answers_no_deal_in_a_sellers_place() {
        for (String status : List.of("New/Pending", "Active/Accepted")) {
            Map<String, Object> deal = referral(Map.of());
            deal.putAll(Map.of("status", status.split("/")[0], "substatus", status.split("/")[1]));
            Decision next = compared(deal, opportunity(Map.of("Stage", "Closed Won")));
            assertThat(next.situation()).as(status).isEqualTo(status.startsWith("New") ? Situation.AGREED
                    : Situation.CHANGED);
        }
    }

    private static Decision afterCreation(Map<String, Object> details, Map<String, Object> fields) {
        return compared(referral(details), opportunity(fields));
    }

    private static Decision compared(Map<String, Object> deal, Map<String, Object> shown) {
        Decision created = Decision.nothing(pair(hint("partner-center"), null, deal, null), Situation.NEW_REFERRAL);
        AgreedValues values = new AgreedNow(created, TABLE).of(known(deal), shown(shown), false);
        return decide(pair(new HashMap<>(values.rows()), deal, shown));
    }

    /** It was read without the edit, and Salesforce counts versions by the second. */
    @Test
    void an_edit_that_a_new_referral_was_made_without_stays_news() {
        Decision created = Decision.nothing(pair(hint("crm"), null, null, opportunity(Map.of("Amount", 100))),
                Situation.NEW_OPPORTUNITY);
        AgreedValues values = after(created, 100, 700);
        Decision next = decide(pair(new HashMap<>(values.rows()), referral(Map.of("dealValue", 100)),
                opportunity(Map.of("Amount", 700))));
        assertThat(next.situation()).isEqualTo(Situation.CHANGED);
        assertThat(next.referralPatch()).containsKey("details.dealValue");
    }

    @Test
    void a_new_referral_of_a_closed_opportunity_still_has_to_be_closed() {
        Decision created = Decision.nothing(pair(hint("crm"), null, null, opportunity(Map.of())),
                Situation.NEW_OPPORTUNITY);
        AgreedNow now = new AgreedNow(created, TABLE);
        Referral open = known(referral(Map.of()));
        for (String stage : List.of("Closed Won", "Closed Lost")) {
            assertThat(now.owes(open, shown(opportunity(Map.of("Stage", stage))))).isTrue();
            assertThat(now.of(open, shown(opportunity(Map.of("Stage", stage))), false).rows())
                    .doesNotContainKey("Stage");
        }
        assertThat(now.owes(open, shown(opportunity(Map.of("Stage", "On Hold"))))).isFalse();
        assertThat(now.of(open, shown(opportunity(Map.of("Stage", "On Hold"))), false).rows()).containsKey("Stage");
    }

    @Test
    void a_recovered_referral_agrees_on_what_was_noted_before_it_was_made() {
        Link noted = Link.of("crm", Ends.deal(null, null, "crm-1")).with(new AgreedValues(agreed("Amount", "100.00")));
        Decision created = Decision.nothing(pair(hint("crm"), noted, null, opportunity(Map.of("Amount", 500))),
                Situation.NEW_OPPORTUNITY);
        AgreedValues values = new AgreedNow(created, TABLE)
                .of(known(referral(Map.of("dealValue", 100))), shown(opportunity(Map.of("Amount", 500))), true);
        assertThat(amount(values)).isEqualTo(agreed("Amount", "100.00").get("Amount"));
    }

    @Test
    void a_lead_agrees_on_what_it_was_written_from() {
        Pair lead = pair(hint("partner-center"), null,
                new HashMap<>(Map.of("id", "r1", "name", "Inquiry", "qualification", "Direct",
                "status", "New", "substatus", "Pending")), null);
        Decision created = PlainDeals.decider(REFERRALS, LeadMode.LEADS)
                .decide(lead.withLead(null), SIDE, TimeRules.USUAL.at(Instant.EPOCH));
        assertThat(new AgreedNow(created, PlainDeals.LEAD_TABLE)
                .of(lead.referral(), new Lead(Map.of("Topic", "Inquiry", "Status", "On Hold"), LEADS), false).rows())
                .containsOnlyKeys("Topic", "Status").containsEntry("Topic", Agreed.on("Inquiry", "Inquiry"));
    }

    @Test
    void a_write_under_way_is_noted_where_it_goes_and_agreed_once_it_is_seen_there() {
        Decision decision = amounts("100.00", 100, 300);
        Agreed begun = amount(new BegunWrites(decision, TABLE).agreed());
        assertThat(begun.toReferral()).isNotNull();
        assertThat(begun.referral()).isEqualTo(amount(decision.pair().agreed()).referral());

        Map<String, Object> written = referral(Map.of("dealValue", 300));
        Agreed refused = amount(new BegunWrites(decision, TABLE).refused());
        assertThat(refused.toReferral().value()).isEqualTo(begun.toReferral().value());
        assertThat(amount(new PartlyWritten(decision, TABLE, known(written)).agreed()))
                .as("nobody has seen a new version").isEqualTo(refused);
        assertThat(amount(new PartlyWritten(decision, TABLE, known(written)).begun())).isEqualTo(refused);
        written.put("eTag", "\"2\"");
        PartlyWritten partly = new PartlyWritten(decision, TABLE, known(written));
        assertThat(partly.wroteReferral()).isTrue();
        assertThat(amount(partly.begun())).as("the next round tells of it").isEqualTo(begun);
        assertThat(partly.sentences()).containsExactly("Amount in Partner Center: 100.00 → 300.00");
        Decision silent = new Decision(decision.pair(), decision.situation(), decision.patches(), List.of(), List.of(),
                decision.waits(), List.of(), null);
        assertThat(new PartlyWritten(silent, TABLE, known(written)).sentences())
                .as("nothing is said under the row's name, as of a reason that stands in")
                .isEqualTo(partly.sentences());
        assertThat(amount(partly.agreed())).isEqualTo(agreed("Amount", "300.00").get("Amount"));
    }

    @Test
    void a_field_that_was_never_agreed_on_is_under_way_too() {
        Decision decision = decide(pair(Map.of(), referral(Map.of("notes", "text")), opportunity(Map.of())));
        Agreed begun = new BegunWrites(decision, TABLE).agreed().rows().get("Description");
        assertThat(begun).isEqualTo(Agreed.on(null, null).writingCrm("text", new Agreed.Shown("text", null)));
    }
}
