package dev.cosell.backfill;

import dev.cosell.connection.SteadyTime;
import dev.cosell.queue.Hints;
import dev.cosell.verbs.Fault;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leaves a system alone that is away or wants to be left alone, and says so once, with its end. Kept in memory: another
 * process asks once for itself.
 */
final class Rest {
    private static final Logger LOG = LoggerFactory.getLogger("cosell.journey");
    /** After a fault that does not say how long; twice as long after each further one. */
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(1);
    /** Shorter ones are the usual wait for a call that the pace allows. */
    private static final Duration WORTH_A_WORD = Duration.ofSeconds(10);

    private final InstantSource time;
    private long job;
    private Instant until = Instant.MIN;
    private Duration next = FIRST;
    private boolean said;

    Rest(Clock clock) {
        this.time = new SteadyTime(clock);
    }

    synchronized boolean lasts(Backfill of) {
        return of.id() == job && time.instant().isBefore(until);
    }

    synchronized void begin(Backfill of, Fault away) {
        if (of.id() != job) {
            forget(of.id());
        }
        Duration rest = next;
        if (away instanceof Fault.Throttled throttled) {
            rest = throttled.retryAfter().compareTo(FIRST) > 0 ? throttled.retryAfter() : FIRST;
        } else {
            next = next.multipliedBy(2).compareTo(LONGEST) > 0 ? LONGEST : next.multipliedBy(2);
        }
        until = time.instant().plus(rest);
        if (!said && isNews(away, rest)) {
            said = true;
            LOG.warn("The backfill of {} ({}) rests and goes on by itself: {}", of.source(), of.id(),
                    away.getMessage());
        }
    }

    /** What refuses hints says so itself, and so does the first sweep for which all wait. */
    private static boolean isNews(Fault away, Duration rest) {
        return !(away instanceof Fault.Early) && !away.system().equals(Hints.SYSTEM)
                && !(away instanceof Fault.Throttled && rest.compareTo(WORTH_A_WORD) < 0);
    }

    /** A step has been done. */
    synchronized void end(Backfill of) {
        if (of.id() == job) {
            if (said) {
                LOG.info("The backfill of {} ({}) goes on", of.source(), of.id());
            }
            forget(0);
        }
    }

    private void forget(long forJob) {
        job = forJob;
        until = Instant.MIN;
        next = FIRST;
        said = false;
    }
}
