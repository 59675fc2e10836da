package dev.cosell.connection;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Time for what ends so and so long after it began. When the machine's clock is set back, this one goes on from where
 * it was, so that nothing waits for as long as the clock went back. From then on it is no time of day.
 */
public final class SteadyTime implements InstantSource {
    private final InstantSource clock;
    private Duration ahead = Duration.ZERO;
    private Instant last = Instant.MIN;

    public SteadyTime(InstantSource clock) {
        this.clock = clock;
    }

    /** Never before one that was given out. */
    @Override
    public synchronized Instant instant() {
        Instant now = clock.instant().plus(ahead);
        if (now.isBefore(last)) {
            ahead = ahead.plus(Duration.between(now, last));
            now = last;
        }
        last = now;
        return now;
    }
}
