package dev.cosell.salesforce;

import java.time.Instant;
import java.util.List;

/**
 * Where a read of changes starts. As text: {@code watermark}, then {@code ;page=stamp,id} within a catch-up that takes several
 * pages, then {@code ;gone=id,id} with deleted rows already reported, which a re-read of the overlap would show again.
 *
 * @param watermark stamp up to which all changes were handed over; null before the first read is complete
 * @param pageStamp stamp of the last row of the previous page, or null at the start of a catch-up
 * @param pageId    id of that row
 * @param gone      ids of reported deletions within the overlap
 */
record PollPosition(Instant watermark, Instant pageStamp, String pageId, List<String> gone) {
    /** More deletions than this are not remembered: then only those behind the watermark are reported. */
    static final int MOST_GONE = 500;

    private static final String PAGE = "page=";
    private static final String GONE = "gone=";

    /** @param text null at the very first read */
    static PollPosition parse(String text) {
        Instant watermark = null;
        Instant stamp = null;
        String id = null;
        List<String> gone = List.of();
        for (String part : text == null ? new String[0] : text.split(";")) {
            if (part.startsWith(PAGE)) {
                String[] page = part.substring(PAGE.length()).split(",");
                stamp = Instant.parse(page[0]);
                id = page[1];
            } else if (part.startsWith(GONE)) {
                gone = List.of(part.substring(GONE.length()).split(","));
            } else if (!part.isEmpty()) {
                watermark = Instant.parse(part);
            }
        }
        return new PollPosition(watermark, stamp, id, gone);
    }

    /** Where the next page of the same catch-up starts. */
    PollPosition page(Instant stamp, String id, List<String> goneNow) {
        return new PollPosition(watermark, stamp, id, goneNow);
    }

    String text() {
        StringBuilder text = new StringBuilder(watermark == null ? "" : watermark.toString());
        if (pageStamp != null) {
            text.append(';').append(PAGE).append(pageStamp).append(',').append(pageId);
        }
        if (!gone.isEmpty()) {
            text.append(';').append(GONE).append(String.join(",", gone));
        }
        return text.toString();
    }
}
