package dev.cosell.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which deals have to wait for each other, so that none creates what another is about to create. */
class PartyRulesTest {
    private static final PartyRules SHIPPED = rules("Name + BillingPostalCode, Name");

    private static PartyRules rules(String account) {
        return new PartyRules(MatchRule.parse(account), MatchRule.parse("Email, FirstName + LastName"));
    }

    @Test
    void deals_with_and_without_a_postal_code_may_be_of_one_customer() {
        List<String> with = SHIPPED.common(Map.of("Name", "Odd Works", "BillingPostalCode", "EH6"),
                Map.of("Email", "a@odd.example"));
        assertThat(with).hasSize(1).isEqualTo(SHIPPED.common(Map.of("Name", "Odd Works"), Map.of()));
        assertThat(with)
                .isNotEqualTo(SHIPPED.common(Map.of("Name", "Even Works", "BillingPostalCode", "EH6"), Map.of()));
    }

    @ParameterizedTest
    @CsvSource({"ODD WORKS", "'odd works '", "Ódd Wörks", "Odd  Works", "Ｏdd Works"})
    void what_a_crm_may_take_for_the_same_name_is_the_same(String spelling) {
        assertThat(SHIPPED.common(Map.of("Name", spelling), Map.of()))
                .isEqualTo(SHIPPED.common(Map.of("Name", "Odd Works"), Map.of()));
    }

    /** Two names may lead to one account by its number: then both look for the person there. */
    @Test
    void where_an_account_is_found_in_two_ways_the_person_counts_as_well() {
        PartyRules byNumber = rules("AccountNumber, Name");
        List<String> known = byNumber.common(Map.of("AccountNumber", "7", "Name", "Odd"),
                Map.of("Email", "a@odd.example"));
        List<String> named = byNumber.common(Map.of("Name", "Odd Works Ltd"), Map.of("Email", "A@odd.example"));
        assertThat(Collections.disjoint(known, named)).isFalse();
        assertThat(known).isSorted();
    }

    /** The definition itself: whenever one deal would find what another creates, they share a text. */
    @ParameterizedTest
    @ValueSource(strings = {"Name + Postal, Name", "Name + Postal", "Number, Name",
            "Number + Name, Number, Name + Postal", "Name, Name + Postal, Postal + City"})
    void deals_that_find_each_others_account_share_something(String rule) {
        PartyRules rules = rules(rule);
        Random random = new Random(20261128);
        int found = 0;
        for (int pair = 0; pair < 20_000; pair++) {
            Map<String, Object> made = customer(random);
            Map<String, Object> wanted = customer(random);
            Map<String, Object> criteria = rules.account().criteria(wanted);
            if (!criteria.isEmpty() && criteria.entrySet().stream()
                    .allMatch(each -> Objects.equals(each.getValue(), made.get(each.getKey())))) {
                found++;
                assertThat(rules.common(made, Map.of())).as(made + " and " + wanted)
                        .containsAnyElementsOf(rules.common(wanted, Map.of()));
            }
        }
        assertThat(found).isGreaterThan(500);
    }

    private static Map<String, Object> customer(Random random) {
        Map<String, Object> fields = new HashMap<>();
        for (String field : List.of("Name", "Postal", "Number", "City")) {
            if (random.nextInt(3) > 0) {
                fields.put(field, "v" + random.nextInt(3));
            }
        }
        return fields;
    }
}
