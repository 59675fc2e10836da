package dev.cosell.verbs;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * What is known of things that go wrong at the moment, in memory: forgotten ten minutes after it last went wrong, and
 * of very many the oldest.
 */
public final class Recent<T> {
    /** Longer than the longest pause before a hint comes again. */
    private static final Duration KEPT = Duration.ofMinutes(10);
    private static final int LIMIT = 10_000;

    private final Clock clock;
    /** What went wrong longest ago comes first. */
    private final Map<String, Known<T>> all = new LinkedHashMap<>();

    public Recent(Clock clock) {
        this.clock = clock;
    }

    private record Known<T>(T value, Instant last) {}

    /**
     * It went wrong once more.
     *
     * @param next what is known then, from what was known before; that is null the first time
     */
    public synchronized T again(String what, UnaryOperator<T> next) {
        Instant now = clock.instant();
        Iterator<Known<T>> oldest = all.values().iterator();
        while (oldest.hasNext() && oldest.next().last().plus(KEPT).isBefore(now)) {
            oldest.remove();
        }
        Known<T> before = all.remove(what);
        if (all.size() >= LIMIT) {
            all.remove(all.keySet().iterator().next());
        }
        T value = next.apply(before == null ? null : before.value());
        all.put(what, new Known<>(value, now));
        return value;
    }

    /** What is known of everything that went wrong within this time. */
    public synchronized List<T> within(Duration time) {
        Instant since = clock.instant().minus(time);
        return all.values().stream().filter(known -> !known.last().isBefore(since)).map(Known::value).toList();
    }

    /** It went well, or it was given up. */
    public synchronized void forget(String what) {
        all.remove(what);
    }
}
