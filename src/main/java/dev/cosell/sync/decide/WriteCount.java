package dev.cosell.sync.decide;

import java.time.Instant;

/**
 * Our writes of a pair in a window of time, for the {@link Breaker}.
 *
 * @param windowStart null before the first write
 */
public record WriteCount(Instant windowStart, int writes) {
    public static final WriteCount NONE = new WriteCount(null, 0);
}
