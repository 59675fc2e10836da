package dev.cosell.sync.decide;

import java.time.Duration;

/**
 * When a direction is stopped: something that nobody meant, such as a wrong import or a broken mapping, is taking
 * values from more deals than people do.
 *
 * @param share percent of the open linked deals; 100 never stops
 * @param least deals that people may change in any case, so that a small installation is not stopped by a few edits
 */
public record Brake(int share, int least) {
    /** In which the deals are counted. */
    public static final Duration WINDOW = Duration.ofHours(1);
    /** On either side of a deal in the middle. */
    public static final Duration HALF_WINDOW = WINDOW.dividedBy(2);

    /** @param overwritten deals of which a field was closed, cleared or overwritten in the window, with this one */
    public boolean stops(int overwritten, int open) {
        return share < 100 && overwritten > least && overwritten * 100L > (long) share * open;
    }

    /** What people are told, without the names of CRM and side. */
    public String reason(int overwritten, int open) {
        return overwritten + " of " + open + " open linked deals would have been overwritten within an hour, more than "
                + share + " %";
    }
}
