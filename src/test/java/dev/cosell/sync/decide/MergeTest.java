package dev.cosell.sync.decide;

import static dev.cosell.sync.decide.PlainDeals.CRM;
import static dev.cosell.sync.decide.PlainDeals.agreed;
import static dev.cosell.sync.decide.PlainDeals.agreedStatus;
import static dev.cosell.sync.decide.PlainDeals.decide;
import static dev.cosell.sync.decide.PlainDeals.explain;
import static dev.cosell.sync.decide.PlainDeals.opportunity;
import static dev.cosell.sync.decide.PlainDeals.pair;
import static dev.cosell.sync.decide.PlainDeals.referral;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cosell.verbs.Fault;
import dev.cosell.verbs.Writes;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The three-way comparison: which side moved, what travels when, and which value loses. */
class MergeTest {
    /** The opportunity had moved meanwhile, so its part was decided again, and nobody was told of the first. */
    @Test
    void what_arrived_in_partner_center_before_its_sync_came_to_an_end_is_told() {
        AgreedValues begun = new AgreedValues(Map.of("Amount", agreed("Amount", "100.00").get("Amount")
                .writingReferral("300.00", null)));
        Decision decision = decide(pair(new HashMap<>(begun.rows()), referral(Map.of("dealValue", 300)),
                opportunity(Map.of("Amount", 300))));
        assertThat(decision.situation()).as("the seller is told, too").isEqualTo(Situation.CHANGED);
        assertThat(decision.story()).containsExactly("Amount in Partner Center: 100.00 → 300.00");
        assertThat(decision.crmPatch()).isEmpty();
        assertThat(decision.referralPatch()).isEmpty();
    }

    @Test
    void what_was_to_be_said_of_a_write_is_said_once_it_is_seen_to_have_arrived() {
        String lost = "Amount in Partner Center: 200.00 → 300.00 (both sides changed it; 200.00 lost)";
        Agreed begun = agreed("Amount", "100.00").get("Amount")
                .writingReferral("300.00", new Agreed.Shown("200.00", "300.00")).saying(List.of(lost));
        assertThat(story(begun, 300, 300)).containsExactly(lost);
        assertThat(story(begun.writingReferral("300.00", null), 300, 300)).as("tried twice").containsExactly(lost);
        assertThat(story(begun.writingReferral("400.00", null), 400, 400)).as("another value")
                .containsExactly("Amount in Partner Center: 100.00 → 400.00");
    }

    /** Somebody edited the field in the same second, so nobody saw what had been written, and no audit named it. */
    @Test
    void what_may_have_arrived_in_partner_center_before_it_was_edited_there_is_told_as_that() {
        Agreed begun = agreed("Amount", "100.00").get("Amount").writingReferral("300.00",
                new Agreed.Shown("100.00", "300.00"));
        String perhaps = "Amount in Partner Center: 100.00 → 300.00 (perhaps: the answer was lost, and the field was "
                + "edited since)";
        assertThat(story(begun, 400, 300)).containsExactly(perhaps, "Amount in the CRM: 300.00 → 400.00");
        assertThat(story(begun, 400, 400)).containsExactly(perhaps);
        assertThat(story(begun, 300, 500)).containsExactly("Amount in Partner Center: 100.00 → 300.00",
                "Amount in Partner Center: 300.00 → 500.00");
        assertThat(story(begun, 100, 300)).as("it did not arrive")
                .containsExactly("Amount in Partner Center: 100.00 → 300.00");
    }

    private static List<String> story(Agreed amount, int inPortal, int inCrm) {
        return decide(pair(new HashMap<>(Map.of("Amount", amount)), referral(Map.of("dealValue", inPortal)),
                opportunity(Map.of("Amount", inCrm)))).story();
    }

    /** They were told as "differs, and nothing moved since it was last compared". */
    @Test
    void what_moved_and_is_not_sent_or_waits_for_the_acceptance_is_told_as_that() {
        Map<String, Object> referral = referral(Map.of("dealValue", 100));
        referral.put("name", "Renamed in Partner Center");
        Map<String, Agreed> agreed = agreed("Amount", "100.00", "Name", "Before");
        assertThat(
                outcome("Name", explain(pair(agreed, referral, opportunity(Map.of("Amount", 100, "Name", "Before"))))))
                .isEqualTo(RowFinding.Outcome.NOT_SENT);

        referral.put("name", "Before");
        referral.put("status", "New");
        referral.put("substatus", "Pending");
        agreed.putAll(agreedStatus("New", "Pending", "On Hold"));
        Explanation waiting = explain(pair(agreed, referral,
                opportunity(Map.of("Amount", 300, "Name", "Before", "Stage", "On Hold"))));
        assertThat(outcome("Amount", waiting)).isEqualTo(RowFinding.Outcome.WAITS);
    }

    private static RowFinding.Outcome outcome(String row, Explanation explanation) {
        return explanation.rows().stream().filter(finding -> finding.row().name().equals(row)).findFirst()
                .orElseThrow().outcome();
    }

    @ParameterizedTest(name = "agreed {0}, referral {1}, opportunity {2}: {3}, to referral {4}, to CRM {5}")
    @CsvSource(nullValues = "-", textBlock = """
            # agreed, referral, crm, situation, to referral, to crm
              100,    100,      100, AGREED,    -,           -
              100,    200,      100, CHANGED,   -,           200
              100,    100,      300, CHANGED,   300,         -
              100,    200,      200, AGREED,    -,           -
              100,    200,      300, CONFLICT,  300,         -
              -,      200,      200, TWIN,      -,           -
              -,      200,      300, TWIN,      300,         -
            """)
    void one_field_decides_the_situation(String agreed, int referral, int crm, Situation situation, String toReferral,
            String toCrm) {
        Decision decision = decide(pair(agreed == null ? null : agreed("Amount", agreed + ".00"),
                referral(Map.of("dealValue", referral)), opportunity(Map.of("Amount", crm))));

        assertThat(decision.situation()).isEqualTo(situation);
        assertThat(text(decision.referralPatch().get("details.dealValue"))).isEqualTo(toReferral);
        assertThat(text(decision.crmPatch().get("Amount"))).isEqualTo(toCrm);
    }

    /** After a crash, or at a first meeting, nothing tells that the CRM's value is a copy of the exact one. */
    @Test
    void an_amount_that_the_crm_rounded_is_not_copied_back_over_the_exact_one() {
        Map<String, Object> exact = referral(Map.of("dealValue", new BigDecimal("1234.56")));
        assertThat(decide(pair(null, exact, opportunity(Map.of("Amount", 1235, "Decimals", 0)))).referralPatch())
                .doesNotContainKey("details.dealValue");
        assertThat(decide(pair(null, exact, opportunity(Map.of("Amount", 1235)))).referralPatch())
                .containsKey("details.dealValue");
        assertThat(decide(pair(null, exact, opportunity(Map.of("Amount", 1236, "Decimals", 0)))).referralPatch())
                .containsKey("details.dealValue");
    }

    @Test
    void fields_changed_on_different_sides_both_travel() {
        Decision decision = decide(pair(agreed("Amount", "100.00", "Description", "old"),
                referral(Map.of("dealValue", 200, "notes", "old")),
                opportunity(Map.of("Amount", 100, "Description", "new"))));

        assertThat(decision.action()).isEqualTo(Action.UPDATE);
        assertThat(decision.crmPatch()).containsOnlyKeys("Amount");
        assertThat(decision.referralPatch()).containsEntry("details.notes", "new");
    }

    @Test
    void an_absent_value_clears_nothing_but_an_emptied_one_does() {
        Map<String, Agreed> agreed = agreed("Description", "text");
        Decision absent = decide(pair(agreed, referral(Map.of()), opportunity(Map.of("Description", "text"))));
        Map<String, Object> details = new HashMap<>();
        details.put("notes", null);
        Decision emptied = decide(pair(agreed, referral(details), opportunity(Map.of("Description", "text"))));

        assertThat(absent.action()).isEqualTo(Action.NOTHING);
        assertThat(emptied.crmPatch()).containsEntry("Description", null);
    }

    @Test
    void the_newer_side_wins_where_the_row_says_so_and_the_loser_is_told() {
        Map<String, Object> referral = referral(Map.of("notes", "theirs"));
        Map<String, Object> opportunity = opportunity(Map.of("Description", "ours"));
        referral.put("updatedDateTime", "2026-02-01T00:00:00Z");
        opportunity.put("Modified", "2026-01-01T00:00:00Z");
        Decision decision = decide(pair(agreed("Description", "old"), referral, opportunity));

        assertThat(decision.crmPatch()).containsEntry("Description", "theirs");
        assertThat(decision.story()).singleElement().asString().contains("ours lost");
    }

    /** Our own next write of the referral made it the newer one, and the edit that had won was lost. */
    @Test
    void who_has_won_a_conflict_has_won_it_while_it_waits_for_the_acceptance() {
        Map<String, Object> referral = referral(Map.of("notes", "theirs"));
        referral.putAll(Map.of("status", "New", "substatus", "Pending", "updatedDateTime", "2026-01-01T00:00:00Z"));
        Map<String, Object> opportunity = opportunity(Map.of("Description", "ours", "Stage", "On Hold"));
        opportunity.put("Modified", "2026-02-01T00:00:00Z");
        Map<String, Agreed> agreed = agreed("Description", "old");
        agreed.putAll(agreedStatus("New", "Pending", "On Hold"));
        Decision decision = decide(pair(agreed, referral, opportunity));
        assertThat(decision.written()).isEmpty();
        assertThat(decision.situation()).as("the seller is told of the edit that lost").isEqualTo(Situation.CHANGED);
        assertThat(decision.story()).containsExactly("Description waits (both sides changed it; theirs lost)");
        assertThat(decide(pair(decision.agreed().rows(), referral, opportunity)).story()).as("once").isEmpty();

        referral.putAll(Map.of("status", "Active", "substatus", "Accepted", "updatedDateTime", "2026-03-01T00:00:00Z"));
        Decision later = decide(pair(decision.agreed().rows(), referral, opportunity));
        assertThat(later.referralPatch()).containsEntry("details.notes", "ours");
        assertThat(later.crmPatch()).doesNotContainKey("Description");
    }

    /** The write was cut off, and what followed was refused: the audit said nothing of it. */
    @Test
    void what_arrived_in_partner_center_is_told_when_the_next_edit_is_refused() {
        Map<String, Object> referral = referral(Map.of("notes", "first"));
        referral.putAll(Map.of("status", "Closed", "substatus", "Won"));
        Map<String, Agreed> agreed = new HashMap<>(Map.of("Description",
                Agreed.on("old", "old").writingReferral("first", null)));
        agreed.putAll(agreedStatus("Closed", "Won", "Closed Won"));
        Decision decision = decide(pair(agreed, referral,
                opportunity(Map.of("Description", "second", "Stage", "Closed Won"))));
        assertThat(decision.sentences()).anyMatch(sentence -> sentence.contains(
                "Description in Partner Center: old → first"))
                .anyMatch(sentence -> sentence.contains("stays different"));
    }

    /** The text was cut within the emoji: the Audit field was sent half a character. */
    @Test
    void a_text_that_is_too_long_to_be_told_is_not_cut_within_a_character() {
        String notes = "a".repeat(76) + "\ud83d\ude80" + "b".repeat(20);
        Decision decision = decide(pair(agreed("Description", "old"), referral(Map.of("notes", notes)),
                opportunity(Map.of("Description", "old"))));
        assertThat(decision.story()).containsExactly("Description in the CRM: old → " + "a".repeat(76) + "…");

        Decision later = decide(pair(agreed("Description", "old"), referral(Map.of("notes", "a" + notes.substring(2))),
                opportunity(Map.of("Description", "old"))));
        assertThat(later.story())
                .containsExactly("Description in the CRM: old → " + "a".repeat(75) + "\ud83d\ude80…");
    }

    @Test
    void a_row_whose_policy_is_to_ask_parks_the_pair() {
        Decision decision = decide(pair(agreed("Currency", "GBP"), referral(Map.of("currency", "USD")),
                opportunity(Map.of("Currency", "EUR"))));

        assertThat(decision.situation()).isEqualTo(Situation.UNDECIDED);
        assertThat(decision.problems()).singleElement().asString().contains("Currency")
                .contains("in Partner Center and in the CRM");
    }

    @Test
    void a_field_that_travels_only_on_create_is_known_to_differ_afterwards() {
        Map<String, Object> referral = referral(Map.of());
        referral.put("name", "Renamed in the portal");
        Decision decision = decide(pair(agreed("Name", "Deal"), referral, opportunity(Map.of("Name", "Deal"))));

        assertThat(decision.action()).isEqualTo(Action.NOTHING);
        assertThat(decision.agreed().rows().get("Name")).isEqualTo(Agreed.on("Renamed in the portal", "Deal"));
    }

    @Test
    void nothing_travels_to_a_closed_referral_and_the_refusal_is_said_once() {
        Map<String, Object> referral = referral(Map.of("dealValue", 100));
        referral.put("status", "Closed");
        referral.put("substatus", "Won");
        Map<String, Object> opportunity = opportunity(Map.of("Amount", 300));
        opportunity.put("Stage", "Closed Won");
        Decision first = decide(pair(agreed("Amount", "100.00"), referral, opportunity));
        Decision again = decide(pair(first.agreed().rows(), referral, opportunity));

        assertThat(first.situation()).isEqualTo(Situation.REFUSED);
        assertThat(first.referralPatch()).isEmpty();
        assertThat(first.problems()).singleElement().asString().contains("Amount").contains("closed in Partner Center");
        assertThat(again.action()).isEqualTo(Action.NOTHING);
    }

    /** It lost to an acceptance that the closed record could not take: both counted as agreed, and it stayed alone. */
    @Test
    void the_end_of_a_record_that_cannot_be_opened_again_wins_over_an_acceptance() {
        Map<String, Agreed> waiting = agreedStatus("New", "Pending", "On Hold");
        Map<String, Object> won = opportunity(Map.of("Stage", "Closed Won", "ReadOnly", true));
        Decision decision = decide(pair(waiting, referral(Map.of()), won));
        assertThat(decision.situation()).isEqualTo(Situation.CONFLICT);
        assertThat(decision.referralPatch()).containsEntry("status", "Closed").containsEntry("substatus", "Won");
        assertThat(decision.crmPatch()).isEmpty();

        won.put("ReadOnly", false);
        assertThat(decide(pair(waiting, referral(Map.of()), won)).crmPatch()).as("one that can follows its row")
                .containsEntry("Stage", "Open");
    }

    @Test
    void a_closed_referral_closes_the_opportunity() {
        Map<String, Object> referral = referral(Map.of());
        referral.put("status", "Closed");
        referral.put("substatus", "Won");
        Decision decision = decide(pair(agreedStatus("Active", "Accepted", "Open"), referral, opportunity(Map.of())));

        assertThat(decision.situation()).isEqualTo(Situation.CLOSING);
        assertThat(decision.outcome()).isEqualTo(Writes.Outcome.WON);
        assertThat(decision.crmPatch()).containsEntry("Stage", "Closed Won");
    }

    @Test
    void edits_of_an_inbound_deal_wait_until_it_is_accepted_and_then_travel_with_the_acceptance() {
        Map<String, Object> referral = referral(Map.of("dealValue", 100));
        referral.put("status", "New");
        referral.put("substatus", "Pending");
        Map<String, Agreed> agreed = agreed("Amount", "100.00");
        agreed.putAll(agreedStatus("New", "Pending", "On Hold"));
        Map<String, Object> onHold = opportunity(Map.of("Amount", 500));
        onHold.put("Stage", "On Hold");
        Decision waiting = decide(pair(agreed, referral, onHold));
        Decision accepted = decide(pair(waiting.agreed().rows(), referral, opportunity(Map.of("Amount", 500))));

        assertThat(waiting.referralPatch()).isEmpty();
        assertThat(accepted.referralPatch()).containsEntry("status", "Active").containsEntry("substatus", "Accepted")
                .containsKey("details.dealValue");
    }

    @Test
    void values_that_cannot_be_converted_are_all_named() {
        Map<String, Agreed> agreed = agreed("Amount", "1.00", "Currency", "GBP");
        agreed.putAll(agreedStatus("Active", "Accepted", "Open"));
        assertThatThrownBy(() -> decide(pair(agreed, referral(Map.of("dealValue", 1, "currency", "GBP")),
                opportunity(Map.of("Amount", "a lot", "Stage", "No such stage")))))
                .isInstanceOfSatisfying(Fault.Data.class, fault -> assertThat(fault.faults()).hasSize(2)
                        .anySatisfy(sentence -> assertThat(sentence.text()).contains("Amount").contains("a lot")
                                .contains("(CS-202)"))
                        .anySatisfy(sentence -> assertThat(sentence.text()).contains("Stage").contains("No such stage")
                                .contains("(CS-201)")));
    }

    private static String text(Object value) {
        return value == null ? null : new BigDecimal(value.toString()).stripTrailingZeros().toPlainString();
    }
}
