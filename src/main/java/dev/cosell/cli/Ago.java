package dev.cosell.cli;

import java.time.Duration;
import java.time.Instant;

/** How long ago a moment is, as people say it. */
final class Ago {
    private Ago() {}

    /** @param moment as ISO has it */
    static String of(String moment) {
        return of(Duration.between(Instant.parse(moment), Instant.now()));
    }

    static String of(Duration age) {
        if (age.toDays() > 0) {
            return said(age.toDays(), "day");
        }
        if (age.toHours() > 0) {
            return said(age.toHours(), "hour");
        }
        return age.toMinutes() > 0 ? said(age.toMinutes(), "minute") : Math.max(0, age.toSeconds()) + " s ago";
    }

    private static String said(long count, String unit) {
        return count + " " + unit + (count == 1 ? "" : "s") + " ago";
    }
}
