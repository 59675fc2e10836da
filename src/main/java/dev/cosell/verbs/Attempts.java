package dev.cosell.verbs;

import java.time.Clock;

/**
 * Counts in memory how often the same thing went wrong in the same way. The broker's count of deliveries says something
 * else: outages count there, and with an outside broker each death of this process. A count that a restart loses costs
 * a few attempts more.
 */
public final class Attempts {
    private final Recent<Integer> counts;

    public Attempts(Clock clock) {
        counts = new Recent<>(clock);
    }

    /** @return how often it has gone wrong, this time included */
    public int again(String what) {
        return counts.again(what, before -> before == null ? 1 : before + 1);
    }

    /** It went well, or it was given up. */
    public void forget(String what) {
        counts.forget(what);
    }
}
