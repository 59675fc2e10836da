package dev.cosell.cluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** People edit on all three sides while parts of the cluster end and come back. */
final class FaultsRun {
    private static final int AT_A_TIME = 12;
    private static final Duration AWAY = Duration.ofSeconds(8);
    private static final Duration BETWEEN = Duration.ofSeconds(5);

    private FaultsRun() {}

    /** So many edits, three instances, and everything that can happen to the parts. */
    static FaultsResult with(int edits, long seed, Consumer<String> told) {
        try (Cluster cluster = new Cluster(RealParts.start(), Map.of("sync.breaker-writes", "1000000"))) {
            PollJournal journal = start(cluster, 3);
            Interruptions interruptions = new Interruptions(cluster, new Random(seed), AWAY, BETWEEN, told);
            People people = new People(cluster, new Random(seed), AT_A_TIME, People.Patience.LONG);
            people.makeDeals(40);
            CompletableFuture<Void> running = CompletableFuture.runAsync(interruptions::goOn);
            try {
                people.edit(edits, made -> happens(made, edits, interruptions, told));
                people.finish();
            } finally {
                interruptions.end();
                running.join();
            }
            return FaultsResult.of(cluster, people, interruptions.all(), journal);
        }
    }

    private static void happens(int made, int edits, Interruptions interruptions, Consumer<String> told) {
        if (made == edits / 3) {
            interruptions.killBroker();
        } else if (made == edits * 2 / 3) {
            interruptions.restartDatabase();
        }
        if (made % Math.max(1, edits / 10) == 0) {
            told.accept(made + " edits");
        }
    }

    /** Instances that all work, and a journal of their polls from the first one on. */
    static PollJournal start(Cluster cluster, int instances) {
        List<InstanceProcess> started = new ArrayList<>();
        Stream.of("first", "second", "third").limit(instances).forEach(name -> started.add(cluster.add(name,
                Map.of())));
        started.get(0).start();
        started.get(0).awaitReady();
        PollJournal journal = PollJournal.begin(cluster);
        started.stream().skip(1).forEach(InstanceProcess::start);
        started.forEach(InstanceProcess::awaitReady);
        return journal;
    }
}
