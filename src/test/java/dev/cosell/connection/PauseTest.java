package dev.cosell.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cosell.verbs.Fault;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class PauseTest {
    private Instant now = Instant.parse("2026-11-22T12:00:00Z");

    @Test
    void nobody_asks_before_the_pause_is_over() {
        Pause pause = pause();
        assertThatCode(pause::check).doesNotThrowAnyException();

        pause.noted(new Fault.Throttled("salesforce", "later", Duration.ofMinutes(5)));
        now = now.plusSeconds(299);
        assertThatThrownBy(pause::check).isInstanceOfSatisfying(Fault.Throttled.class,
                fault -> assertThat(fault.retryAfter()).isEqualTo(Duration.ofSeconds(1)));

        now = now.plusSeconds(1);
        assertThatCode(pause::check).doesNotThrowAnyException();
    }

    /** A pause of five minutes took an hour and five. */
    @Test
    void a_clock_that_is_set_back_makes_no_pause_longer_than_it_was_to_be() {
        Pause pause = pause();
        pause.noted(new Fault.Throttled("salesforce", "later", Duration.ofMinutes(5)));
        now = now.minusSeconds(3600);
        assertThatThrownBy(pause::check).isInstanceOfSatisfying(Fault.Throttled.class,
                fault -> assertThat(fault.retryAfter()).isEqualTo(Duration.ofMinutes(5)));
        now = now.plusSeconds(300);
        assertThatCode(pause::check).doesNotThrowAnyException();
    }

    /** Whoever goes on calling is made to wait for longer. */
    @Test
    void a_call_that_was_under_way_shortened_the_pause_that_another_one_had_been_told() {
        Pause pause = pause();
        pause.noted(new Fault.Throttled("salesforce", "later", Duration.ofMinutes(5)));
        pause.noted(new Fault.Throttled("salesforce", "later", Duration.ofSeconds(2)));
        now = now.plusSeconds(299);
        assertThatThrownBy(pause::check).isInstanceOf(Fault.Throttled.class);
        pause.noted(new Fault.Throttled("salesforce", "later", Duration.ofSeconds(30)));
        now = now.plusSeconds(29);
        assertThatThrownBy(pause::check).isInstanceOf(Fault.Throttled.class);
        now = now.plusSeconds(1);
        assertThatCode(pause::check).doesNotThrowAnyException();
    }

    private Pause pause() {
        return new Pause("salesforce", Pauses.ALONE, ((InstantSource) () -> now).withZone(ZoneOffset.UTC));
    }

    @Test
    void other_faults_pause_nothing() {
        Pause pause = new Pause("dynamics", Pauses.ALONE, Clock.systemUTC());
        pause.noted(new Fault.Transient("dynamics", "away"));
        assertThatCode(pause::check).doesNotThrowAnyException();
    }
}
