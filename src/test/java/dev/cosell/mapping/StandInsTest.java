package dev.cosell.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a new record of the CRM gets where the referral has no value, or one that a field cannot hold. */
class StandInsTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 30);
    private static final String MSX_ID = "6f9619ff-8b86-d011-b42d-00c04fc964ff";

    private static CompiledTable table(String within, String rows) {
        FieldTable table = new FieldTable();
        table.setWithin(within);
        table.setRows(rows);
        return table.compile("test", Map.of());
    }

    private static StandIns completed(CompiledTable table, Map<String, Object> referral) {
        return StandIns.of(table, referral, TODAY, "EUR");
    }

    /** What one row could not take, the other lost too. */
    @Test
    void a_text_that_is_no_address_stayed_out_of_the_field_that_takes_any_text() {
        CompiledTable contacts = table("customerProfile.team", """
                LastName | lastName | text(80)  | create | create | crm wins
                Email    | email    | email(80) | create | create | crm wins
                Written  | email    | text(255) | create | -      | crm wins
                """);
        Map<String, Object> person = new HashMap<>(Map.of("email", "n/a"));
        StandIns completed = completed(contacts, person);
        assertThat(contacts.newCrmRecord(completed)).isEqualTo(Map.of("LastName", "[not provided]", "Written", "n/a"));
        assertThat(completed.sentences()).hasSize(2).anyMatch(told -> told.contains("\"n/a\" is no e-mail address"));
        assertThat(person).as("the referral itself").isEqualTo(Map.of("email", "n/a"));
    }

    @Test
    void an_id_that_is_too_long_for_one_field_stayed_out_of_the_field_that_holds_it() {
        CompiledTable deals = table("", """
                Short | microsoft.msxId | id(20)  | create, update | - | partner-center wins
                Long  | microsoft.msxId | id(100) | create, update | - | partner-center wins
                """);
        StandIns completed = completed(deals, Map.of("microsoft", Map.of("msxId", MSX_ID)));
        assertThat(deals.newCrmRecord(completed)).isEqualTo(Map.of("Long", MSX_ID));
        assertThat(completed.sentences()).hasSize(1).anyMatch(told -> told.contains("the CRM field holds 20"));
    }

    @Test
    void a_day_that_stands_in_was_written_to_a_field_that_may_stay_empty() {
        CompiledTable deals = table("", """
                CloseDate | details.closingDateTime | date(90) | create, update | create, update | crm wins
                Plain     | details.closingDateTime | date     | create, update | -              | crm wins
                Deadline  | details.closingDateTime | date(90) | create, update | -              | crm wins
                """);
        StandIns none = completed(deals, Map.of("details", Map.of()));
        assertThat(deals.newCrmRecord(none)).isEqualTo(Map.of("CloseDate", "2027-02-28", "Deadline", "2027-02-28"));
        assertThat(none.sentences()).as("told once").hasSize(1);
        assertThat(deals.newCrmRecord(completed(deals, Map.of("details",
                Map.of("closingDateTime", "0001-01-01T00:00:00Z"))))).containsOnlyKeys("CloseDate", "Deadline");
    }

    @Test
    void the_currency_that_stands_in_goes_to_each_field_that_shows_it() {
        CompiledTable deals = table("", """
                Currency | details.currency | code | create, update | create, update | crm wins
                Shown    | details.currency | text | create, update | -              | crm wins
                """);
        StandIns completed = completed(deals, Map.of());
        assertThat(deals.newCrmRecord(completed)).isEqualTo(Map.of("Currency", "EUR", "Shown", "EUR"));
        assertThat(completed.sentences()).hasSize(1);
    }
}
