package dev.cosell.text;

import java.time.Duration;
import java.time.Instant;

/**
 * Times that were written down to tell later how long ago something was. A clock that was ahead once, this machine's or
 * another instance's, dates them later than now, and what is due again some time after them would rest for as long as
 * that clock was ahead.
 */
public final class Past {
    /** Clocks may be so far apart; {@code ./cosell check} names what is more. */
    public static final Duration ASKEW = Duration.ofMinutes(5);

    private Past() {}

    /** The time; null for one that is still to come, as for none. */
    public static Instant of(Instant noted, Instant now) {
        return noted == null || noted.isAfter(now.plus(ASKEW)) ? null : noted;
    }

    /** Whether so long has passed since; true also for what has no time in the past. */
    public static boolean isOver(Instant noted, Duration time, Instant now) {
        Instant past = of(noted, now);
        return past == null || !past.plus(time).isAfter(now);
    }
}
