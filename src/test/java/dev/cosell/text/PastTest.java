package dev.cosell.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PastTest {
    private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);

    @Test
    void what_a_clock_that_was_ahead_has_dated_has_no_time() {
        assertThat(Past.of(NOW.plus(Duration.ofDays(20)), NOW)).isNull();
        assertThat(Past.of(NOW.plusSeconds(299), NOW)).as("clocks differ").isEqualTo(NOW.plusSeconds(299));
        assertThat(Past.of(null, NOW)).isNull();
    }

    @Test
    void time_is_over_also_since_what_has_no_time() {
        assertThat(Past.isOver(NOW.minus(HOUR), HOUR, NOW)).isTrue();
        assertThat(Past.isOver(NOW.minus(HOUR).plusMillis(1), HOUR, NOW)).isFalse();
        assertThat(Past.isOver(NOW.plus(Duration.ofDays(20)), HOUR, NOW)).isTrue();
        assertThat(Past.isOver(null, HOUR, NOW)).isTrue();
    }
}
