package dev.cosell.simulation;

import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.PriorityQueue;

/** Time that passes only when somebody lets it pass, and what is to happen in it; on one thread. */
final class VirtualTime {
    private static final long BEGIN = Instant.parse("2026-11-22T14:00:00Z").toEpochMilli();

    private record Due(long at, long number, Runnable what) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            return at != other.at ? Long.compare(at, other.at) : Long.compare(number, other.number);
        }
    }

    private final PriorityQueue<Due> queue = new PriorityQueue<>();
    private long now = BEGIN;
    private long numbers;
    private long offset;

    long now() {
        return now;
    }

    long elapsed() {
        return now - BEGIN;
    }

    void in(long millis, Runnable what) {
        queue.add(new Due(now + millis, numbers++, what));
    }

    /** Lets time pass; what falls due meanwhile happens. */
    void pass(long millis) {
        long until = now + millis;
        while (!queue.isEmpty() && queue.peek().at() <= until) {
            next();
        }
        now = Math.max(now, until);
    }

    boolean isQuiet() {
        return queue.isEmpty();
    }

    void next() {
        Due due = queue.poll();
        now = Math.max(now, due.at());
        due.what().run();
    }

    /** How far the clock of the product's machine is ahead. */
    void productIsAhead(long millis) {
        offset = millis;
    }

    /** What nobody sets. */
    long nanos() {
        return elapsed() * 1_000_000;
    }

    /** The clock of the product's machine. */
    Clock clock() {
        return ((InstantSource) () -> Instant.ofEpochMilli(now + offset)).withZone(ZoneOffset.UTC);
    }
}
