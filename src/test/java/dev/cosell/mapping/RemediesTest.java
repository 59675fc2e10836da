package dev.cosell.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a converter cannot translate, in either direction, and what our advice has to speak of. */
class RemediesTest {
    private static Row row(String converter) {
        ValueMap stages = new ValueMap();
        stages.setValues("Active = Qualification\nClosed = Closed Won");
        FieldTable table = new FieldTable();
        table.setRows("Field | details.notes | " + converter + " | create, update | create, update | crm wins");
        return table.compile("salesforceFields", Map.of("stages", stages), new Years(1700, 4000)).rows().get(0);
    }

    private static Object value(String text) {
        return text.equals("list") ? List.of("one", "two")
                : text.equals("solutions") ? List.of(Map.of("name", "Crane Insight")) : text;
    }

    @ParameterizedTest(name = "{0}, {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
            money       | about 70k | Write digits with a point before the decimals
            money       | 99999999999999999999 | Correct it where it was entered
            date        | tomorrow  | Write it as 2026-09-30
            flag        | perhaps   | value map that names it
            country     | Germany   | Write DE instead
            country     | Atlantis  | the code instead, such as GB or DE
            employees   | many      | Write a whole number
            stages      | Prospect  | Known: Qualification, Closed Won. Correct the record, or add a line
            solutions   | one       | Write solutions and details.requirements.solutions into the row
            solutions   | list      | Write solutions and details.requirements.solutions into the row
            solutions   | solutions | such as SOL-20011-KLM, on the solution row
            people(100) | Ana       | Write - in the column to Partner Center
            code        | list      | Name the field inside it in the field table
            email(80)   | n/a       | is left out
            """)
    void the_advice_fits_a_value_that_partner_center_cannot_take(String converter, String value, String words) {
        ConversionFault fault = catchThrowableOfType(ConversionFault.class,
                () -> row(converter).putReferral(new LinkedHashMap<>(), Value.of(value(value))));
        assertThat(fault).hasMessageStartingWith("Field: \"").hasMessageContaining(words);
    }

    @ParameterizedTest(name = "{0}, {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
            employees   | Huge           | Write - in the column to the CRM, or choose another size in Partner Center
            stages      | Paused         | Known: Active, Closed. Correct the record, or add a line
            people(100) | Ana            | such as team or microsoft.team
            phone(10)   | 01234567890123 | the CRM field holds 10
            date        | 1066-10-14     | lies outside the years
            money       | some           | Write digits with a point
            """)
    void the_advice_fits_a_value_that_the_crm_cannot_take(String converter, String value, String words) {
        ConversionFault fault = catchThrowableOfType(ConversionFault.class,
                () -> row(converter).putCrm(new LinkedHashMap<>(), Value.of(value)));
        assertThat(fault).hasMessageStartingWith("Partner Center details.notes: \"").hasMessageContaining(words);
    }

    /** Nobody can act on "left out" alone: the sentence has to say what and where. */
    @Test
    void what_is_left_out_is_known_by_the_path_it_is_missing_at() {
        FieldTable table = new FieldTable();
        table.setWithin("customerProfile.team");
        table.setRows(
                "Email | email | email(80) | create | create | crm wins\nPhone | phoneNumber | phone(40) | create | - "
                        + "| crm wins");
        CompiledTable compiled = table.compile("fields", Map.of());
        assertThat(compiled.sources()).isEqualTo(Map.of("email", "Email"));
        assertThat(compiled.leftOutByPath(Map.of("Email", "n/a")))
                .isEqualTo(Map.of("email", "Email: \"n/a\" is no e-mail address, or more than one, and is left out"));
        assertThat(compiled.leftOutByPath(Map.of("Email", "noor@contoso.example"))).isEmpty();
    }
}
