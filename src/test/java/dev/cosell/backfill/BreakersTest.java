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
        assertThat(new Breakers(5, 20).question(counts(equal, close, overwriting)).isEmpty()).isEqualTo(!asks);
    }

    @Test
    void the_question_names_the_figures_and_the_setting_and_off_never_asks() {
        assertThat(new Breakers(5, 20).question(counts(100, 50, 60))).contains("50 of 150", "backfill.most-closings",
                "60 of 150", "backfill.most-overwrites");
        assertThat(new Breakers(0, 0).question(counts(0, 500, 500))).isEmpty();
    }
}
