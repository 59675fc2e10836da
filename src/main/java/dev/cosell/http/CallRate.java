package dev.cosell.http;

import dev.cosell.connection.SteadyTime;
import dev.cosell.verbs.Fault;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;

/**
 * Spreads the calls of a connection so that no minute holds more than allowed. A short wait is waited out; a longer one
 * is a {@link Fault.Throttled}, so that no thread of a sync is held for it. Each 429 halves the pace, and quiet minutes
 * bring it back.
 */
public final class CallRate {
    private static final Duration SHORT = Duration.ofSeconds(2);
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration QUIET = Duration.ofMinutes(1);
    private static final double SLOWEST = 0.1;

    private final String system;
    private final int perMinute;
    private final IntSupplier instances;
    private final InstantSource time;
    private double pace = 1;
    private Instant paceSet = Instant.EPOCH;
    private Instant free = Instant.EPOCH;

    /** @param perMinute calls in a minute at most; 0 for no limit */
    public CallRate(String system, int perMinute, Clock clock) {
        this(system, perMinute, () -> 1, clock);
    }

    /** @param instances how many make such calls at present, this one included; the calls are divided evenly */
    public CallRate(String system, int perMinute, IntSupplier instances, Clock clock) {
        this.instances = instances;
        this.system = system;
        this.perMinute = perMinute;
        this.time = new SteadyTime(clock);
    }

    /** To be asked before each call. */
    public void await() {
        await(SHORT);
    }

    /**
     * The same for a caller that has a thread of its own. Calls are given out in the order in which they are asked for,
     * so it gets one however many others give up after a short wait and ask again.
     */
    public void awaitPatiently() {
        await(LONG);
    }

    private void await(Duration longest) {
        if (perMinute == 0) {
            return;
        }
        long wait = take(longest).toNanos();
        long end = System.nanoTime() + wait;
        while (wait > 0 && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(wait);
            wait = end - System.nanoTime();
        }
    }

    /** Takes a call only when it need not wait at all. */
    boolean tryNow() {
        try {
            take(Duration.ZERO);
            return true;
        } catch (Fault.Throttled later) {
            return false;
        }
    }

    /** A fifth of the calls may come at once and the others evenly, so that no sixty seconds hold more than allowed. */
    private synchronized Duration take(Duration longest) {
        Instant now = time.instant();
        recover(now);
        int sharers = instances.getAsInt();
        Duration between = Duration.ofNanos((long) (TimeUnit.MINUTES.toNanos(1) / (0.8 * perMinute * pace / sharers)));
        Instant earliest = free.minus(between.multipliedBy(Math.max(0, perMinute / 5 / sharers - 1)));
        Duration wait = earliest.isAfter(now) ? Duration.between(now, earliest) : Duration.ZERO;
        if (wait.compareTo(longest) > 0) {
            throw new Fault.Throttled(system, system + " takes " + perMinute + " calls a minute by our settings"
                    + (sharers == 1 ? "" : ", divided by " + sharers + " instances")
                    + ", and they are used up; next call in "
                    + (wait.toSeconds() + 1) + " s", wait);
        }
        free = (free.isAfter(now) ? free : now).plus(between);
        return wait;
    }

    private void recover(Instant now) {
        if (pace < 1 && paceSet.plus(QUIET).isBefore(now)) {
            pace = Math.min(1, pace * 1.25);
            paceSet = now;
        }
    }

    /** The system answered 429. */
    public synchronized void refused() {
        pace = Math.max(SLOWEST, pace / 2);
        paceSet = time.instant();
    }

    /** Share of the allowed calls that is used at present. */
    synchronized double pace() {
        return pace;
    }
}
