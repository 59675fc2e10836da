package dev.cosell.alerts;

import dev.cosell.live.RouteFaults;
import dev.cosell.operations.SyncMXBean;
import java.time.Clock;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;

/** Puts the watch over what needs a person together. */
public final class Alerts {
    private Alerts() {}

    /**
     * @param routes       what under {@code routes/} is not as its newest text says
     * @param installation the name by which people know this installation
     * @param page         address at which they open the page; empty when nobody has said
     */
    public static AlertWatch watch(CamelContext camel, SyncMXBean sync, Supplier<RouteFaults> routes,
            Thresholds thresholds, AlertBook book, String installation, String page, AlertWatch.Pace pace,
            Clock clock) {
        return new AlertWatch(pace, new Channels(camel), new Matters(camel, sync, routes, thresholds), book,
                new Sender(camel, book, installation, page, pace.look(), clock),
                () -> digest(sync), clock);
    }

    private static String digest(SyncMXBean sync) {
        return "Links by state: " + sync.getLinksByState() + "\nParked: " + sync.getParkedCount() + "\nHeld back: "
                + sync.getHeldCount() + ", for approval " + sync.getApprovalsCount()
                + "\nDeadlines: " + sync.getDeadlinesCount() + "\nWaiting changes: " + waiting(sync);
    }

    /** While the queue is away, how all else stands is still worth knowing. */
    private static String waiting(SyncMXBean sync) {
        try {
            return sync.getBacklog() + ", the oldest for " + sync.getOldestPendingSeconds() + " s";
        } catch (RuntimeException away) {
            return "the queue does not answer";
        }
    }
}
