package dev.cosell.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cosell.verbs.Hint;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ConsumersTest extends QueueOnDisk {
    private static final int RECORDS = 12;
    private static final int ROUNDS = 15;

    @Test
    void oneRecordIsNeverInTwoHandsButManyRecordsAreWorkedOnAtOnce() throws Exception {
        Map<String, AtomicInteger> hands = new ConcurrentHashMap<>();
        Map<String, List<String>> order = new ConcurrentHashMap<>();
        List<String> collisions = Collections.synchronizedList(new ArrayList<>());
        Set<String> workers = ConcurrentHashMap.newKeySet();
        AtomicInteger done = new AtomicInteger();
        offerRounds(0, ROUNDS);

        consume(new TakingRoute(hint -> {
            AtomicInteger mine = hands.computeIfAbsent(hint.id(), id -> new AtomicInteger());
            if (mine.incrementAndGet() > 1) {
                collisions.add(hint.id());
            }
            await().pollDelay(Duration.ofMillis(5)).until(() -> true);
            order.computeIfAbsent(hint.id(), id -> Collections.synchronizedList(new ArrayList<>())).add(hint.version());
            workers.add(Thread.currentThread().getName());
            mine.decrementAndGet();
            done.incrementAndGet();
        }));
        offerRounds(ROUNDS, 2 * ROUNDS);

        await().atMost(PATIENCE).until(() -> done.get() == 2 * ROUNDS * RECORDS);
        assertThat(collisions).isEmpty();
        assertThat(workers).hasSizeGreaterThan(1);
        assertThat(order.values()).allSatisfy(versions -> assertThat(versions).isSorted());
    }

    /** Retries, so that none is collapsed. */
    private void offerRounds(int from, int to) {
        for (int round = from; round < to; round++) {
            for (int record = 0; record < RECORDS; record++) {
                hints.offer(new Hint("salesforce", "006" + record, "v%03d".formatted(round), Hint.Origin.RETRY));
            }
        }
    }

    @Test
    void workThatFailsComesAgainLaterAndKeepsItsAge() throws Exception {
        List<Instant> attempts = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch passed = new CountDownLatch(1);
        hints.offer(hint("006A", "v1"));
        // The broker shows what is on disk a moment later.
        Instant offered = await().atMost(PATIENCE).until(() -> hints.oldest("salesforce"), Optional::isPresent)
                .orElseThrow();

        consume(new TakingRoute(hint -> {
            attempts.add(Instant.now());
            if (passed.getCount() > 0) {
                throw new IllegalStateException("The CRM is away");
            }
        }));

        TakingRoute.until(attempts, 3);
        assertThat(hints.backlog("salesforce")).isEqualTo(1);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(hints.oldest("salesforce")).contains(offered));
        passed.countDown();
        await().atMost(PATIENCE).until(() -> hints.backlog("salesforce") == 0);
        assertThat(Duration.between(attempts.get(0), attempts.get(1))).isGreaterThanOrEqualTo(Duration.ofMillis(80));
        assertThat(Duration.between(attempts.get(1), attempts.get(2))).isGreaterThanOrEqualTo(Duration.ofMillis(160));
    }

    @Test
    void aHintThatKeepsFailingNeverDiesAndHoldsUpNobody() throws Exception {
        AtomicInteger failures = new AtomicInteger();
        List<String> done = Collections.synchronizedList(new ArrayList<>());
        hints.offer(hint("sick", "v1"));
        for (int number = 0; number < 20; number++) {
            hints.offer(hint("well" + number, "v1"));
        }

        consume(new TakingRoute(hint -> {
            if (hint.id().equals("sick")) {
                failures.incrementAndGet();
                throw new IllegalStateException("This record's CRM is away");
            }
            done.add(hint.id());
        }));

        TakingRoute.until(done, 20);
        await().atMost(PATIENCE).until(() -> failures.get() > 6);
        assertThat(done).hasSize(20);
        assertThat(hints.backlog("salesforce")).isEqualTo(1);
        assertThat(broker.depth(EmbeddedArtemis.DEAD_LETTERS)).isZero();
    }

    @Test
    void whatWasNotFinishedWhenTheProcessStopsIsDoneAfterwards() throws Exception {
        hints.offer(hint("006A", "v1"));
        AtomicInteger failures = new AtomicInteger();
        consume(new TakingRoute(hint -> {
            failures.incrementAndGet();
            throw new IllegalStateException("The CRM is away");
        }));
        await().atMost(PATIENCE).until(() -> failures.get() > 0);
        reopen();

        List<Hint> taken = Collections.synchronizedList(new ArrayList<>());
        consume(new TakingRoute(taken::add));
        assertThat(TakingRoute.until(taken, 1)).containsExactly(hint("006A", "v1"));
    }
}
