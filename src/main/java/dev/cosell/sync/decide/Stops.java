package dev.cosell.sync.decide;

import java.time.Instant;
import java.util.Map;
import java.util.Set;

/**
 * What the {@link Brake} has to say of one CRM.
 *
 * @param stopped  directions in which nothing is written to linked deals at present
 * @param released when a person last released a direction; those that were never released are not in it
 */
public record Stops(Set<Direction> stopped, Map<Direction, Instant> released) {
    public static final Stops NONE = new Stops(Set.of(), Map.of());

    public Stops {
        stopped = Set.copyOf(stopped);
        released = Map.copyOf(released);
    }

    /** Whether a deal that waits so may not be written in a direction. */
    boolean blocks(Direction direction, Waits waits) {
        return stopped.contains(direction) && !lets(direction, waits);
    }

    /**
     * Whether a person let this deal be written in a direction: alone, by an approval, or with all others that waited
     * when the direction was released. A release says nothing of moves that cannot be taken back; those wait for an
     * approval of their own.
     */
    boolean lets(Direction direction, Waits waits) {
        Held held = waits.held(direction.held());
        Instant all = released.get(direction);
        return held != null && (waits.approves(held.since()) || all != null && !all.isBefore(held.since()));
    }
}
