package dev.cosell.verbs;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Counts in memory how often the same thing went wrong in the same way. The broker's count of deliveries says something
 * else: outages count there, and with an outside broker each death of this process. A count that a restart loses costs
 * a few attempts more.
 */
public final class Attempts {
    /** Longer than the longest pause before a hint comes again. */
    private static final Duration KEPT = Duration.ofMinutes(10);
    private static final int LIMIT = 10_000;

    private final Clock clock;
    /** What went wrong longest ago comes first. */
    private final Map<String, Count> counts = new LinkedHashMap<>();

    public Attempts(Clock clock) {
        this.clock = clock;
    }

    private record Count(int times, Instant last) {}

    /** @return how often it has gone wrong, this time included */
    public synchronized int again(String what) {
        Instant now = clock.instant();
        Iterator<Count> oldest = counts.values().iterator();
        while (oldest.hasNext() && oldest.next().last().plus(KEPT).isBefore(now)) {
            oldest.remove();
        }
        Count before = counts.remove(what);
        if (counts.size() >= LIMIT) {
            counts.remove(counts.keySet().iterator().next());
        }
        Count count = new Count(before == null ? 1 : before.times() + 1, now);
        counts.put(what, count);
        return count.times();
    }

    /** It went well, or it was given up. */
    public synchronized void forget(String what) {
        counts.remove(what);
    }
}
