package dev.cosell.sync.books;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.cosell.verbs.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class SharedCommitTest {
    @Test
    void work_that_ends_while_a_commit_runs_shares_the_next_one() throws Exception {
        List<List<Integer>> transactions = new ArrayList<>();
        CountDownLatch firstMayEnd = new CountDownLatch(1);
        SharedCommit<Integer> commits = new SharedCommit<>(together -> {
            transactions.add(together);
            if (transactions.size() == 1) {
                await(firstMayEnd);
            }
        });
        ExecutorService callers = Executors.newFixedThreadPool(9);
        List<CompletableFuture<Void>> all = new ArrayList<>();
        all.add(CompletableFuture.runAsync(() -> commits.commit(0), callers));
        Awaitility.await().until(() -> transactions.size() == 1);
        IntStream.rangeClosed(1, 8)
                .forEach(work -> all.add(CompletableFuture.runAsync(() -> commits.commit(work), callers)));
        Awaitility.await().until(() -> commits.waiting() == 8);
        firstMayEnd.countDown();
        CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).get(10, TimeUnit.SECONDS);
        callers.shutdown();

        assertThat(transactions).hasSize(2);
        assertThat(transactions.get(1)).containsExactlyInAnyOrder(1, 2, 3, 4, 5, 6, 7, 8);
    }

    @Test
    void a_failure_reaches_only_the_caller_whose_work_it_is() throws Exception {
        List<Integer> written = new ArrayList<>();
        CountDownLatch firstMayEnd = new CountDownLatch(1);
        SharedCommit<Integer> commits = new SharedCommit<>(together -> {
            if (together.contains(0)) {
                await(firstMayEnd);
            }
            if (together.contains(2)) {
                throw new IllegalStateException("2 is refused");
            }
            written.addAll(together);
        });
        ExecutorService callers = Executors.newFixedThreadPool(4);
        CompletableFuture<Void> zero = CompletableFuture.runAsync(() -> commits.commit(0), callers);
        Awaitility.await().until(commits::busy);
        List<CompletableFuture<Void>> others = IntStream.rangeClosed(1, 3)
                .mapToObj(work -> CompletableFuture.runAsync(() -> commits.commit(work), callers)).toList();
        Awaitility.await().until(() -> commits.waiting() == 3);
        firstMayEnd.countDown();
        zero.get(10, TimeUnit.SECONDS);

        assertThat(others.get(1)).failsWithin(Duration.ofSeconds(10)).withThrowableThat().havingRootCause()
                .withMessage("2 is refused");
        assertThat(others.get(0)).succeedsWithin(Duration.ofSeconds(10));
        assertThat(others.get(2)).succeedsWithin(Duration.ofSeconds(10));
        assertThat(written).containsExactlyInAnyOrder(0, 1, 3);
        callers.shutdown();
    }

    @Test
    void work_that_was_taken_along_into_an_error_was_told_as_written() throws Exception {
        List<Integer> written = new ArrayList<>();
        CountDownLatch firstMayEnd = new CountDownLatch(1);
        SharedCommit<Integer> commits = new SharedCommit<>(together -> {
            if (together.contains(0)) {
                await(firstMayEnd);
            } else if (together.size() > 1) {
                throw new OutOfMemoryError("for a test");
            }
            written.addAll(together);
        });
        endsForAllThree(commits, firstMayEnd);
        assertThat(written).containsExactly(0);

        commits.commit(4);
        assertThat(written).as("the next one is not concerned").containsExactly(0, 4);
    }

    @Test
    void work_whose_turn_alone_an_earlier_error_took_away_was_told_as_written() throws Exception {
        CountDownLatch firstMayEnd = new CountDownLatch(1);
        SharedCommit<Integer> commits = new SharedCommit<>(together -> {
            if (together.contains(0)) {
                await(firstMayEnd);
            } else if (together.size() > 1) {
                throw new IllegalStateException("one of them is refused");
            } else {
                throw new OutOfMemoryError("for a test");
            }
        });
        endsForAllThree(commits, firstMayEnd);
    }

    /** Three that wait for the same turn: whose thread it is gets the error, the others a fault that passes. */
    private static void endsForAllThree(SharedCommit<Integer> commits, CountDownLatch firstMayEnd) throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(4);
        CompletableFuture<Void> zero = CompletableFuture.runAsync(() -> commits.commit(0), callers);
        Awaitility.await().until(commits::busy);
        List<CompletableFuture<Throwable>> others = IntStream.rangeClosed(1, 3)
                .mapToObj(work -> CompletableFuture.supplyAsync(() -> catchThrowable(() -> commits.commit(work)),
                        callers)).toList();
        Awaitility.await().until(() -> commits.waiting() == 3);
        firstMayEnd.countDown();
        zero.get(10, TimeUnit.SECONDS);

        List<Throwable> ends = new ArrayList<>();
        for (CompletableFuture<Throwable> other : others) {
            ends.add(other.get(10, TimeUnit.SECONDS));
        }
        callers.shutdown();
        assertThat(ends).doesNotContainNull();
        assertThat(ends).filteredOn(OutOfMemoryError.class::isInstance).hasSize(1);
        assertThat(ends).filteredOn(Fault.Transient.class::isInstance).hasSize(2);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
