package dev.cosell.check.dynamics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.check.Need;
import dev.cosell.check.Remedies;
import dev.cosell.mapping.Demand.Kind;
import org.junit.jupiter.api.Test;

/** What a check of Dynamics 365 finds, and what our advice has to speak of. */
class RemediesTest {
    private final Remedies remedies = new DynamicsRemedies();

    private static Need mapped(String field) {
        return new Need(field, "the mapping row " + field, Kind.TEXT, 300, true, true);
    }

    @Test
    void a_column_of_ones_own_can_be_made_by_the_set_up_and_a_standard_one_by_hand() {
        assertThat(remedies.missingField("opportunity", mapped("cosell_region")))
                .contains("Tables, opportunity, Columns", "./cosell setup dynamics", "small letters");
        assertThat(remedies.missingField("opportunity", mapped("budget"))).doesNotContain("./cosell setup");
    }

    @Test
    void the_length_is_written_into_the_row_or_the_column_made_longer() {
        assertThat(remedies.tooShort("opportunity", mapped("cosell_notes"))).contains("maximum length",
                "converter of that row");
        assertThat(
                remedies.tooShort("opportunity", Need.setting("cosell_audit", "dynamics.audit-field", Kind.TEXT, 255)))
                .doesNotContain("converter");
    }

    @Test
    void a_type_cannot_be_changed_and_a_computed_column_cannot_be_written() {
        assertThat(remedies.wrongType("opportunity", mapped("cosell_region"))).contains("cannot be changed",
                "holds a text", "the mapping row cosell_region");
        assertThat(remedies.notWriteable("opportunity", mapped("cosell_region"))).contains("Calculated, rollup",
                "to Partner Center only");
    }

    @Test
    void a_choice_is_added_where_it_is_missing() {
        assertThat(remedies.missingValue("opportunity", "statuscode", "9"))
                .contains("Tables, opportunity, Columns, statuscode", "value map");
    }
}
