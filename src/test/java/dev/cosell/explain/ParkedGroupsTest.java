package dev.cosell.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.sync.books.LinkSearch.Parked;
import dev.cosell.sync.decide.ValueCause;
import dev.cosell.verbs.Cause;
import dev.cosell.verbs.Trouble;
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
        ParkedGroups groups = groups(new Parked(4, "b", List.of(), null, NOW),
                new Parked(3, "a", List.of(), "Deal 3 fails", NOW.minusSeconds(1)),
                new Parked(2, "b", List.of(), "Deal 2 fails", NOW.minusSeconds(2)),
                new Parked(1, "b", List.of(), " ", NOW.minusSeconds(3)));

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

    @Test
    void a_cause_is_one_row_however_the_sentences_differ_and_a_record_counts_for_each_of_its_causes() {
        ParkedGroups groups = groups(new Parked(3, "a", List.of("CS-201 Stage", "CS-202 Amount"), null, NOW),
                new Parked(2, "b", List.of("CS-201 Stage"), null, NOW.minusSeconds(1)),
                new Parked(1, "b", List.of("CS-201 Rating"), null, NOW.minusSeconds(2)),
                new Parked(0, "b", List.of("CS-000 of a later version"), null, NOW.minusSeconds(3)));

        assertThat(groups.count()).as("records, not causes").isEqualTo(4);
        assertThat(groups.groups()).extracting(group -> group.code() + " " + group.about() + " " + group.ids())
                .containsExactly("CS-201 Stage [3, 2]", "CS-202 Amount [3]", "CS-201 Rating [1]",
                        "CS-000 of a later version [0]");
        assertThat(groups.groups().get(0).reason()).isEqualTo(ValueCause.NO_LINE.meaning());
        assertThat(groups.groups().get(0).remedy()).isEqualTo(ValueCause.NO_LINE.remedy());
    }

    @Test
    void what_an_earlier_version_parked_is_shown_by_what_its_reasons_have_in_common() {
        ParkedGroups groups = groups(new Parked(2, "a", List.of(), "Deal 2 fails", NOW),
                new Parked(1, "a", List.of(), "Deal 1 fails", NOW));

        assertThat(groups.groups()).singleElement().satisfies(group -> {
            assertThat(group.code()).isEqualTo(Trouble.EARLIER.code());
            assertThat(group.reason()).isEqualTo("Deal … fails");
            assertThat(group.remedy()).startsWith("Retry");
        });
    }

    private static ParkedGroups groups(Parked... parked) {
        return ParkedGroups.of(List.of(parked), Map.<String, Cause>of(ValueCause.NO_LINE.code(), ValueCause.NO_LINE,
                Trouble.EARLIER.code(), Trouble.EARLIER)::get);
    }
}
