package dev.cosell.http;

import dev.cosell.connection.SteadyTime;
import dev.cosell.verbs.Fault;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;

/**
 * Spreads the calls of a connection so that no minute holds more than allowed. A short wait is waited out; a longer one
 * is a {@link Fault.Throttled}, so that no thread is held for what has not begun. What has begun waits for its turn: it
 * would begin with its first call again, and with few calls a minute never come to its last. Each 429 halves the pace,
 * and quiet minutes bring it back.
 */
public final class CallRate {
    private static final Duration QUIET = Duration.ofMinutes(1);
    private static final double SLOWEST = 0.1;
    /** How often a wait looks whether it is still wanted. */
    private static final long LOOK = TimeUnit.MILLISECONDS.toNanos(200);

    private final String system;
    private final int perMinute;
    private final IntSupplier instances;
    private final InstantSource time;
    private double pace = 1;
    private Instant paceSet = Instant.EPOCH;
    private Instant free = Instant.EPOCH;
    private Instant turnedAway = Instant.EPOCH;

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

    /** How long a call may wait: for so long, or for so many calls in front of it where these are slow. */
    enum Patience {
        /** Not at all. */
        NONE(Duration.ZERO, 0),
        /** One call in front of it may belong to the pages of a sweep, which would otherwise never let another in. */
        FIRST(Duration.ofSeconds(2), 2),
        /** More than ever wait together, because so few are let in. */
        BEGUN(Duration.ofMinutes(1), 8);

        private final Duration least;
        private final int calls;

        Patience(Duration least, int calls) {
            this.least = least;
            this.calls = calls;
        }

        private Duration longest(Duration between) {
            Duration turns = between.multipliedBy(calls);
            return turns.compareTo(least) > 0 ? turns : least;
        }
    }

    /**
     * To be asked before the first call of a piece of work that can be put off.
     *
     * @param over whether the wait is to be given up, because the application stops
     * @throws Fault.Throttled when its turn is too far away, or the wait is given up
     */
    public void awaitFirst(BooleanSupplier over) {
        await(Patience.FIRST, over);
    }

    /**
     * To be asked before the other calls, and before those of who asks page by page. Calls are given out in the order
     * in which they are asked for, so it gets one however many others give up after a short wait and ask again.
     *
     * @param over whether the wait is to be given up, because the application stops
     * @throws Fault.Throttled when too many wait already, or the wait is given up
     */
    public void awaitFurther(BooleanSupplier over) {
        await(Patience.BEGUN, over);
    }

    private void await(Patience patience, BooleanSupplier over) {
        if (perMinute == 0) {
            return;
        }
        long wait = take(patience).toNanos();
        long end = System.nanoTime() + wait;
        while (wait > 0 && !Thread.currentThread().isInterrupted()) {
            if (over.getAsBoolean()) {
                throw new Fault.Throttled(system, "The application stops while a call waits for its turn; the call was "
                        + "not made", Duration.ofNanos(wait));
            }
            LockSupport.parkNanos(Math.min(wait, LOOK));
            wait = end - System.nanoTime();
        }
    }

    /** Takes a call only when it need not wait at all. */
    boolean tryNow() {
        try {
            take(Patience.NONE);
            return true;
        } catch (Fault.Throttled later) {
            return false;
        }
    }

    /**
     * A fifth of the calls may come at once and the others evenly, so that no sixty seconds hold more than allowed.
     *
     * @return how long the caller has to wait for the call that it has taken
     */
    synchronized Duration take(Patience patience) {
        Instant now = time.instant();
        recover(now);
        int sharers = instances.getAsInt();
        Duration between = between(sharers);
        Instant earliest = free.minus(between.multipliedBy(Math.max(0, perMinute / 5 / sharers - 1)));
        Duration wait = earliest.isAfter(now) ? Duration.between(now, earliest) : Duration.ZERO;
        if (wait.compareTo(patience.longest(between)) > 0) {
            turnedAway = now;
            throw new Fault.Throttled(system, system + " takes " + perMinute + " calls a minute by our settings"
                    + (sharers == 1 ? "" : ", divided by " + sharers + " instances")
                    + ", and they are used up; next call in "
                    + (wait.toSeconds() + 1) + " s", wait);
        }
        free = (free.isAfter(now) ? free : now).plus(between);
        return wait;
    }

    private Duration between(int sharers) {
        return Duration.ofNanos((long) (TimeUnit.MINUTES.toNanos(1) / (0.8 * perMinute * pace / sharers)));
    }

    /** A call that was taken is not made. */
    synchronized void giveBack() {
        if (perMinute > 0) {
            free = free.minus(between(instances.getAsInt()));
        }
    }

    private void recover(Instant now) {
        if (pace < 1 && paceSet.plus(QUIET).isBefore(now)) {
            pace = Math.min(1, pace * 1.25);
            paceSet = now;
        }
    }

    /** Whether more is to be done than there are calls: one was turned away within the last minute. */
    synchronized boolean isUsedUp() {
        return time.instant().isBefore(turnedAway.plus(QUIET));
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
