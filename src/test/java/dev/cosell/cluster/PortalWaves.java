package dev.cosell.cluster;

import dev.cosell.stories.Api;
import dev.cosell.stories.DealField;
import dev.cosell.stories.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Every deal is edited once in the portal, and Salesforce is written to as often. Then the next wave comes, so that no
 * two edits share a sync.
 */
final class PortalWaves {
    private static final int EDITORS = 8;
    private static final int LOOK_MILLIS = 20;
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Cluster cluster;
    private final Api salesforce;
    private final List<String> deals = new ArrayList<>();
    private int value;

    /** Makes the deals and waits until Salesforce has them. */
    PortalWaves(Cluster cluster, int count) {
        this.cluster = cluster;
        salesforce = cluster.crm("salesforce").api();
        for (int i = 0; i < count; i++) {
            deals.add(cluster.newDeal());
        }
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (cluster.crm("salesforce").opportunities().stream().filter(each -> cluster.crm("salesforce")
                .referralId(each) != null).count() < count) {
            goOnUntil(end);
        }
        // What belongs to the new deals is written by then.
        cluster.andAgainNothingHappens(List.of());
    }

    private static void goOnUntil(long end) {
        if (System.nanoTime() > end) {
            throw new IllegalStateException("The deals were not synced in time");
        }
        World.pause(LOOK_MILLIS);
    }

    int deals() {
        return deals.size();
    }

    /** Edits all deals and waits until all are written. Syncs a second between the first and the last fifth of them. */
    double once() {
        salesforce.post("/sandbox/stats/reset", Map.of());
        int wanted = ++value;
        ExecutorService editors = Executors.newFixedThreadPool(EDITORS);
        deals.forEach(deal -> editors.submit(() -> DealField.VALUE.editInPortal(cluster.portal(), deal,
                DealField.VALUE.value(wanted))));
        editors.shutdown();
        int fifth = deals.size() / 5;
        long[] first = awaitWrites(fifth);
        long[] last = awaitWrites(4 * fifth);
        awaitWrites(deals.size());
        awaitEnd(editors);
        return (last[0] - first[0]) * 1e9 / (last[1] - first[1]);
    }

    /**
     * Edits one deal after the other. When an instance has joined, the broker deals the records out anew as their next
     * changes come; in a flood those who have worked for long would take more than their share, and keep it.
     */
    void oneAtATime() {
        salesforce.post("/sandbox/stats/reset", Map.of());
        int wanted = ++value;
        for (int i = 0; i < deals.size(); i++) {
            DealField.VALUE.editInPortal(cluster.portal(), deals.get(i), DealField.VALUE.value(wanted));
            awaitWrites(i + 1);
        }
    }

    private static void awaitEnd(ExecutorService editors) {
        try {
            editors.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** How many there were, and when. */
    private long[] awaitWrites(int count) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            int writes = (Integer) salesforce.get("/sandbox/stats").get("writes");
            if (writes >= count) {
                return new long[] {writes, System.nanoTime()};
            }
            goOnUntil(end);
        }
    }
}
