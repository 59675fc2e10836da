package dev.cosell.sync.decide;

import java.time.Duration;
import java.time.Instant;

/**
 * Stops a pair that is written again and again: something outside, such as a workflow in the CRM, undoes our writes.
 *
 * @param writes writes of one pair that are normal within the window
 */
public record Breaker(int writes, Duration window) {
    public Breaker {
        if (writes < 1 || window.isNegative() || window.isZero()) {
            throw new IllegalArgumentException("sync.breaker-writes and sync.breaker-window must be above 0");
        }
    }

    public boolean open(Link link, Instant now) {
        return link != null && inWindow(link, now) && link.writes().writes() >= writes;
    }

    private boolean inWindow(Link link, Instant now) {
        Instant start = link.writes().windowStart();
        return start != null && start.plus(window).isAfter(now);
    }

    /** The count of a pair that was looked at now. @param before null for a pair without a link */
    public WriteCount counted(Link before, boolean wrote, Instant now) {
        boolean sameWindow = before != null && inWindow(before, now);
        return new WriteCount(sameWindow ? before.writes().windowStart() : now,
                (sameWindow ? before.writes().writes() : 0) + (wrote ? 1 : 0));
    }
}
