package dev.cosell.sync.steps;

import dev.cosell.sync.books.AuditEntry;
import dev.cosell.sync.books.BrakeStore;
import dev.cosell.sync.books.Unhurried;
import dev.cosell.sync.decide.Brake;
import dev.cosell.sync.decide.Direction;
import dev.cosell.sync.decide.Stops;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops a direction when more deals would be overwritten in it than the settings allow. What the database knows is
 * read once a second at most, while nothing is stopped; between two looks an instance adds what it lets pass itself, so
 * that several of them overshoot by what they write in a second.
 */
public final class Brakes {
    private static final Logger LOG = LoggerFactory.getLogger("cosell.journey");
    private static final Duration LOOK = Duration.ofSeconds(1);
    /** Times so near to each other have the same deals around them. */
    private static final Duration NEAR = Duration.ofMinutes(1);
    /** After this a deal that was let pass is not on its way to a write any more. */
    private static final Duration PASSES = Duration.ofMinutes(1);

    private final Brake brake;
    private final BrakeStore store;
    private final Clock clock;
    private final Map<Lane, Count> counts = new HashMap<>();
    /** How many deals are open, by CRM: counting very many takes long, and changes little. */
    private final Map<String, Unhurried<Integer>> open = new HashMap<>();
    private List<BrakeStore.Known> known = List.of();
    private long looked;

    private record Lane(String crm, Direction direction) {}

    private static final class Count {
        private long readAt = System.nanoTime() - 2 * LOOK.toNanos();
        /** For which the deals were counted last; null for none. */
        private Instant time;
        private int overwritten;
        private int open;
        /** Links that were let pass and whose write is not noted in the database yet. */
        private final Map<Long, Passing> passing = new HashMap<>();
        /** Links that were let pass lately, each with the time for which it counts: they are counted already. */
        private final Map<Long, Instant> counted = new HashMap<>();

        private boolean answers(Instant other) {
            return System.nanoTime() - readAt < LOOK.toNanos() && time != null
                    && near(time, other);
        }

        private boolean has(long link, Instant at) {
            Instant before = counted.get(link);
            return before != null && near(before, at);
        }

        private static boolean near(Instant one, Instant other) {
            return Duration.between(one, other).abs().compareTo(NEAR) <= 0;
        }
    }

    /** @param time for which the deal counts */
    private record Passing(long since, Instant time) {
        private boolean isWithin(Instant begin, Instant end) {
            return !time.isBefore(begin) && !time.isAfter(end);
        }
    }

    public Brakes(Brake brake, BrakeStore store, Clock clock) {
        this.brake = brake;
        this.store = store;
        this.clock = clock;
        this.looked = System.nanoTime() - 2 * LOOK.toNanos();
    }

    /** The time for which what is changed now counts. */
    Instant now() {
        return clock.instant();
    }

    /** The directions of a CRM in which nothing is written to linked deals at present, and when one was released. */
    public synchronized Stops stops(String crm) {
        // Deals that were released are looked at once, at once, perhaps by an instance that has not heard of it.
        look(known.stream().anyMatch(each -> each.crm().equals(crm) && each.stopped() != null));
        Set<Direction> stopped = EnumSet.noneOf(Direction.class);
        Map<Direction, Instant> released = new EnumMap<>(Direction.class);
        known.stream().filter(each -> each.crm().equals(crm)).forEach(each -> {
            if (each.stopped() != null) {
                stopped.add(each.direction());
            }
            if (each.released() != null) {
                released.put(each.direction(), each.released());
            }
        });
        return new Stops(stopped, released);
    }

    /** The directions that a person has released, and that are not stopped again. */
    synchronized List<BrakeStore.Known> released() {
        look(false);
        return known.stream().filter(each -> each.stopped() == null && each.released() != null).toList();
    }

    private void look(boolean atOnce) {
        if (atOnce || System.nanoTime() - looked >= LOOK.toNanos()) {
            known = store.all();
            looked = System.nanoTime();
        }
    }

    /**
     * Counts what is about to be written to a deal, until {@link #noted} from memory, then by the database.
     *
     * @param link        id of the deal's link
     * @param overwritten each direction with the time for which it counts
     * @return whether a direction was stopped instead, so that all has to be decided again
     */
    synchronized boolean stops(String crm, long link, Map<Direction, Instant> overwritten) {
        noted(link);
        boolean stops = false;
        for (Map.Entry<Direction, Instant> each : overwritten.entrySet()) {
            stops |= exceeds(crm, link, each.getKey(), each.getValue());
        }
        return stops;
    }

    /** What is written to a deal is noted in the database now, or nothing is going to be. */
    synchronized void noted(long link) {
        counts.values().forEach(count -> count.passing.remove(link));
    }

    private boolean exceeds(String crm, long link, Direction direction, Instant at) {
        Count count = counts.computeIfAbsent(new Lane(crm, direction), lane -> new Count());
        if (!count.answers(at)) {
            count.overwritten = overwritten(crm, direction, link, at, count) + 1;
            count.time = at;
            // Of no account as long as few deals are written, and that is nearly always.
            count.open = brake.stops(count.overwritten, 0) ? open(crm) + store.closed(crm, at) : 0;
            count.readAt = System.nanoTime();
            count.counted.values().removeIf(each -> !Count.near(each, at));
        } else if (!count.has(link, at)) {
            count.overwritten++;
        }
        if (brake.stops(count.overwritten, count.open)) {
            count.overwritten = overwritten(crm, direction, link, at, count) + 1;
            count.open = store.open(crm) + store.closed(crm, at);
            if (brake.stops(count.overwritten, count.open)) {
                return stop(crm, direction, count);
            }
        }
        count.passing.put(link, new Passing(System.nanoTime(), at));
        count.counted.put(link, at);
        return false;
    }

    private int open(String crm) {
        return open.computeIfAbsent(crm, each -> new Unhurried<>(() -> store.open(each))).answer();
    }

    /**
     * Of the other deals, those that were let pass a moment ago included: the most of the windows that end with a time,
     * have it in their middle and begin there, because an outage's edits come in any order, and so do those of one
     * import.
     */
    private int overwritten(String crm, Direction direction, long link, Instant at, Count count) {
        count.passing.values().removeIf(each -> System.nanoTime() - each.since() > PASSES.toNanos());
        Set<Long> apart = new HashSet<>(count.passing.keySet());
        apart.add(link);
        Instant released = known.stream().filter(each -> each.crm().equals(crm) && each.direction() == direction)
                .map(BrakeStore.Known::released).filter(Objects::nonNull).findFirst().orElse(null);
        BrakeStore.Overwritten noted = store.overwritten(crm, direction, at, released, apart);
        int around = noted.around()
                + passing(count, at.minus(Brake.HALF_WINDOW), at.plus(Brake.HALF_WINDOW));
        int before = noted.before() + passing(count, at.minus(Brake.WINDOW), at);
        int after = noted.after() + passing(count, at, at.plus(Brake.WINDOW));
        return Math.max(around, Math.max(before, after));
    }

    private static int passing(Count count, Instant begin, Instant end) {
        return (int) count.passing.values().stream().filter(each -> each.isWithin(begin, end)).count();
    }

    private boolean stop(String crm, Direction direction, Count count) {
        String reason = brake.reason(count.overwritten, count.open);
        AuditEntry entry = new AuditEntry(clock.instant(), crm, null, null, "BRAKE", "STOP",
                "Writing to " + direction.side() + " is stopped: " + reason, null, false);
        if (store.stop(crm, direction, reason, entry)) {
            LOG.error("{}: {}. Changes wait. Find out what makes them, mend it, and release it: ./cosell release {} {}",
                    crm, entry.detail(), crm, direction.word());
        }
        known = store.all();
        looked = System.nanoTime();
        count.readAt = looked - 2 * LOOK.toNanos();
        return true;
    }
}
