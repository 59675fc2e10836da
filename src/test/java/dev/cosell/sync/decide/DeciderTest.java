package dev.cosell.sync.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cosell.mapping.CompiledTable;
import dev.cosell.mapping.FieldTable;
import dev.cosell.mapping.Row;
import dev.cosell.mapping.Value;
import dev.cosell.mapping.ValueMap;
import dev.cosell.verbs.CrmView;
import dev.cosell.verbs.Fault;
import dev.cosell.verbs.Hint;
import dev.cosell.verbs.Writes;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The decision table: situations, three-way merge and what may travel when. */
class DeciderTest {
    private static final ReferralRules REFERRALS = new PlainReferrals();
    private static final CrmView CRM = new PlainCrm();
    private static final CompiledTable TABLE = table("""
            Amount      | details.dealValue      | money | create, update | create, update | crm wins
            Description | details.notes          | text  | create, update | create, update | newest wins
            Currency    | details.currency       | code  | create, update | create, update | park
            Name        | name                   | text  | create         | create, update | crm wins
            Stage       | status + substatus     | stage | create, update | update         | partner-center wins
            """);

    private final Decider decider = new Decider(REFERRALS);

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
    void one_field_decides_the_situation(String agreed, int referral, int crm, Situation situation, String toReferral, String toCrm) {
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
        assertThat(decide(pair(null, exact, opportunity(Map.of("Amount", 1235, "Decimals", 0)))).referralPatch()).doesNotContainKey("details.dealValue");
        assertThat(decide(pair(null, exact, opportunity(Map.of("Amount", 1235)))).referralPatch()).containsKey("details.dealValue");
        assertThat(decide(pair(null, exact, opportunity(Map.of("Amount", 1236, "Decimals", 0)))).referralPatch()).containsKey("details.dealValue");
    }

    @Test
    void fields_changed_on_different_sides_both_travel() {
        Decision decision = decide(pair(agreed("Amount", "100.00", "Description", "old"),
                referral(Map.of("dealValue", 200, "notes", "old")), opportunity(Map.of("Amount", 100, "Description", "new"))));

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

    @Test
    void a_row_whose_policy_is_to_ask_parks_the_pair() {
        Decision decision = decide(pair(agreed("Currency", "GBP"), referral(Map.of("currency", "USD")),
                opportunity(Map.of("Currency", "EUR"))));

        assertThat(decision.situation()).isEqualTo(Situation.UNDECIDED);
        assertThat(decision.problems()).singleElement().asString().contains("Currency").contains("both sides");
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
                        .anySatisfy(sentence -> assertThat(sentence).contains("Amount").contains("a lot"))
                        .anySatisfy(sentence -> assertThat(sentence).contains("Stage").contains("No such stage")));
    }

    @Test
    void situations_without_two_records() {
        Map<String, Object> referral = referral(Map.of());
        referral.put("externalReferenceId", null);
        Map<String, Object> opportunity = opportunity(Map.of());
        opportunity.remove("ReferralId");
        assertThat(decide(new Pair("crm", hint("partner-center"), null, referral, null, List.of())).situation())
                .isEqualTo(Situation.NEW_REFERRAL);
        assertThat(decide(new Pair("crm", hint("crm"), null, null, opportunity, List.of())).situation())
                .isEqualTo(Situation.NEW_OPPORTUNITY);
        assertThat(decide(new Pair("crm", hint("crm"), link(Map.of()), referral, null, List.of())).situation())
                .isEqualTo(Situation.OPPORTUNITY_GONE);
        assertThat(decide(new Pair("crm", hint("crm"), link(Map.of()), null, opportunity, List.of())).situation())
                .isEqualTo(Situation.REFERRAL_GONE);
        assertThat(decide(new Pair("crm", hint("crm"), null, referral, opportunity, List.of(opportunity))).situation())
                .isEqualTo(Situation.TWINS);
    }

    @Test
    void a_record_that_is_joined_or_claimed_elsewhere_is_taken() {
        Map<String, Object> referral = referral(Map.of("dealValue", 900));
        Map<String, Object> opportunity = opportunity(Map.of("Amount", 100));
        Pair byPartnerCenter = new Pair("crm", hint("partner-center"), null, referral, opportunity, List.of());
        Pair byCrm = new Pair("crm", hint("crm"), null, referral, opportunity, List.of());
        for (Pair each : List.of(byPartnerCenter, byCrm)) {
            Decision decision = decide(each.withOther(other(LinkState.LINKED)));
            assertThat(decision.situation()).isEqualTo(Situation.TAKEN);
            assertThat(decision.problems()).singleElement().asString().contains("other-referral", "crm-other", "already joined");
            assertThat(decision.referralPatch()).isEmpty();
            assertThat(decision.crmPatch()).isEmpty();
            assertThat(decide(each.withOther(other(LinkState.PARKED))).situation()).isEqualTo(Situation.TAKEN);
            assertThat(decide(each.withOther(other(LinkState.CLAIMED))).situation()).as("both name each other").isEqualTo(Situation.TWIN);
        }
        opportunity.remove("ReferralId");
        assertThat(decide(byPartnerCenter.withOther(other(LinkState.CLAIMED))).problems()).singleElement().asString().contains("claimed by");
        opportunity.put("ReferralId", referral.get("id"));
        referral.put("externalReferenceId", "crm-9");
        assertThat(decide(byCrm.withOther(other(LinkState.CLAIMED))).situation()).isEqualTo(Situation.TAKEN);
        assertThat(decide(byCrm.withLink(other(LinkState.CLAIMED))).situation()).as("a claim of one's own is no link").isEqualTo(Situation.TWIN);
    }

    private static Link other(LinkState state) {
        return Link.of("crm", Ends.deal("other-referral", null, "crm-other")).with(Standing.of(state, null));
    }

    @Test
    void what_is_not_ours_or_not_wanted_is_left_alone() {
        Map<String, Object> microsofts = referral(Map.of());
        microsofts.put("organizationId", "msft");
        Map<String, Object> named = referral(Map.of());
        named.put("externalReferenceId", "crm-404");
        Map<String, Object> closed = referral(Map.of());
        closed.put("status", "Closed");
        Map<String, Object> off = opportunity(Map.of());
        off.put("Sync", false);
        assertThat(decide(new Pair("crm", hint("partner-center"), null, microsofts, null, List.of())).situation()).isEqualTo(Situation.FOREIGN);
        assertThat(decide(new Pair("crm", hint("partner-center"), null, named, null, List.of())).situation())
                .isEqualTo(Situation.UNKNOWN_CRM_RECORD);
        assertThat(decide(new Pair("crm", hint("partner-center"), null, closed, null, List.of())).situation())
                .isEqualTo(Situation.CLOSED_BEFORE);
        assertThat(decide(new Pair("crm", hint("crm"), link(Map.of()), referral(Map.of()), off, List.of())).situation())
                .isEqualTo(Situation.SWITCHED_OFF);
    }

    @Test
    void a_twin_is_joined_by_writing_each_others_ids() {
        Map<String, Object> opportunity = opportunity(Map.of());
        opportunity.remove("ReferralId");
        Map<String, Object> referral = referral(Map.of());
        referral.put("externalReferenceId", null);
        Decision decision = decide(new Pair("crm", hint("crm"), null, referral, opportunity, List.of()));

        assertThat(decision.situation()).isEqualTo(Situation.TWIN);
        assertThat(decision.crmPatch()).containsEntry("ReferralId", "r1");
        assertThat(decision.referralPatch()).containsEntry("externalReferenceId", "crm-1");
    }

    @Test
    void what_somebody_typed_for_purposes_of_their_own_is_kept_and_named() {
        Map<String, Object> opportunity = opportunity(Map.of());
        opportunity.put("ReferralId", "REF-123");
        Decision nothingFound = decide(new Pair("crm", hint("crm"), null, null, opportunity, List.of()));
        assertThat(nothingFound.situation()).isEqualTo(Situation.UNKNOWN_REFERRAL);
        assertThat(nothingFound.problems()).singleElement().asString().contains("REF-123", "Clear the field");

        Decision joined = decide(new Pair("crm", hint("partner-center"), null, referral(Map.of()), opportunity, List.of()));
        assertThat(joined.situation()).isEqualTo(Situation.TWIN);
        assertThat(joined.crmPatch()).doesNotContainKey("ReferralId");
        assertThat(joined.sentences()).anySatisfy(sentence -> assertThat(sentence).contains("keeps \"REF-123\""));
        assertThat(decide(new Pair("crm", hint("crm"), link(Map.of()), referral(Map.of()), opportunity, List.of())).situation())
                .as("said once").isEqualTo(Situation.AGREED);

        Map<String, Object> referral = referral(Map.of());
        referral.put("externalReferenceId", "PO-4711");
        Decision named = decide(new Pair("crm", hint("crm"), null, referral, opportunity(Map.of()), List.of()));
        assertThat(named.referralPatch()).doesNotContainKey("externalReferenceId");
        assertThat(named.sentences()).anySatisfy(sentence -> assertThat(sentence).contains("keeps \"PO-4711\""));
    }

    @Test
    void an_opportunity_that_names_another_referral_is_a_persons_choice() {
        Map<String, Object> opportunity = opportunity(Map.of());
        opportunity.put("ReferralId", "r9");
        Decision decision = decide(new Pair("crm", hint("partner-center"), null, referral(Map.of()), opportunity, List.of()));
        assertThat(decision.situation()).isEqualTo(Situation.NAMES_ANOTHER);
        assertThat(decision.problems()).singleElement().asString().contains("r9", "r1");
        assertThat(decision.crmPatch()).isEmpty();
    }

    @Test
    void an_older_deal_does_not_close_an_opportunity_that_does_not_name_it() {
        Map<String, Object> closed = referral(Map.of());
        closed.put("status", "Closed");
        closed.put("substatus", "Lost");
        Map<String, Object> opportunity = opportunity(Map.of());
        opportunity.remove("ReferralId");
        assertThat(decide(new Pair("crm", hint("partner-center"), null, closed, opportunity, List.of())).situation()).isEqualTo(Situation.CLOSED_BEFORE);
    }

    /** The notification of a referral that we create may be worked on before we have told the opportunity. */
    @Test
    void an_opportunity_whose_new_referral_is_heard_of_first_is_told_that_it_was_shared() {
        Map<String, Object> opportunity = opportunity(Map.of());
        opportunity.remove("ReferralId");
        Link begun = Link.of("crm", Ends.deal(null, null, "crm-1"));
        Decision news = decide(new Pair("crm", hint("partner-center"), begun, referral(Map.of()), opportunity, List.of()));
        assertThat(news.situation()).isEqualTo(Situation.TWIN);
        assertThat(news.sentences()).contains("Shared with Partner Center as referral r1");
        assertThat(decide(new Pair("crm", hint("crm"), null, referral(Map.of()), opportunity(Map.of()), List.of())).sentences())
                .contains("Joined with referral r1");
    }

    // ---- building blocks ---------------------------------------------------------------------------------------------

    private Decision decide(Pair pair) {
        return decider.decide(pair, CRM, TABLE, true, TimeRules.USUAL.at(Instant.EPOCH));
    }

    private static Pair pair(Map<String, Agreed> agreed, Map<String, Object> referral, Map<String, Object> opportunity) {
        return new Pair("crm", hint("crm"), agreed == null ? null : link(agreed), referral, opportunity, List.of());
    }

    private static Hint hint(String system) {
        return new Hint(system, system.equals("crm") ? "crm-1" : "r1", null, Hint.Origin.WEBHOOK);
    }

    private static Link link(Map<String, Agreed> agreed) {
        return Link.of("crm", Ends.deal("r1", "e1", "crm-1")).with(new AgreedValues(agreed)).at("v1", "v1");
    }

    private static Map<String, Agreed> agreed(String... rowsAndValues) {
        Map<String, Agreed> agreed = new HashMap<>();
        for (int i = 0; i < rowsAndValues.length; i += 2) {
            Object normal = TABLE.rows().stream().filter(rowNamed(rowsAndValues[i])).findFirst().orElseThrow()
                    .normalCrm(Value.of(rowsAndValues[i + 1]));
            agreed.put(rowsAndValues[i], Agreed.on(normal, normal));
        }
        return agreed;
    }

    private static Predicate<Row> rowNamed(String name) {
        return row -> row.name().equals(name);
    }

    private static Map<String, Agreed> agreedStatus(String status, String substatus, String stage) {
        Row row = TABLE.rows().stream().filter(rowNamed("Stage")).findFirst().orElseThrow();
        Map<String, Agreed> agreed = new HashMap<>();
        agreed.put("Stage", Agreed.on(row.normalReferral(Value.of(List.of(status, substatus))), row.normalCrm(Value.of(stage))));
        return agreed;
    }

    private static Map<String, Object> referral(Map<String, Object> details) {
        Map<String, Object> referral = new LinkedHashMap<>();
        referral.put("id", "r1");
        referral.put("eTag", "\"1\"");
        referral.put("status", "Active");
        referral.put("substatus", "Accepted");
        referral.put("externalReferenceId", "crm-1");
        referral.put("details", details);
        return referral;
    }

    private static Map<String, Object> opportunity(Map<String, Object> fields) {
        Map<String, Object> opportunity = new LinkedHashMap<>();
        opportunity.put("Id", "crm-1");
        opportunity.put("Sync", true);
        opportunity.put("ReferralId", "r1");
        opportunity.put("Stage", "Open");
        opportunity.putAll(fields);
        return opportunity;
    }

    private static CompiledTable table(String rows) {
        FieldTable table = new FieldTable();
        table.setRows(rows);
        ValueMap stages = new ValueMap();
        stages.setValues("""
                New/Pending     = On Hold
                Active/Accepted = Open
                Closed/Won      = Closed Won
                Closed/Lost     = Closed Lost
                """);
        return table.compile("test", Map.of("stage", stages));
    }

    private static String text(Object value) {
        return value == null ? null : new BigDecimal(value.toString()).stripTrailingZeros().toPlainString();
    }
}
