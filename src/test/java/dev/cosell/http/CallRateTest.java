package dev.cosell.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cosell.verbs.Fault;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The pace of calls, against a clock that the test turns. */
class CallRateTest {
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);

    private int callsIn(CallRate rate, Duration time) {
        int calls = 0;
        for (Instant end = now.plus(time); now.isBefore(end); now = now.plusMillis(50)) {
            while (goes(rate)) {
                calls++;
            }
        }
        return calls;
    }

    /** Whether a call goes without any wait; a wait would move this clock by nothing and never end. */
    private boolean goes(CallRate rate) {
        return rate.tryNow();
    }

    @Test
    void no_minute_holds_more_than_allowed_and_little_less() {
        assertThat(callsIn(new CallRate("partner-center", 100, clock), Duration.ofMinutes(1))).isBetween(95, 101);
    }

    @Test
    void instances_share_it_and_one_that_is_left_alone_has_all_of_it() {
        AtomicInteger live = new AtomicInteger(2);
        CallRate first = new CallRate("partner-center", 100, live::get, clock);
        CallRate second = new CallRate("partner-center", 100, live::get, clock);
        int calls = 0;
        for (Instant end = now.plusSeconds(60); now.isBefore(end); now = now.plusMillis(50)) {
            calls += (goes(first) ? 1 : 0) + (goes(second) ? 1 : 0);
        }
        assertThat(calls).isBetween(90, 102);
        live.set(1);
        now = now.plusSeconds(60);
        assertThat(callsIn(first, Duration.ofMinutes(1))).isBetween(95, 101);
    }

    @Test
    void a_clock_that_was_set_back_does_not_hold_calls_up_for_as_long() {
        CallRate rate = new CallRate("partner-center", 100, clock);
        int calls = 0;
        while (goes(rate)) {
            calls++;
        }
        assertThat(calls).isEqualTo(20);
        now = now.minus(Duration.ofHours(1));
        assertThat(goes(rate)).as("what was taken is taken").isFalse();
        now = now.plusSeconds(1);
        assertThat(goes(rate)).isTrue();
    }

    @Test
    void a_clock_that_was_set_back_leaves_the_pace_halved_for_a_minute_alone() {
        CallRate rate = new CallRate("partner-center", 100, clock);
        rate.refused();
        now = now.minus(Duration.ofHours(1));
        assertThat(goes(rate)).isTrue();
        assertThat(rate.pace()).isEqualTo(0.5);
        now = now.plusSeconds(61);
        assertThat(goes(rate)).isTrue();
        assertThat(rate.pace()).isGreaterThan(0.5);
    }

    @Test
    void nought_sets_no_limit() {
        CallRate rate = new CallRate("partner-center", 0, clock);
        for (int i = 0; i < 10_000; i++) {
            rate.awaitFirst(() -> false);
        }
    }

    @Test
    void a_long_wait_is_a_fault_that_sends_the_hint_back_to_the_queue() {
        CallRate rate = new CallRate("partner-center", 5, clock);
        for (int call = 0; call < 3; call++) {
            assertThat(rate.take(CallRate.Patience.FIRST)).isEqualTo(Duration.ofSeconds(15).multipliedBy(call));
        }
        assertThatThrownBy(() -> rate.awaitFirst(() -> false)).isInstanceOfSatisfying(Fault.Throttled.class, fault -> {
            assertThat(fault.retryAfter()).isEqualTo(Duration.ofSeconds(45));
            assertThat(fault).hasMessageContaining("5 calls a minute");
        });
    }

    /** The write of a sync was sent back for want of a call, and its next attempt spent that call on reading again. */
    @ParameterizedTest
    @CsvSource({"5,1", "9,1", "15,2", "19,1", "100,6", "100,12"})
    void a_sync_that_has_begun_comes_to_its_last_call(int perMinute, int instances) {
        CallRate rate = new CallRate("partner-center", perMinute, () -> instances, clock);
        for (int sync = 0; sync < 20; sync++) {
            now = now.plus(rate.take(CallRate.Patience.FIRST));
            for (int call = 1; call < 5; call++) {
                now = now.plus(rate.take(CallRate.Patience.BEGUN));
            }
        }
        Duration all = Duration.between(Instant.parse("2026-01-01T00:00:00Z"), now);
        assertThat(Duration.ofMinutes(100).multipliedBy(instances).dividedBy(perMinute)).as("never faster than allowed")
                .isLessThanOrEqualTo(all.plusMinutes(1));
    }

    /** Each of two calls, by eight consumers that have more to do than there are calls. */
    @ParameterizedTest
    @ValueSource(ints = {5, 20, 60})
    void syncs_that_wait_together_end_one_after_the_other(int perMinute) {
        CallRate rate = new CallRate("partner-center", perMinute, clock);
        List<Sync> consumers = Stream.generate(() -> new Sync(rate)).limit(8).toList();
        int ended = 0;
        for (Instant end = now.plusSeconds(600); now.isBefore(end); now = now.plusMillis(500)) {
            ended += (int) consumers.stream().filter(Sync::ends).count();
        }
        assertThat(ended).isGreaterThanOrEqualTo((int) (0.8 * perMinute * 10 / 2) - consumers.size());
    }

    private final class Sync {
        private final CallRate rate;
        private Instant reads;
        private Instant writes;

        Sync(CallRate rate) {
            this.rate = rate;
        }

        /** Goes on as far as it can now. */
        boolean ends() {
            if (reads == null) {
                begin();
            } else if (writes == null && !now.isBefore(reads)) {
                writes = now.plus(rate.take(CallRate.Patience.BEGUN));
            }
            if (writes == null || now.isBefore(writes)) {
                return false;
            }
            reads = null;
            writes = null;
            return true;
        }

        private void begin() {
            try {
                reads = now.plus(rate.take(CallRate.Patience.FIRST));
            } catch (Fault.Throttled later) {
                reads = null;
            }
        }
    }

    @Test
    void a_new_sync_gets_its_turn_while_somebody_reads_page_after_page() {
        CallRate rate = new CallRate("partner-center", 5, clock);
        for (int page = 0; page < 5; page++) {
            now = now.plus(rate.take(CallRate.Patience.BEGUN));
        }
        rate.take(CallRate.Patience.BEGUN);
        assertThat(rate.take(CallRate.Patience.FIRST)).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void that_its_calls_are_used_up_is_known_for_a_minute() {
        CallRate rate = new CallRate("partner-center", 5, clock);
        for (int call = 0; call < 3; call++) {
            rate.take(CallRate.Patience.FIRST);
        }
        assertThat(rate.isUsedUp()).isFalse();
        assertThatThrownBy(() -> rate.take(CallRate.Patience.FIRST)).isInstanceOf(Fault.Throttled.class);
        assertThat(rate.isUsedUp()).isTrue();
        now = now.plusSeconds(61);
        assertThat(rate.isUsedUp()).isFalse();
    }

    @Test
    void a_wait_ends_when_the_application_stops() {
        CallRate rate = new CallRate("partner-center", 5, clock);
        rate.awaitFirst(() -> false);
        assertThatThrownBy(() -> rate.awaitFurther(() -> true)).isInstanceOf(Fault.Throttled.class)
                .hasMessageContaining("the call was not made");
    }

    @Test
    void a_refusal_halves_the_pace_and_quiet_minutes_bring_it_back() {
        CallRate rate = new CallRate("partner-center", 100, clock);
        rate.refused();
        rate.refused();
        assertThat(rate.pace()).isEqualTo(0.25);
        for (int i = 0; i < 10; i++) {
            rate.refused();
        }
        assertThat(rate.pace()).as("never stands still").isEqualTo(0.1);
        for (int i = 0; i < 15; i++) {
            now = now.plusSeconds(61);
            rate.awaitFirst(() -> false);
        }
        assertThat(rate.pace()).isEqualTo(1);
    }
}
