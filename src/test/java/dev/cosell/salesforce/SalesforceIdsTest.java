package dev.cosell.salesforce;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SalesforceIdsTest {
    @ParameterizedTest
    @ValueSource(strings = {"0065g00000aBcDE", "0065g00000aBcDEAA0", "0065G00000ABCDEAA0", "0065g00000abcdeaa0",
            "  0065g00000aBcDEAA0 ",
            "https://example.lightning.force.com/lightning/r/Opportunity/0065g00000aBcDEAA0/view",
            "https://example.my.salesforce.com/0065g00000aBcDE?x=1"})
    void readsEveryUsualSpelling(String text) {
        assertThat(SalesforceIds.read("006", text)).isEqualTo("0065g00000aBcDEAA0");
    }

    /** An id of an organisation was read as one of an opportunity, which it never is. */
    @ParameterizedTest
    @ValueSource(strings = {"00D8d000000Sand", "00D8d000000SandEAC", "00D8D000000SANDEAC"})
    void readsOrganisations(String text) {
        assertThat(SalesforceIds.readOrganization(text)).isEqualTo("00D8d000000SandEAC");
        assertThat(SalesforceIds.readOrganization("0065g00000aBcDE")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "REF-123", "0015g00000aBcDE", "0065g00000aBcD", "0065g00000aBcDEAA0X",
            "0065g00000aBcDE-A0", "0065g00000aBcDE555",
            "11111111-2222-4333-8444-555555555555"})
    void readsNothingElse(String text) {
        assertThat(SalesforceIds.read("006", text)).isNull();
        assertThat(SalesforceIds.read("006", null)).isNull();
    }

    /** Salesforce's own example: the three characters tell which of the fifteen are capitals. */
    @ParameterizedTest
    @CsvSource({"0065g00000abcde, 0065g00000abcdeAAA", "0065g00000ABCDE, 0065g00000ABCDEAA5",
            "0065G00000abcde, 0065G00000abcdeQAA"})
    void completesFifteenCharacters(String shorter, String whole) {
        assertThat(SalesforceIds.read("006", shorter)).isEqualTo(whole);
        assertThat(SalesforceIds.read("006", whole.toUpperCase())).isEqualTo(whole);
    }
}
