package dev.cosell.dynamics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Dynamics 365 refuses, and what our advice has to speak of. */
class RemediesTest {
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(textBlock = """
            0x80044331, Shorten the text
            0x8004431A, add the choice
            0x8004431A, largest value
            0x80040203, where it was entered
            0x80040239, 1753
            0x80048d19, name in the mapping
            0x80060888, column exists
            0x80041103, column exists
            0x80041102, Create the table
            0x8006088a, correct its name
            0x80041140, alternate key
            0x8006088D, optimistic concurrency
            0x8006088d, optimistic concurrency
            0x80060892, columns of the key
            0x80040237, columns of the key
            0x80040333, merge the records
            0x80040200, stop requiring
            0x80040265, its owner
            0x80040516, state
            0x80100005, state
            0x80040517, Activate the account
            """)
    void the_advice_fits_the_refusal(String code, String words) {
        assertThat(DynamicsCause.reason(code, "The words of Dynamics 365").words()).contains(words);
    }

    @Test
    void an_unknown_refusal_gets_no_advice_that_may_be_wrong() {
        assertThat(DynamicsCause.reason("0x8004ffff", "Nobody knows").text()).isEqualTo("Nobody knows (CS-699)");
    }

    @Test
    void a_cause_is_about_the_column_and_never_about_a_value() {
        assertThat(DynamicsCause.reason("0x8004431A", "refused the update of opportunity 3f: A validation error "
                + "occurred. The value 2000 of 'estimatedvalue' is outside the valid range").key())
                .isEqualTo("CS-602 estimatedvalue");
        assertThat(DynamicsCause.reason("0x80040265", "The customer 'Contoso' is on the block list").key())
                .isEqualTo("CS-612");
    }
}
