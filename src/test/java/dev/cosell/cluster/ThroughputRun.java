package dev.cosell.cluster;

import dev.cosell.stories.Api;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Syncs a second of one, two and three instances in one run: they come one after the other, and go the same way. */
final class ThroughputRun {
    private static final int DEALS = 600;
    private static final int ANSWER_MILLIS = 50;
    private static final int WARM_UP = 20;
    private static final int WAVES = 2;

    private final Cluster cluster;
    private final PortalWaves waves;
    private final Consumer<String> told;
    private final Map<Integer, List<Double>> measured = new LinkedHashMap<>();

    private ThroughputRun(Cluster cluster, Consumer<String> told) {
        this.cluster = cluster;
        this.told = told;
        cluster.instances().forEach(InstanceProcess::start);
        cluster.instances().forEach(InstanceProcess::awaitReady);
        waves = new PortalWaves(cluster, DEALS);
    }

    static String table(Consumer<String> told) {
        Map<String, String> settings = Map.of("crms", "salesforce", "sync.consumers", "4", "salesforce.poll-interval",
                "10m",
                "partner-center.sweep-interval", "10m", "sync.breaker-writes", "1000000");
        try (Cluster cluster = new Cluster(RealParts.start("-XX:TieredStopAtLevel=4"), settings)) {
            List.of("first", "second", "third").forEach(name -> cluster.add(name, Map.of()));
            return new ThroughputRun(cluster, told).run();
        }
    }

    private String run() {
        warmUp();
        measure(3);
        cluster.instances().get(2).stop();
        measure(2);
        cluster.instances().get(1).stop();
        measure(1);
        start(1);
        measure(2);
        start(2);
        measure(3);
        return table();
    }

    private void start(int instance) {
        cluster.instances().get(instance).start();
        cluster.instances().get(instance).awaitReady();
        servers().forEach(server -> server.delete("/sandbox/faults"));
        waves.oneAtATime();
        warmUp();
    }

    /** Java compiles what is used often: an instance that has just been started would be measured as slower. */
    private void warmUp() {
        servers().forEach(server -> server.delete("/sandbox/faults"));
        for (int i = 0; i < WARM_UP; i++) {
            waves.once();
        }
        servers().forEach(server -> server.post("/sandbox/faults", Map.of("path", "/", "delayMillis", ANSWER_MILLIS,
                "times", 100_000_000)));
    }

    private List<Api> servers() {
        return List.of(cluster.portal(), cluster.crm("salesforce").api());
    }

    private void measure(int instances) {
        waves.once();
        for (int i = 0; i < WAVES; i++) {
            double rate = waves.once();
            told.accept(String.format("%d: %.1f a second", instances, rate));
            measured.computeIfAbsent(instances, none -> new ArrayList<>()).add(rate);
        }
    }

    private double mean(int instances) {
        return measured.get(instances).stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }

    private String table() {
        StringBuilder text = new StringBuilder();
        for (int instances = 1; instances <= 3; instances++) {
            text.append(String.format("%d instance%s  %5.1f syncs a second, %.2f × one%n", instances, instances == 1
                    ? " " : "s", mean(instances),
                    mean(instances) / mean(1)));
        }
        return text.toString();
    }
}
