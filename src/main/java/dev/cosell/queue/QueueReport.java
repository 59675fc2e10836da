package dev.cosell.queue;

import java.util.List;

/**
 * How an outside broker treats our queues.
 *
 * @param differences what is not as it has to be
 * @param unknown     why the settings of their addresses are not known, such as a missing right; empty when they are
 */
public record QueueReport(List<QueueDifference> differences, String unknown) {
    public QueueReport {
        differences = List.copyOf(differences);
    }
}
