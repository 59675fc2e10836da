package dev.cosell.sync.books;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

abstract class IntentsContract extends StateContract {
    @Test
    void theSecondAttemptKnowsOfTheFirst() throws Exception {
        assertThat(new Intents(database, clock).begin("salesforce", "006A").retry()).isFalse();
        reopen();
        assertThat(new Intents(database, clock).begin("salesforce", "006A").retry()).isTrue();
        assertThat(new Intents(database, clock).begin("dynamics", "006A").retry()).isFalse();
    }

    @Test
    void aFinishedAttemptLeavesNothing() {
        Intents intents = new Intents(database, clock);
        intents.done(intents.begin("salesforce", "006A"));
        assertThat(intents.begin("salesforce", "006A").retry()).isFalse();
    }

    /** A deal that an early attempt had made and that was closed since counted as older than the attempt. */
    @Test
    void theFirstOfManyAttemptsKeepsItsTime() {
        Instant first = clock.instant();
        new Intents(database, clock).begin("salesforce", "006A");
        Intents later = new Intents(database, Clock.offset(clock, Duration.ofHours(2)));
        Attempt again = later.begin("salesforce", "006A");
        assertThat(again.settled()).as("another attempt begins").isTrue();
        assertThat(again.begun()).isEqualTo(first);
        later.done(again);
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
        AtomicReference<Instant> now = new AtomicReference<>(clock.instant().minusSeconds(300));
        AtomicLong nanos = new AtomicLong();
        Intents intents = new Intents(database, ((InstantSource) now::get).withZone(ZoneOffset.UTC),
                Duration.ofMinutes(1), nanos::get);
        assertThat(intents.begin("salesforce", "006A").retry()).isFalse();
        now.set(clock.instant());
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(20));
        assertThat(intents.begin("salesforce", "006A").settled()).isFalse();
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(40));
        assertThat(intents.begin("salesforce", "006A").settled()).isTrue();
        assertThat(intents.begin("salesforce", "006A").settled()).as("the next attempt has begun").isFalse();
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

    /** It waited so long for its turn that another instance had made the deal, and then made it once more. */
    @Test
    void anAttemptThatAnotherHasTakenForGivenUpIsNotSent() {
        Intents intents = new Intents(database, clock);
        Attempt waits = intents.begin("salesforce", "006A");
        Intents others = new Intents(database, Clock.offset(clock, Duration.ofMinutes(2)));
        Attempt another = others.begin("salesforce", "006A");
        assertThat(another.settled()).isTrue();
        assertThat(intents.confirm(waits)).isFalse();
        assertThat(others.confirm(another)).isTrue();
        assertThat(others.confirm(another)).as("sent again with a new token").isTrue();
        intents.undone(waits);
        assertThat(intents.begun("salesforce", "006A")).as("the other's is noted still").isTrue();
        others.undone(another);
        assertThat(intents.begun("salesforce", "006A")).isFalse();
        assertThat(others.confirm(another)).as("the deal was made, or the attempt forgotten").isFalse();
    }

    /** The doubt counts from the moment at which the create was sent. */
    @Test
    void anAttemptThatWasSentLateIsNotTakenForGivenUpBeforeItsAnswerIsDue() {
        Attempt late = new Intents(database, clock).begin("salesforce", "006A");
        assertThat(new Intents(database, Clock.offset(clock, Duration.ofSeconds(50))).confirm(late)).isTrue();
        Clock aMinuteAfterIt = Clock.offset(clock, Duration.ofSeconds(70));
        assertThat(new Intents(database, aMinuteAfterIt).begin("salesforce", "006A").settled()).isFalse();
    }

    /** The deal waited for as long as the clock had been ahead. */
    @Test
    void anAttemptOfAClockThatWasAheadIsInDoubtFromTheNextLookOn() {
        Attempt ahead = new Intents(database, Clock.offset(clock, Duration.ofDays(20))).begin("salesforce", "006A");
        assertThat(new Intents(database, clock).begin("salesforce", "006A").settled()).isFalse();
        assertThat(new Intents(database, clock).confirm(ahead)).as("should it be on its way still").isFalse();
        Clock later = Clock.offset(clock, Duration.ofMinutes(1));
        assertThat(new Intents(database, later).begin("salesforce", "006A").settled()).isTrue();
    }

    @Test
    void oneOfTwoRacingAttemptsIsTheFirst() throws Exception {
        Intents intents = new Intents(database, clock);
        for (int round = 0; round < 20; round++) {
            String crmId = "006" + round;
            assertThat(race(2, () -> intents.begin("salesforce", crmId).retry()))
                    .containsExactlyInAnyOrder(true, false);
        }
    }
}
