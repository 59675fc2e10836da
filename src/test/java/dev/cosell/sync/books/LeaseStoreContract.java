package dev.cosell.sync.books;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

abstract class LeaseStoreContract extends StateContract {
    private static final Duration LONG = Duration.ofMinutes(2);

    @Test
    void whatOneHoldsNobodyElseTakesUntilItIsGivenBack() {
        LeaseStore leases = new LeaseStore(database, LONG);
        assertThat(leases.take("one", List.of("a"))).isTrue();
        assertThat(leases.take("two", List.of("a"))).isFalse();
        assertThat(leases.take("two", List.of("b"))).isTrue();
        leases.giveBack("one");
        assertThat(leases.take("three", List.of("a"))).isTrue();
    }

    @Test
    void oneThatGetsNotAllOfItsKeysGetsNone() {
        LeaseStore leases = new LeaseStore(database, LONG);
        leases.take("one", List.of("b"));
        assertThat(leases.take("two", List.of("a", "b", "c"))).isFalse();
        assertThat(leases.take("three", List.of("a", "c"))).isTrue();
    }

    @Test
    void aLeaseOutlivesTheProcessButNotItsTime() throws Exception {
        new LeaseStore(database, Duration.ofSeconds(4)).take("killed", List.of("a", "b"));
        reopen();
        LeaseStore after = new LeaseStore(database, LONG);
        assertThat(after.take("next", List.of("a", "b"))).isFalse();
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> after.take("next", List.of("a", "b")));
        assertThat(after.extend("killed", 2)).as("the one that was taken for dead").isFalse();
        assertThat(after.extend("next", 2)).isTrue();
    }

    @Test
    void whoExtendsItKeepsIt() {
        LeaseStore leases = new LeaseStore(database, Duration.ofSeconds(2));
        leases.take("slow", List.of("a"));
        Awaitility.await().pollInterval(Duration.ofMillis(200)).during(Duration.ofMillis(2600))
                .atMost(Duration.ofSeconds(20))
                .until(() -> leases.extend("slow", 1) && !leases.take("other", List.of("a")));
    }

    @Test
    void whatExpiredAndWasTakenByNobodyCanStillBeExtended() {
        LeaseStore leases = new LeaseStore(database, Duration.ofMillis(1));
        leases.take("late", List.of("a"));
        assertThat(new LeaseStore(database, LONG).extend("late", 1)).isTrue();
        assertThat(leases.take("other", List.of("a"))).isFalse();
    }

    @Test
    void whatDeadHoldersLeftIsForgotten() {
        LeaseStore brief = new LeaseStore(database, Duration.ofMillis(1));
        brief.take("dead", List.of("a"));
        new LeaseStore(database, LONG).take("alive", List.of("b"));
        Awaitility.await().until(() -> {
            brief.tidy();
            return database.client().sql("SELECT lease_key FROM customer_lease").query(String.class).list()
                    .equals(List.of("b"));
        });
    }

    @Test
    void manyWhoWantOverlappingKeysComeThroughOneAfterTheOther() throws Exception {
        LeaseStore leases = new LeaseStore(database, LONG);
        Queue<List<String>> wishes = new ConcurrentLinkedQueue<>(
                List.of(List.of("a", "b", "c"), List.of("b", "c"), List.of("a", "c"), List.of("c", "d"),
                        List.of("a", "d"), List.of("b", "d")));
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        race(6, () -> {
            List<String> keys = wishes.remove();
            String holder = keys.toString();
            for (int round = 0; round < 20; round++) {
                Awaitility.await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(1))
                        .atMost(Duration.ofSeconds(60)).until(() -> leases.take(holder, keys));
                if (keys.contains("c")) {
                    most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                    assertThat(leases.extend(holder, keys.size())).isTrue();
                    inside.decrementAndGet();
                }
                leases.giveBack(holder);
            }
            return keys;
        });
        assertThat(most).as("holders of c at one time").hasValue(1);
    }

    @Test
    void ofManyWhoFindItExpiredOneTakesItOver() throws Exception {
        LeaseStore brief = new LeaseStore(database, Duration.ofMillis(1));
        LeaseStore leases = new LeaseStore(database, LONG);
        for (int round = 0; round < 10; round++) {
            List<String> keys = List.of("a" + round, "b" + round);
            brief.take("dead", keys);
            Awaitility
                    .await().pollDelay(Duration.ZERO).until(
                            () -> database.client()
                                    .sql("SELECT COUNT(*) FROM customer_lease WHERE lease_key = ? AND expires_at"
                                            + " <= CURRENT_TIMESTAMP")
                                    .param(keys.get(0)).query(Integer.class).single() == 1);
            AtomicInteger names = new AtomicInteger();
            assertThat(race(4, () -> leases.take("holder " + names.incrementAndGet(), keys))).containsOnlyOnce(true);
        }
    }
}
