package dev.cosell.sync.decide;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class HeldTest {
    /** At 21:58:28 it waited "since 21:59". */
    @Test
    void it_waits_since_a_time_that_is_over_and_until_one_that_is_not() {
        Instant moment = Instant.parse("2026-11-28T21:58:28Z");
        assertThat(new Held("Closing", moment, null))
                .hasToString("Closing waits for approval since 2026-11-28 21:58 UTC");
        assertThat(new Held("Closing", moment, moment)).hasToString("Closing waits until 2026-11-28 21:59 UTC");
    }
}
