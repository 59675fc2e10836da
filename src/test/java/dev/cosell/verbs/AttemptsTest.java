package dev.cosell.verbs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class AttemptsTest {
    private Instant now = Instant.parse("2026-03-04T05:06:07Z");
    private final Attempts attempts = new Attempts(((InstantSource) () -> now).withZone(ZoneOffset.UTC));

    @Test
    void eachThingIsCountedUntilItGoesWell() {
        assertThat(attempts.again("a")).isEqualTo(1);
        assertThat(attempts.again("b")).isEqualTo(1);
        assertThat(attempts.again("a")).isEqualTo(2);
        attempts.forget("a");
        assertThat(attempts.again("a")).isEqualTo(1);
        assertThat(attempts.again("b")).isEqualTo(2);
    }

    @Test
    void whatDoesNotComeBackIsForgottenAndMemoryIsBounded() {
        attempts.again("a");
        now = now.plus(Duration.ofMinutes(11));
        assertThat(attempts.again("a")).isEqualTo(1);
        for (int i = 0; i < 10_000; i++) {
            attempts.again("more " + i);
        }
        assertThat(attempts.again("a")).as("the oldest gave way").isEqualTo(1);
    }
}
