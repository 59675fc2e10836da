package dev.cosell.sync.books;

import static org.assertj.core.api.Assertions.assertThat;

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

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
