package dev.cosell.cluster;

import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;

/** CPU of the application's process for a sync, with PostgreSQL and a broker beside and with neither, in turn. */
final class CostRun {
    private static final int DEALS = 200;
    private static final int ROUNDS = 6;
    private static final int WAVES = 5;
    private static final Map<String, String> SETTINGS = Map.of("crms", "salesforce", "salesforce.poll-interval", "5s",
            "partner-center.sweep-interval", "10m", "sync.breaker-writes", "1000000");

    private final InstanceProcess instance;
    private final PortalWaves waves;
    private Duration taken = Duration.ZERO;
    private int syncs;

    private CostRun(Cluster cluster) {
        instance = cluster.add("only", Map.of());
        instance.start();
        instance.awaitReady();
        waves = new PortalWaves(cluster, DEALS);
    }

    /** @param warmUp waves before anything is measured; one is 200 syncs */
    static String table(int warmUp, Consumer<String> told) {
        try (Cluster apart = new Cluster(RealParts.start("-XX:TieredStopAtLevel=4"), SETTINGS);
             Cluster embedded = new Cluster(RealParts.embedded("-XX:TieredStopAtLevel=4"), SETTINGS)) {
            CostRun outside = new CostRun(apart);
            CostRun inside = new CostRun(embedded);
            for (int i = 0; i < warmUp; i++) {
                outside.waves.once();
                inside.waves.once();
            }
            for (int round = 0; round < ROUNDS; round++) {
                outside.measure();
                inside.measure();
                told.accept(String.format("%.2f ms and %.2f ms so far", outside.millis(), inside.millis()));
            }
            return String.format(
                    "PostgreSQL and a broker  %5.2f ms of CPU for a sync%nembedded                 %5.2f ms%nratio     "
                            + "               %5.2f%n",
                    outside.millis(), inside.millis(), outside.millis() / inside.millis());
        }
    }

    private void measure() {
        Duration before = instance.cpu();
        for (int i = 0; i < WAVES; i++) {
            waves.once();
        }
        taken = taken.plus(instance.cpu().minus(before));
        syncs += WAVES * waves.deals();
    }

    private double millis() {
        return taken.toNanos() / 1e6 / syncs;
    }
}
