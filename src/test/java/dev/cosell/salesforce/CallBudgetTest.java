package dev.cosell.salesforce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cosell.salesforce.CallBudget.State;
import dev.cosell.sandbox.salesforce.RunningSalesforce.HandClock;
import dev.cosell.verbs.Fault;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CallBudgetTest {
    private final HandClock clock = new HandClock();
    /** What all instances have counted, by day. */
    private final Map<LocalDate, Long> counted = new HashMap<>();

    @BeforeEach
    void noon() {
        clock.advance(Duration.between(clock.instant(), Instant.parse("2026-11-27T12:00:00Z")));
    }

    private CallBudget budget(int dailyCalls, int orgShare) {
        return new CallBudget(dailyCalls, orgShare, this::count, clock);
    }

    private long count(LocalDate day, int calls) {
        return counted.merge(day, (long) calls, Long::sum);
    }

    private static void take(CallBudget budget, int calls) {
        IntStream.range(0, calls).forEach(call -> budget.take());
    }

    @Test
    void withoutLimitsNothingIsEverSpent() {
        CallBudget budget = budget(0, 0);
        take(budget, 5000);
        budget.noted("api-usage=15000/15000");
        assertThat(budget.state()).isEqualTo(State.FREE);
        assertThat(budget.pollRests()).isFalse();
        assertThat(counted).isEmpty();
    }

    @Test
    void ourOwnBudgetComesNearAndEndsUntilMidnight() {
        CallBudget budget = budget(1000, 95);
        take(budget, 799);
        assertThat(budget.state()).isEqualTo(State.FREE);
        take(budget, 1);
        assertThat(budget.state()).isEqualTo(State.NEAR);
        take(budget, 200);
        assertThat(budget.state()).isEqualTo(State.SPENT);
        assertThat(budget.pollRests()).isTrue();
        assertThatThrownBy(budget::take).isInstanceOfSatisfying(Fault.Throttled.class, throttled -> {
            assertThat(throttled.retryAfter()).isEqualTo(Duration.ofHours(12));
            assertThat(throttled).hasMessageContaining("salesforce.daily-calls").hasMessageContaining("1000");
        });
        assertThat(budget.calls()).as("a refused call is none").isEqualTo(1000);

        clock.advance(Duration.ofHours(12));
        assertThat(budget.state()).isEqualTo(State.FREE);
        assertThat(budget.calls()).isZero();
        assertThatCode(budget::take).doesNotThrowAnyException();
    }

    @Test
    void aRestartKnowsTheCallsOfTheDayButNotThoseOfAnother() {
        take(budget(1000, 0), 1000);
        assertThat(budget(1000, 0).state()).isEqualTo(State.SPENT);

        clock.advance(Duration.ofDays(1));
        assertThat(budget(1000, 0).calls()).isZero();
    }

    @Test
    void aCountIsKeptInStepsAndNotWithEachCall() {
        CallBudget budget = budget(1000, 0);
        take(budget, 9);
        assertThat(counted.values()).containsExactly(0L);
        take(budget, 1);
        assertThat(counted).containsExactly(Map.entry(LocalDate.of(2026, 11, 27), 10L));
    }

    @Test
    void severalInstancesHaveOneBudgetAndOvershootItByTheirStepsAtMost() {
        List<CallBudget> instances = List.of(budget(1000, 0), budget(1000, 0), budget(1000, 0));
        int made = 0;
        for (int turn = 0; instances.stream().anyMatch(each -> each.state() != State.SPENT); turn++) {
            CallBudget next = instances.get(turn % 3);
            if (next.state() != State.SPENT) {
                next.take();
                made++;
            }
        }
        assertThat(made).isBetween(1000, 1030);
    }

    @Test
    void nearTheEndOnePollInFiveIsMade() {
        CallBudget budget = budget(1000, 0);
        take(budget, 800);
        assertThat(IntStream.range(0, 20).filter(turn -> !budget.pollRests()).count()).isEqualTo(4);
    }

    @Test
    void theShareOfTheOrganisationLeavesTheRestToOthersAndLooksAgain() {
        CallBudget budget = budget(0, 50);
        budget.noted("api-usage=399/1000");
        assertThat(budget.state()).isEqualTo(State.FREE);
        budget.noted("api-usage=400/1000");
        assertThat(budget.state()).isEqualTo(State.NEAR);
        budget.noted("api-usage=500/1000");
        assertThat(budget.state()).isEqualTo(State.SPENT);
        assertThatThrownBy(budget::take).isInstanceOf(Fault.Throttled.class).hasMessageContaining("500 of its 1000")
                .hasMessageContaining("salesforce.org-call-share");

        clock.advance(Duration.ofMinutes(15));
        assertThat(budget.pollRests()).isFalse();
        assertThatCode(budget::take).as("one call looks").doesNotThrowAnyException();
        assertThatThrownBy(budget::take).as("and only one").isInstanceOf(Fault.Throttled.class);
        budget.noted("api-usage=120/1000");
        assertThat(budget.state()).isEqualTo(State.FREE);
        assertThatCode(budget::take).doesNotThrowAnyException();
    }

    @Test
    void aRefusalForTheLimitRestsUntilItIsTriedAgain() {
        CallBudget budget = budget(0, 95);
        budget.refused(Duration.ofMinutes(5));
        assertThat(budget.state()).isEqualTo(State.SPENT);
        assertThat(budget.pollRests()).isTrue();
        clock.advance(Duration.ofMinutes(5));
        assertThat(budget.state()).isEqualTo(State.FREE);
        assertThat(budget.pollRests()).isFalse();
    }

    @Test
    void aClockThatWasSetBackMakesNoRestLonger() {
        CallBudget refused = budget(0, 95);
        refused.refused(Duration.ofMinutes(5));
        CallBudget shared = budget(0, 50);
        shared.noted("api-usage=500/1000");

        clock.advance(Duration.ofHours(-1));
        assertThat(refused.pollRests()).isTrue();
        assertThat(shared.pollRests()).isTrue();
        assertThatThrownBy(shared::take).isInstanceOfSatisfying(Fault.Throttled.class,
                throttled -> assertThat(throttled.retryAfter()).isEqualTo(Duration.ofMinutes(15)));

        clock.advance(Duration.ofMinutes(5).plusSeconds(1));
        assertThat(refused.pollRests()).isFalse();
        clock.advance(Duration.ofMinutes(10));
        assertThat(shared.pollRests()).isFalse();
        assertThatCode(shared::take).doesNotThrowAnyException();
    }

    @Test
    void theTighterOfOrganisationAndAppCounts() {
        CallBudget budget = budget(0, 95);
        budget.noted("api-usage=25/5000; per-app-api-usage=240/250(appName=sync)");
        assertThat(budget.state()).isEqualTo(State.SPENT);
        assertThat(budget.orgLimit()).isEqualTo(250);
    }

    @Test
    void wordsThatSayNothingChangeNothing() {
        CallBudget budget = budget(0, 95);
        budget.noted("api-usage=96/100");
        for (String nothing : new String[] {null, "", "api-usage=", "api-usage=5/0", "usage is fine"}) {
            budget.noted(nothing);
            assertThat(budget.state()).as(nothing).isEqualTo(State.SPENT);
        }
    }
}
