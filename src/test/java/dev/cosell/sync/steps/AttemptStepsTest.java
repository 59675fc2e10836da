package dev.cosell.sync.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cosell.state.Database;
import dev.cosell.sync.books.Attempt;
import dev.cosell.sync.books.Intents;
import dev.cosell.verbs.Fault;
import dev.cosell.verbs.Trouble;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AttemptStepsTest {
    private final Database database = Database.inMemory();
    private final Clock clock = Clock.fixed(Instant.parse("2026-11-22T14:05:00Z"), ZoneOffset.UTC);
    private final AttemptSteps attempts = new AttemptSteps(new Intents(database, clock, Duration.ofDays(1)));
    private final AttemptSteps aDayLater = new AttemptSteps(
            new Intents(database, Clock.offset(clock, Duration.ofDays(2)), Duration.ofDays(1)));

    @AfterEach
    void close() {
        database.close();
    }

    private Attempt begin() {
        return attempts.begin("salesforce", "006A");
    }

    private void refuse(Attempt attempt, Object made) {
        Fault refusal = new Fault.Data("partner-center", Trouble.REFUSED, "no");
        assertThatThrownBy(() -> attempts.refused(attempt, made, refusal)).isSameAs(refusal);
    }

    private void isRetry(Attempt attempt, boolean settled) {
        assertThat(attempt.retry()).isTrue();
        assertThat(attempt.settled()).isEqualTo(settled);
        assertThat(attempt.begun()).isEqualTo(clock.instant());
    }

    @Test
    void an_attempt_that_ended_is_followed_by_a_first_one() {
        attempts.end(begin());
        assertThat(begin().retry()).isFalse();
    }

    @Test
    void an_attempt_that_did_not_end_leaves_a_doubt_that_time_settles() {
        begin();
        isRetry(begin(), false);
        isRetry(aDayLater.begin("salesforce", "006A"), true);
        assertThat(begin().settled()).as("another attempt began with that").isFalse();
    }

    @Test
    void a_refused_first_attempt_that_made_nothing_leaves_no_doubt() {
        refuse(begin(), null);
        assertThat(begin().retry()).isFalse();
    }

    @Test
    void a_refused_attempt_that_made_something_or_was_not_the_first_leaves_a_doubt() {
        refuse(begin(), "a referral");
        Attempt second = begin();
        assertThat(second.retry()).isTrue();
        refuse(second, null);
        assertThat(begin().retry()).isTrue();
    }
}
