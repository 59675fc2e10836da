package dev.cosell.sync.books;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
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

    /** A deal that an early attempt had made and that was closed since counted as older than the attempt. */
    @Test
    void theFirstOfManyAttemptsKeepsItsTime() {
        Instant first = clock.instant();
        new Intents(database, clock).begin("salesforce", "006A");
        Intents later = new Intents(database, Clock.offset(clock, Duration.ofHours(2)));
        assertThat(later.begin("salesforce", "006A")).isTrue();
        assertThat(later.settled("salesforce", "006A", true)).as("another attempt begins").isTrue();
        assertThat(later.first("salesforce", "006A")).isEqualTo(first);
        later.done("salesforce", "006A");
        assertThat(later.first("salesforce", "006A")).isNull();
    }

    /** Another instance may run an earlier release still. */
    @Test
    void anAttemptOfAnEarlierReleaseBeganWhenItSays() {
        OffsetDateTime then = clock.instant().atOffset(ZoneOffset.UTC);
        database.client().sql("INSERT INTO intent (crm, crm_id, begun_at) VALUES ('salesforce', '006A', ?)")
                .param(then).update();
        assertThat(new Intents(database, clock).first("salesforce", "006A")).isEqualTo(then.toInstant());
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

    /** It stayed for good, and when the opportunity lost that deal no search was made before the next create. */
    @Test
    void anAttemptIsForgottenWhenTheRecordWasJoinedByAnotherWay() {
        Intents intents = new Intents(database, clock);
        List.of("006A", "006B").forEach(id -> intents.begin("salesforce", id));
        intents.begin("dynamics", "006A");
        database.client().sql("INSERT INTO link (crm, referral_id, crm_id, state, agreed, writes_in_window, updated_at)"
                + " VALUES ('salesforce', 'r1', '006A', 'LINKED', '{}', 0, ?)")
                .param(clock.instant().atOffset(ZoneOffset.UTC)).update();
        assertThat(intents.tidy(clock.instant().minusSeconds(1))).as("not of a create that is under way").isZero();
        assertThat(intents.tidy(clock.instant().plusSeconds(1))).isEqualTo(1);
        assertThat(intents.begun("salesforce", "006A")).isFalse();
        assertThat(intents.begun("salesforce", "006B")).as("nothing is known of it").isTrue();
        assertThat(intents.begun("dynamics", "006A")).as("another CRM's").isTrue();
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
