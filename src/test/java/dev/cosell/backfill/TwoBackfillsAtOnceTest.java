package dev.cosell.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.backfill.Backfill.Phase;
import dev.cosell.state.Database;
import dev.cosell.state.ReadyDatabase;
import dev.cosell.sync.books.FirstSync;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** People ask two instances on one PostgreSQL at the same moment: both jobs began, and each took the other's turns. */
class TwoBackfillsAtOnceTest {
    private static final int TIMES = 20;
    private final List<Database> databases = new ArrayList<>();

    @BeforeEach
    void open() throws Exception {
        String url = ReadyDatabase.postgres();
        for (int instance = 0; instance < 2; instance++) {
            databases.add(Database.open(url, null, null));
        }
        new FirstSync(databases.get(0), List.of("salesforce", "dynamics")).begin(false, false);
    }

    @AfterEach
    void close() {
        databases.forEach(Database::close);
    }

    private Jobs jobs(int instance) {
        return new Jobs(databases.get(instance), Clock.systemUTC());
    }

    private void end() {
        jobs(0).atWork().ifPresent(job -> jobs(0).move(job, Phase.STOPPED, null, null));
    }

    /** How many of the two succeed. */
    private static int atOnce(Callable<Boolean> one, Callable<Boolean> other) throws Exception {
        CyclicBarrier start = new CyclicBarrier(2);
        ExecutorService people = Executors.newFixedThreadPool(2);
        try {
            List<Future<Boolean>> answers = new ArrayList<>();
            for (Callable<Boolean> each : List.of(one, other)) {
                answers.add(people.submit(() -> {
                    start.await();
                    return each.call();
                }));
            }
            return (answers.get(0).get() ? 1 : 0) + (answers.get(1).get() ? 1 : 0);
        } finally {
            people.shutdownNow();
        }
    }

    @Test
    void of_two_that_are_begun_at_once_one_begins() throws Exception {
        for (int time = 0; time < TIMES; time++) {
            assertThat(atOnce(() -> begin(0, "salesforce"), () -> begin(1, "dynamics"))).isEqualTo(1);
            end();
            assertThat(jobs(0).atWork()).isEmpty();
        }
    }

    private boolean begin(int instance, String source) {
        return jobs(instance).begin(source, null, null, false, "ana", List.of(source)).isPresent();
    }

    @Test
    void of_one_that_is_let_go_and_one_that_is_begun_at_once_one_works() throws Exception {
        for (int time = 0; time < TIMES; time++) {
            begin(0, "salesforce");
            end();
            Backfill stopped = jobs(0).last().orElseThrow();
            assertThat(atOnce(() -> jobs(0).moveToWork(stopped, Phase.COUNTING, null, null),
                    () -> begin(1, "dynamics"))).isEqualTo(1);
            end();
            assertThat(jobs(0).atWork()).isEmpty();
        }
    }
}
