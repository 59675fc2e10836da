package dev.cosell.cluster;

import java.time.Duration;
import java.util.List;

/** Of the times that edits took until all sides had them. */
final class Percentiles {
    private Percentiles() {}

    /** @param share such as 0.99; lost edits do not count. Zero when there are none */
    static Duration at(List<Edit> edits, double share) {
        List<Duration> sorted = edits.stream().filter(edit -> !edit.lost()).map(Edit::took).sorted().toList();
        return sorted.isEmpty() ? Duration.ZERO : sorted.get((int) Math.max(0, Math.ceil(share * sorted.size()) - 1));
    }

    static String of(List<Edit> edits) {
        return String.format("p50 %.1f s, p99 %.1f s, longest %.1f s (%d edits)", seconds(edits, 0.5), seconds(edits,
                0.99), seconds(edits, 1),
                edits.size());
    }

    private static double seconds(List<Edit> edits, double share) {
        return at(edits, share).toMillis() / 1e3;
    }
}
