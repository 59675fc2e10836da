package dev.cosell.connection;

import java.time.Duration;
import java.time.Instant;

/**
 * Refusals of tokens that had just been given out. Web servers that are restarted refuse good ones for a moment, so a
 * person is called only when the refusals last.
 */
final class TokenRefusals {
    /** A connection that worked so shortly before has not lost its rights since, as a rule. */
    private static final Duration LATELY = Duration.ofMinutes(15);
    /** Refusals that are further apart have nothing to do with each other. */
    private static final Duration APART = Duration.ofMinutes(2);
    /** Beside calls that are accepted: longer than it takes to restart one server after the other. */
    private static final Duration BESIDE_OTHERS = Duration.ofMinutes(5);
    private static final int LOOKS = 12;

    private final Duration lasting;
    private Instant since;
    private Instant last;

    /** @param lasting how long refusals may go on while no call is accepted */
    TokenRefusals(Duration lasting) {
        this.lasting = lasting;
    }

    /**
     * One more.
     *
     * @param answered when a call was accepted last; null for not since the start
     * @return whether they last, or nothing says that the connection has worked lately
     */
    boolean last(Instant now, Instant answered) {
        if (last == null || last.isAfter(now) || last.plus(APART).isBefore(now)) {
            since = now;
        }
        last = now;
        if (answered == null || answered.plus(LATELY).isBefore(since)) {
            return true;
        }
        return !now.isBefore(since.plus(answered.isAfter(since) ? BESIDE_OTHERS : lasting));
    }

    /** Whether the last one is of this moment, and no call was accepted since. */
    boolean goOn(Instant now, Instant answered) {
        return last != null && last.plus(lasting).isAfter(now) && (answered == null || !answered.isAfter(last));
    }

    /** How long to wait before the next call: a few are enough to see whether they last. */
    Duration pause() {
        return lasting.dividedBy(LOOKS);
    }
}
