package dev.cosell.salesforce;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.salesforce.SalesforceErrors.ApiError;
import dev.cosell.verbs.Fault;
import dev.cosell.verbs.Reason;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Salesforce refuses, and what our advice has to speak of. */
class RemediesTest {
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(textBlock = """
            REQUIRED_FIELD_MISSING, stop requiring
            STRING_TOO_LONG, Shorten the value
            NUMBER_OUTSIDE_VALID_RANGE, more digits
            INVALID_EMAIL_ADDRESS, Correct the address
            FIELD_INTEGRITY_EXCEPTION, where it was entered
            FIELD_INTEGRITY_EXCEPTION, With state and country picklists map BillingCountryCode
            INVALID_CROSS_REFERENCE_KEY, was deleted or may not be seen
            MALFORMED_ID, Correct the id
            DUPLICATE_VALUE, must be unique
            INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST, value map
            FIELD_CUSTOM_VALIDATION_EXCEPTION, validation rule
            INVALID_FIELD, Create the field
            INVALID_FIELD_FOR_INSERT_UPDATE, edit access
            DUPLICATES_DETECTED, duplicate rule
            ENTITY_IS_LOCKED, approval process
            CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY, trigger or flow
            CANNOT_EXECUTE_FLOW_TRIGGER, trigger or flow
            INVALID_TYPE, Create the object
            TRANSFER_REQUIRES_READ, new owner
            OP_WITH_INVALID_USER_TYPE_EXCEPTION, new owner
            INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY, integration user
            """)
    void the_advice_fits_the_refusal(String code, String words) {
        assertThat(SalesforceErrors.fault(400, List.of(new ApiError(code, "The words of Salesforce", List.of())),
                "opportunity 006"))
                .hasMessageContaining(words);
    }

    @Test
    void an_unknown_refusal_gets_no_advice_that_may_be_wrong() {
        assertThat(SalesforceErrors.fault(400, List.of(new ApiError("SOMETHING_NEW", "Nobody knows", List.of())),
                "opportunity 006"))
                .hasMessage("Salesforce refused opportunity 006: Nobody knows (SOMETHING_NEW) (CS-599)");
    }

    /** Something in between had answered in a way that is no HTTP; the record was parked. */
    @Test
    void a_refusal_without_a_word_of_salesforce_is_an_outage_unless_the_request_is_too_long() {
        assertThat(SalesforceErrors.fault(400, List.of(), "a query")).isInstanceOf(Fault.Transient.class)
                .hasMessageContaining("salesforce answered 400 to a query and said no reason");
        assertThat(SalesforceErrors.fault(404, List.of(), "a query")).isInstanceOf(Fault.Transient.class);
        assertThat(SalesforceErrors.fault(414, List.of(), "a query")).isInstanceOf(Fault.Data.class);
    }

    @Test
    void a_cause_is_about_the_fields_or_about_the_rule_of_the_org() {
        assertThat(SalesforceErrors.fault(400, List.of(
                new ApiError("REQUIRED_FIELD_MISSING", "Required fields are missing: [Name]", List.of("Name")),
                new ApiError("FIELD_CUSTOM_VALIDATION_EXCEPTION", "Close it with a partner", List.of())), "x").faults())
                .extracting(Reason::key).containsExactly("CS-501 Name", "CS-510 Close it with a partner");
    }
}
