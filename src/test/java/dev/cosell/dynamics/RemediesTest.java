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
            0x80041140, alternate key
            0x8006088D, optimistic concurrency
            0x80040333, merge the records
            0x80040200, stop requiring
            0x80040265, its owner
            0x80040516, state
            0x80100005, state
            0x80040517, Activate the account
            """)
    void the_advice_fits_the_refusal(String code, String words) {
        assertThat(Refusals.remedy(code)).contains(words);
    }

    @Test
    void an_unknown_refusal_gets_no_advice_that_may_be_wrong() {
        assertThat(Refusals.remedy("0x8004ffff")).isEmpty();
    }
}
