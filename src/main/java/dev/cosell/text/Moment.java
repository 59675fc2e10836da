package dev.cosell.text;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Moments as operators read them: ISO 8601 in UTC, to the second. */
public final class Moment {
    private Moment() {}

    /** Null for null. */
    public static String text(Instant at) {
        return at == null ? null : at.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
