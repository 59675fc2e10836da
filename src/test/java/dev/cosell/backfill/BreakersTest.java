package dev.cosell.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BreakersTest {
    private static Counts counts(long equal, long close, long overwriting) {
        return new Counts(Map.of(Kind.EQUAL, equal, Kind.CLOSE, close), 0, overwriting, 0, 0, Map.of(), 0);
    }

    @ParameterizedTest
    @CsvSource({"100, 0, 0, false", "100, 6, 0, false", "189, 11, 0, true", "500, 11, 0, false", "100, 0, 20, false",
        "100, 0, 21, true", "0, 10, 10, false", "0, 11, 0, true"})
    void a_share_above_the_limit_asks_unless_it_is_a_handful(long equal, long close, long overwriting, boolean asks) {
        assertThat(new Breakers(5, 20).question(counts(equal, close, overwriting), 0).isEmpty()).isEqualTo(!asks);
    }

    @Test
    void the_question_names_the_figures_and_the_setting_and_off_never_asks() {
        assertThat(new Breakers(5, 20).question(counts(100, 50, 60), 0)).contains("50 of 150 open",
                "backfill.most-closings", "60 of 150 open", "backfill.most-overwrites");
        assertThat(new Breakers(0, 0).question(counts(0, 500, 500), 0)).isEmpty();
    }

    /** Every deal of three years agreed and was closed, so no mapping was wrong enough. */
    @Test
    void what_agrees_and_is_closed_and_what_is_none_of_ours_hid_the_share_of_those_that_can_be_written() {
        Counts counts = new Counts(Map.of(Kind.EQUAL, 40_000L, Kind.LEFT, 2_000L, Kind.CLOSE, 50L), 0, 60, 0, 0,
                Map.of(), 0);
        assertThat(new Breakers(5, 20).question(counts, 39_850)).contains("50 of 200 open records would be closed",
                "60 of 200 open records would lose a value");
        assertThat(new Breakers(5, 20).question(counts, 0)).isEmpty();
    }
}
