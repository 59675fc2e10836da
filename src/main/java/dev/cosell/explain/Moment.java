package dev.cosell.explain;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Moments as every answer gives them: ISO 8601 in UTC, to the second. */
final class Moment {
    private Moment() {}

    /** Null for null. */
    static String text(Instant at) {
        return at == null ? null : at.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
