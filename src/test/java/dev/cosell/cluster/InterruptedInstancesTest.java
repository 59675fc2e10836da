package dev.cosell.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.cluster.Interruption.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The short form of {@code bench/cluster faults}: three instances, each of them goes in another way, while people edit
 * on all three sides.
 */
@Tag("long")
class InterruptedInstancesTest {
    private static final int EDITS = 90;
    private static final int DEALS = 8;
    /** They go on until all instances have gone and come back; more at a time would only be more of the same. */
    private static final int AT_A_TIME = 2;
    private static final Duration AWAY = Duration.ofSeconds(6);

    @Test
    void each_goes_in_another_way_and_no_edit_is_lost_doubled_or_looped() {
        try (Cluster cluster = new Cluster(RealParts.start(), Map.of("sync.breaker-writes", "1000000"))) {
            PollJournal journal = FaultsRun.start(cluster, 3);
            Interruptions interruptions = new Interruptions(cluster, new Random(1), AWAY, Duration.ZERO,
                    System.out::println);
            People people = new People(cluster, new Random(1), AT_A_TIME, People.Patience.SHORT);
            people.makeDeals(DEALS);
            CompletableFuture<Void> running = CompletableFuture.runAsync(() -> {
                interruptions.one(Kind.KILLED, cluster.instances().get(0));
                interruptions.one(Kind.STOPPED, cluster.instances().get(1));
                interruptions.one(Kind.FROZEN, cluster.instances().get(2));
            });
            do {
                people.edit(EDITS / 3, made -> { });
            } while (!running.isDone());
            running.join();
            people.finish();
            FaultsResult result = FaultsResult.of(cluster, people, interruptions.all(), journal);
            System.out.println(result.table());

            assertThat(result.lost()).as("lost").isEmpty();
            assertThat(result.doubled()).as("doubled").isEmpty();
            assertThat(result.looped()).as("looped").isEmpty();
            assertThat(result.differences()).as("differences").isEmpty();
            result.polls().forEach((schedule, polls) -> {
                assertThat(polls.count()).as(schedule).isGreaterThan(10);
                assertThat(polls.twice()).as(schedule + " twice in an interval").isZero();
                assertThat(polls.together()).as(schedule + " at the same time").isZero();
            });
        }
    }
}
