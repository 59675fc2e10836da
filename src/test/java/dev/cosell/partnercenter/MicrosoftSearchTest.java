package dev.cosell.partnercenter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Of several others in a deal the first was read alone; where that was another partner's, Microsoft had no part. */
class MicrosoftSearchTest {
    private static final Map<String, Object> FIRST = Map.of("id", "a", "status", "New", "type", "Shared");
    private static final Map<String, Object> SECOND = Map.of("id", "b", "status", "Active", "type", "Shared");
    private static final Map<String, Object> MICROSOFTS = Map.of("id", "b", "status", "Active", "organizationId",
            "msft");
    private static final Map<String, Object> ANOTHER_PARTNERS = Map.of("id", "a", "organizationId",
            "0a0b0c0d-0000-4000-8000-00000000fa57");

    private static MicrosoftSearch among(List<Map<String, Object>> others) {
        return MicrosoftSearch.among(others, new ReferralView()::microsofts);
    }

    /** @param shown what each read shows, in their order; null for nothing */
    @SafeVarargs
    private static MicrosoftSearch after(List<Map<String, Object>> others, Map<String, Object>... shown) {
        MicrosoftSearch search = among(others);
        for (Map<String, Object> each : Arrays.asList(shown)) {
            assertThat(search.pending()).isTrue();
            search = search.read(each);
        }
        assertThat(search.pending()).isFalse();
        return search;
    }

    @Test
    void what_may_be_microsofts_is_read_until_it_is_found() {
        assertThat(among(List.of(FIRST, SECOND)).next()).isEqualTo("a");
        assertThat(after(List.of(FIRST, SECOND), ANOTHER_PARTNERS, MICROSOFTS).microsofts()).isEqualTo(MICROSOFTS);
        assertThat(after(List.of(SECOND, FIRST), MICROSOFTS).microsofts()).isEqualTo(MICROSOFTS);
    }

    @Test
    void it_is_absent_only_when_all_others_were_read_as_somebody_elses() {
        assertThat(after(List.of(FIRST), ANOTHER_PARTNERS).microsofts()).isNull();
        assertThat(after(List.of()).microsofts()).isNull();
        assertThat(after(List.of(ANOTHER_PARTNERS)).microsofts()).as("the list tells").isNull();
        assertThat(after(List.of(FIRST, SECOND), ANOTHER_PARTNERS, null).microsofts()).isEqualTo(SECOND);
        assertThat(after(List.of(FIRST), FIRST).microsofts()).as("a read that does not tell").isEqualTo(FIRST);
    }

    @Test
    void of_several_that_do_not_show_whose_they_are_only_what_they_have_in_common_is_known() {
        assertThat(after(List.of(FIRST, SECOND), null, null).microsofts()).isEqualTo(Map.of("type", "Shared"));
    }

    @Test
    void one_that_is_known_is_read_alone_and_counts_as_listed_where_it_is_not_shown() {
        Map<String, Object> full = Map.of("id", "b", "team", List.of());
        assertThat(after(List.of(FIRST, MICROSOFTS), full).microsofts()).isEqualTo(full);
        assertThat(after(List.of(FIRST, MICROSOFTS), (Map<String, Object>) null).microsofts()).isEqualTo(MICROSOFTS);
    }
}
