package dev.cosell.queue;

import dev.cosell.verbs.Hint;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The hints that lie on the queues, as far as this process put them there: a further hint for a record joins the one
 * that waits.
 *
 * <p>A hint that names a version may be skipped by the idempotent consumer when that version was seen. So a hint joins
 * only one of the same version, or one that names none; the first hint with another version puts a second message on
 * the queue that names none, and all later ones join that. At most two messages wait for a record.
 *
 * <p>Forgetting a hint costs one needless message, joining one that is gone would lose a change. Therefore nobody joins
 * a hint that is older than a minute: an operator may have removed its message from the queue. And for the sake of
 * memory nobody joins what came when very many waited already.
 */
final class WaitingHints {
    private static final Duration JOINABLE = Duration.ofMinutes(1);
    private static final int LIMIT = 10_000;

    private final Map<Key, Place> places = new ConcurrentHashMap<>();
    private final Clock clock;
    private volatile Instant tidied;

    WaitingHints(Clock clock) {
        this.clock = clock;
        this.tidied = clock.instant();
    }

    /** @param anyVersion false for the first hint of a record, true for the one behind it that names no version */
    private record Key(String crm, String system, String id, boolean anyVersion) {}

    /**
     * A hint's place on a queue.
     *
     * @param hint   as it is sent
     * @param onDisk completes when the hint is durable
     */
    record Place(String crm, Hint hint, CompletableFuture<Void> onDisk, Instant since) {}

    /** @return the place that the hint joins, or a new one that completes {@code onDisk} and is the caller's to send */
    Place claim(String crm, Hint hint, CompletableFuture<Void> onDisk) {
        Instant now = clock.instant();
        tidy(now);
        Place first = claim(new Key(crm, hint.system(), hint.id(), false), new Place(crm, hint, onDisk, now));
        if (first.onDisk() == onDisk || first.hint().version() == null
                || Objects.equals(first.hint().version(), hint.version())) {
            return first;
        }
        Hint any = new Hint(hint.system(), hint.id(), null, hint.origin());
        return claim(new Key(crm, hint.system(), hint.id(), true), new Place(crm, any, onDisk, now));
    }

    private Place claim(Key key, Place wanted) {
        if (places.size() >= LIMIT && !places.containsKey(key)) {
            return wanted;
        }
        return places.merge(key, wanted, (there, mine) -> joinable(there, mine.since()) ? there : mine);
    }

    private static boolean joinable(Place place, Instant now) {
        return place.since().plus(JOINABLE).isAfter(now);
    }

    /** From here on nobody joins this very place. */
    void remove(Place place) {
        places.remove(new Key(place.crm(), place.hint().system(), place.hint().id(), false), place);
        places.remove(new Key(place.crm(), place.hint().system(), place.hint().id(), true), place);
    }

    /** From here on nobody joins the places of a hint that was taken from the queue. */
    void taken(String crm, Hint hint) {
        for (boolean anyVersion : new boolean[] {false, true}) {
            places.computeIfPresent(new Key(crm, hint.system(), hint.id(), anyVersion),
                    (key, place) -> Objects.equals(place.hint().version(), hint.version()) ? null : place);
        }
    }

    private void tidy(Instant now) {
        if (tidied.plus(JOINABLE).isBefore(now)) {
            tidied = now;
            places.values().removeIf(place -> !joinable(place, now));
        }
    }
}
