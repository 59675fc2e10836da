package dev.cosell.sync.books;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

abstract class IntentsContract extends StateContract {
    @Test
    void theSecondAttemptKnowsOfTheFirst() throws Exception {
        assertThat(new Intents(database, clock).begin("salesforce", "006A")).isFalse();
        reopen();
        assertThat(new Intents(database, clock).begin("salesforce", "006A")).isTrue();
        assertThat(new Intents(database, clock).begin("dynamics", "006A")).isFalse();
    }

    @Test
    void aFinishedAttemptLeavesNothing() {
        Intents intents = new Intents(database, clock);
        intents.begin("salesforce", "006A");
        intents.done("salesforce", "006A");
        assertThat(intents.begin("salesforce", "006A")).isFalse();
    }

    /** The clock jumped ahead by minutes, the search had not caught up yet, and a second referral was made. */
    @Test
    void anAttemptIsNoOlderForAClockThatJumpedAhead() {
        new Intents(database, Clock.offset(clock, Duration.ofMinutes(-5))).begin("salesforce", "006A");
        AtomicLong nanos = new AtomicLong();
        Intents intents = new Intents(database, clock, Duration.ofMinutes(1), nanos::get);
        assertThat(intents.settled("salesforce", "006A", false)).isTrue();
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(20));
        assertThat(intents.settled("salesforce", "006A", true)).isFalse();
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(40));
        assertThat(intents.settled("salesforce", "006A", true)).isTrue();
        assertThat(intents.settled("salesforce", "006A", true)).as("the next attempt has begun").isFalse();
    }

    @Test
    void oneOfTwoRacingAttemptsIsTheFirst() throws Exception {
        Intents intents = new Intents(database, clock);
        for (int round = 0; round < 20; round++) {
            String crmId = "006" + round;
            assertThat(race(2, () -> intents.begin("salesforce", crmId))).containsExactlyInAnyOrder(true, false);
        }
    }
}
