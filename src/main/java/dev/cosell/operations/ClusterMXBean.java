package dev.cosell.operations;

import java.util.List;
import java.util.Map;

/**
 * The instances that share the database, as this one sees them: renewed five times within {@code cluster.take-over}.
 */
public interface ClusterMXBean {
    /** This instance, as the others see it. */
    String getName();

    /** How many are live, this one included; 1 at least. */
    int getLive();

    /**
     * All that were seen within the last hour: name, whether it is live, since when it runs, when it was last seen,
     * version.
     */
    List<String> getInstances();

    /**
     * Which live instance did the work of each schedule last and when, and which one has what only one has at a time.
     */
    Map<String, String> getHolders();

    /** Digests of the files under {@code routes/} that are in force, by instance. */
    Map<String, String> getRoutes();

    /**
     * In what instances differ that should not: files under {@code routes/}, clocks; and names that are alike. Each
     * says what to do.
     */
    List<String> getDifferences();
}
