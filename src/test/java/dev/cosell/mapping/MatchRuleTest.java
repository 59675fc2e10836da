package dev.cosell.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MatchRuleTest {
    private final MatchRule rule = MatchRule.parse("Name + BillingPostalCode ,Name");

    @Test
    void takesTheFirstCombinationOfWhichEverythingIsKnown() {
        assertThat(rule.criteria(Map.of("Name", " Odd Works ", "BillingPostalCode", "EH6", "BillingCity", "Leith")))
                .containsExactly(Map.entry("Name", "Odd Works"), Map.entry("BillingPostalCode", "EH6"));
        assertThat(rule.criteria(Map.of("Name", "Odd Works", "BillingPostalCode", " ")))
                .containsExactly(Map.entry("Name", "Odd Works"));
        assertThat(rule.fields()).containsExactly("Name", "BillingPostalCode");
        assertThat(rule).hasToString("Name + BillingPostalCode, Name");
    }

    @Test
    void whatIsNotKnownOfTheLastCombinationHasToBeEmpty() {
        Map<String, Object> wanted = new HashMap<>();
        wanted.put("FirstName", null);
        wanted.put("LastName", "Kerr");
        assertThat(MatchRule.parse("Email, FirstName + LastName").criteria(Map.of("LastName", "Kerr")))
                .isEqualTo(wanted);
    }

    @Test
    void nothingKnownIsNothingToLookFor() {
        assertThat(rule.criteria(Map.of("BillingCity", "Leith"))).isEmpty();
        assertThat(rule.criteria(Map.of())).isEmpty();
    }

    @Test
    void whatStandsInForAnUnknownNameIsComparedButFindsNobodyAlone() {
        MatchRule people = MatchRule.parse("Email, FirstName + LastName");
        assertThat(people.criteria(Map.of("FirstName", "Noor", "LastName", "[not provided]")))
                .isEqualTo(Map.of("FirstName", "Noor", "LastName", "[not provided]"));
        assertThat(people.criteria(Map.of("LastName", "[not provided]"))).isEmpty();
        assertThat(people.common(Map.of("LastName", "[not provided]"))).isEmpty();
        assertThat(MatchRule.parse("LastName").criteria(Map.of("LastName", "[not provided]"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Name +", "Name,,BillingCity", "postal code", "Name = BillingCity"})
    void sayWhatARuleLooksLike(String text) {
        assertThatThrownBy(() -> MatchRule.parse(text)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Name + BillingPostalCode, Name");
    }
}
