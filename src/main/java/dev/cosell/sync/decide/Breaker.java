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
        return link != null && inWindow(link, now) && link.writesInWindow() >= writes;
    }

    public boolean inWindow(Link link, Instant now) {
        return link.writeWindowStart() != null && link.writeWindowStart().plus(window).isAfter(now);
    }
}
