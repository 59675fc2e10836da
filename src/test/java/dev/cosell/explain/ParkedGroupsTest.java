package dev.cosell.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.sync.books.LinkSearch.Parked;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which reasons count as the same. */
class ParkedGroupsTest {
    private static final Instant NOW = Instant.parse("2026-03-04T05:06:07Z");

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', value = {
        "BillingCountry: \"Atlantis\" is no code|BillingCountry: … is no code",
        "opportunity 0068d0000000003AAA is claimed|opportunity … is claimed",
        "opportunity 0068d0000000003 is claimed|opportunity … is claimed",
        "referral 465e83c3-eef2-4ea1-a487-bf250ad362f3 is taken|referral … is taken",
        "2 opportunities, 1,250.50 and 12:30|… opportunities, … and …",
        "The account has no customerRelationship|The account has no customerRelationship"})
    void what_differs_from_record_to_record_is_no_reason_of_its_own(String reason, String shared) {
        assertThat(ParkedGroups.shared(reason)).isEqualTo(shared);
    }

    @Test
    void the_largest_group_comes_first_with_its_records_in_their_order() {
        ParkedGroups groups = ParkedGroups.of(List.of(new Parked(4, "b", null, NOW),
                new Parked(3, "a", "Deal 3 fails", NOW.minusSeconds(1)),
                new Parked(2, "b", "Deal 2 fails", NOW.minusSeconds(2)), new Parked(1, "b", " ", NOW.minusSeconds(3))));

        assertThat(groups.count()).isEqualTo(4);
        assertThat(groups.groups()).extracting(ParkedGroups.Group::reason)
                .containsExactly("No reason was noted", "Deal … fails");
        assertThat(groups.groups().get(1)).satisfies(group -> {
            assertThat(group.ids()).containsExactly(3L, 2L);
            assertThat(group.byCrm()).isEqualTo(Map.of("a", 1, "b", 1));
            assertThat(group.last()).isEqualTo(NOW.minusSeconds(1));
            assertThat(group.first()).isEqualTo(NOW.minusSeconds(2));
        });
    }
}
