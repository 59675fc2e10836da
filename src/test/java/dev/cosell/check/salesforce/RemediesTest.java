package dev.cosell.check.salesforce;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.check.Need;
import dev.cosell.check.Remedies;
import dev.cosell.mapping.Demand.Kind;
import org.junit.jupiter.api.Test;

/** What a check of Salesforce finds, and what our advice has to speak of. */
class RemediesTest {
    private final Remedies remedies = new SalesforceRemedies();

    private static Need mapped(String field) {
        return new Need(field, "the mapping row " + field, Kind.TEXT, 300, true, true);
    }

    @Test
    void a_custom_field_can_be_made_by_the_set_up_and_a_standard_one_by_hand() {
        assertThat(remedies.missingField("Opportunity", mapped("Region__c"))).contains("Object Manager, Opportunity",
                "permission set", "./cosell setup salesforce",
                "correct the mapping row Region__c");
        assertThat(remedies.missingField("Opportunity", mapped("CurrencyIsoCode"))).doesNotContain("./cosell setup");
    }

    @Test
    void the_length_is_written_into_the_row_or_the_field_made_longer() {
        assertThat(remedies.tooShort("Opportunity", mapped("Notes__c"))).contains("a long text area",
                "converter of that row");
        assertThat(remedies.tooShort("Opportunity", Need.setting("Audit__c", "salesforce.audit-field", Kind.TEXT, 255)))
                .doesNotContain("converter", "long text area");
    }

    @Test
    void the_type_or_the_right_is_changed_or_another_field_is_named() {
        assertThat(remedies.wrongType("Opportunity", mapped("Region__c"))).contains("holds a text",
                "another field in the mapping row Region__c");
        assertThat(remedies.notWriteable("Opportunity", mapped("Region__c")))
                .contains("edit access to Opportunity.Region__c", "formulas");
    }

    /** A new stage shows nowhere before a sales process has it; other picklists ask for record types. */
    @Test
    void a_value_is_added_where_people_can_choose_it() {
        assertThat(remedies.missingValue("Opportunity", "StageName", "On Hold"))
                .contains("sales processes", "value map").doesNotContain("record types");
        assertThat(remedies.missingValue("Opportunity", "Region__c", "North")).contains("record types", "value map");
    }
}
