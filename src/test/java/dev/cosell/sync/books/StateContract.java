package dev.cosell.sync.books;

import dev.cosell.state.Database;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What every store must do on every database. */
abstract class StateContract {
    static final Instant NOW = Instant.parse("2026-03-04T05:06:07.123456Z");

    final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    Database database;

    /** Opens the same, at first empty, database each time within one test. */
    abstract Database open() throws Exception;

    @BeforeEach
    void openDatabase() throws Exception {
        database = open();
    }

    @AfterEach
    void closeDatabase() {
        database.close();
    }

    void reopen() throws Exception {
        database.close();
        database = open();
    }

    /** Starts the same work on several threads at one moment. */
    static <T> List<T> race(int threads, Callable<T> work) throws Exception {
        CyclicBarrier start = new CyclicBarrier(threads);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<T>> running = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                running.add(pool.submit(() -> {
                    start.await();
                    return work.call();
                }));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> result : running) {
                results.add(result.get());
            }
            return results;
        } finally {
            pool.shutdownNow();
        }
    }
}
