package dev.cosell.salesforce;

import dev.cosell.mapping.DateForm;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Where a read of changes starts. As text: {@code watermark}, then {@code ;at=instant}, or {@code ;settled},
 * then within a catch-up that takes several pages {@code ;from=instant;page=stamp,id}, then {@code ;gone=id,id} with
 * deleted rows already reported, which a re-read of the overlap would show again. First among them stands
 * {@code took@duration}: the version before takes it for the id of a row, and fails at what it does not know elsewhere.
 *
 * @param watermark stamp up to which all changes were handed over; null before the first read is complete
 * @param reached   when the watermark was reached, by our clock; null when that is not known
 * @param took      how long the catch-up lasted that reached the watermark. A row may have been committed behind each
 *     of its pages, so the next read goes back behind its beginning. A duration, because the stamps are of another clock
 * @param settled   whether rows stamped up to the watermark can come no more: a catch-up began so long after it was
 *     reached that all transactions of its time had ended
 * @param begun     when the present catch-up began, by our clock; null between two of them
 * @param pageStamp stamp of the last row of the previous page, or null at the start of a catch-up
 * @param pageId    id of that row
 * @param gone      reported deletions within the overlap, each with its second: a row may come back and go again
 */
record PollPosition(Instant watermark, Instant reached, Duration took, boolean settled, Instant begun,
        Instant pageStamp, String pageId, List<String> gone) {
    /** More are not remembered: each read reports the others of the overlap again, until the watermark is settled. */
    static final int MOST_GONE = 500;

    private static final String REACHED = "at=";
    private static final String TOOK = "took@";
    private static final String SETTLED = "settled";
    private static final String BEGUN = "from=";
    private static final String PAGE = "page=";
    private static final String GONE = "gone=";

    /** A first watermark. */
    static PollPosition at(Instant watermark, Instant reached, List<String> gone) {
        return new PollPosition(watermark, reached, Duration.ZERO, false, null, null, null, gone);
    }

    /** @param text null at the very first read */
    static PollPosition parse(String text) {
        Instant watermark = null;
        Instant reached = null;
        Duration took = Duration.ZERO;
        boolean settled = false;
        Instant begun = null;
        Instant stamp = null;
        String id = null;
        List<String> gone = List.of();
        for (String part : text == null ? new String[0] : text.split(";")) {
            if (part.startsWith(PAGE)) {
                String[] page = part.substring(PAGE.length()).split(",");
                stamp = Instant.parse(page[0]);
                id = page[1];
            } else if (part.startsWith(GONE)) {
                List<String> names = List.of(part.substring(GONE.length()).split(","));
                boolean lasted = names.get(0).startsWith(TOOK);
                took = lasted ? Duration.parse(names.get(0).substring(TOOK.length())) : took;
                gone = lasted ? names.subList(1, names.size()) : names;
            } else if (part.startsWith(REACHED)) {
                reached = Instant.parse(part.substring(REACHED.length()));
            } else if (part.startsWith(BEGUN)) {
                begun = Instant.parse(part.substring(BEGUN.length()));
            } else if (part.equals(SETTLED)) {
                settled = true;
            } else if (!part.isEmpty()) {
                watermark = Instant.parse(part);
            }
        }
        return new PollPosition(watermark, reached, took, settled, begun, stamp, id, gone);
    }

    /** The condition on SystemModstamp with which a read goes on here; empty for all rows. */
    String condition(Duration overlap) {
        if (pageStamp != null) {
            String stamp = SoqlText.dateTime(pageStamp);
            return " AND SystemModstamp >= " + stamp + " AND (SystemModstamp > " + stamp + " OR Id > "
                    + SoqlText.string(pageId) + ")";
        }
        if (watermark == null) {
            return "";
        }
        return settled ? " AND SystemModstamp > " + SoqlText.dateTime(watermark)
                : " AND SystemModstamp >= " + SoqlText.dateTime(watermark.minus(took).minus(overlap));
    }

    /**
     * Whether the read that goes on here shows all of the overlap again, and so all that has to be remembered of it.
     */
    boolean rereads() {
        return pageStamp == null && !settled;
    }

    /** Whether a catch-up has pages left. */
    boolean isUnderWay() {
        return pageStamp != null;
    }

    /** The same, with a catch-up under way. */
    PollPosition begin(Instant now) {
        return pageStamp != null && begun != null ? this
                : new PollPosition(watermark, reached, took, settled, now, pageStamp, pageId, gone);
    }

    /** When a row last changed. */
    static Instant stamp(Map<String, Object> row) {
        return DateForm.moment((String) row.get("SystemModstamp"));
    }

    /** Whether something is reported for the first time. @param name as it is remembered when it was reported */
    boolean isNews(String name) {
        return !gone.contains(name);
    }

    /**
     * Where to read on after a page.
     *
     * @param reported all that has to be remembered as reported; of too many the latest are
     * @param more     whether the catch-up goes on
     */
    PollPosition after(List<Map<String, Object>> rows, List<String> reported, boolean more, Instant now,
            Duration overlap) {
        List<String> kept = reported.subList(Math.max(0, reported.size() - MOST_GONE), reported.size());
        Instant last = rows.isEmpty() ? pageStamp : stamp(rows.get(rows.size() - 1));
        return more ? page(last, (String) rows.get(rows.size() - 1).get("Id"), kept) : end(last, kept, now, overlap);
    }

    private PollPosition page(Instant stamp, String id, List<String> goneNow) {
        return new PollPosition(watermark, reached, took, settled, begun, stamp, id, goneNow);
    }

    /**
     * Where the next catch-up starts, when this one has come to its end. @param last stamp of its last row; null when
     * it had none
     */
    private PollPosition end(Instant last, List<String> goneNow, Instant now, Duration overlap) {
        if (last != null && (watermark == null || last.isAfter(watermark))) {
            return new PollPosition(last, now, lasted(now), false, null, null, null, goneNow);
        }
        Instant since = reached == null ? now : reached;
        boolean late = begun != null && !begun.isBefore(since.plus(overlap));
        return new PollPosition(watermark, since, Duration.ZERO, settled || late, null, null, null, goneNow);
    }

    /** Of the catch-up that ends now; none if a clock was set back. */
    private Duration lasted(Instant now) {
        return begun == null || begun.isAfter(now) ? Duration.ZERO : Duration.between(begun, now);
    }

    String text() {
        StringBuilder text = new StringBuilder(watermark == null ? "" : watermark.toString());
        if (settled) {
            text.append(';').append(SETTLED);
        } else if (reached != null) {
            text.append(';').append(REACHED).append(reached);
        }
        if (pageStamp != null) {
            text.append(begun == null ? "" : ";" + BEGUN + begun).append(';').append(PAGE).append(pageStamp).append(',')
                    .append(pageId);
        }
        List<String> names = new ArrayList<>(took.isZero() ? List.of() : List.of(TOOK + took));
        names.addAll(gone);
        if (!names.isEmpty()) {
            text.append(';').append(GONE).append(String.join(",", names));
        }
        return text.toString();
    }
}
