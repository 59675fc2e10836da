package dev.cosell.partnercenter;

import java.time.Instant;

/**
 * Where a read of changes stands. Between two reads it is an instant; between two pages of one read it also holds the
 * way to the next page.
 *
 * @param since      last position of the read before; null reads everything
 * @param newest     latest change seen so far in this read; null before the first
 * @param descending whether the pages come newest first, because the tenant refuses to filter by time
 * @param next       query of the next page; null at the first page
 */
record ChangesPosition(Instant since, Instant newest, boolean descending, String next) {
    private static final String NONE = "-";

    static ChangesPosition parse(String text) {
        if (text == null || text.isBlank()) {
            return new ChangesPosition(null, null, false, null);
        }
        String[] parts = text.split(" ", 4);
        return parts.length == 1 ? new ChangesPosition(instant(text), null, false, null)
                : new ChangesPosition(instant(parts[0]), instant(parts[1]), parts[2].equals("desc"), parts[3]);
    }

    /** Null when nothing was ever read. */
    String text() {
        if (next == null) {
            Instant latest = newest == null ? since : newest;
            return latest == null ? null : latest.toString();
        }
        return shown(since) + " " + shown(newest) + " " + (descending ? "desc" : "asc") + " " + next;
    }

    ChangesPosition after(Instant seen, String nextQuery) {
        Instant latest = newest == null || seen != null && seen.isAfter(newest) ? seen : newest;
        return new ChangesPosition(since, latest, descending, nextQuery);
    }

    private static String shown(Instant instant) {
        return instant == null ? NONE : instant.toString();
    }

    private static Instant instant(String text) {
        return NONE.equals(text) ? null : Instant.parse(text);
    }
}
