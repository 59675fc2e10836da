package dev.cosell.queue;

import dev.cosell.verbs.Hint;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * The hints that lie on the queues, as far as this process put them there: a further hint for a record joins the one
 * that waits.
 *
 * <p>A hint that names a version may be skipped by the idempotent consumer when that version was seen. So a hint joins
 * only one of the same version, or one that names none; the first hint with another version puts a second message on
 * the queue that names none, and all later ones join that. At most two messages wait for a record.
 *
 * <p>News of another's referral joins no hint about the record itself, because it asks for another look.
 *
 * <p>A hint joins none that is less urgent, but takes its place: who comes later joins the more urgent one.
 *
 * <p>Forgetting a hint costs one needless message, joining one that is gone would lose a change. Therefore nobody joins
 * a hint that is older than a minute: an operator may have removed its message from the queue. And for the sake of
 * memory nobody joins what came when very many waited already.
 */
final class WaitingHints {
    private static final Duration JOINABLE = Duration.ofMinutes(1);
    private static final int LIMIT = 10_000;
    private static final Instant UNKNOWN = Instant.MIN;
    private static final int SEVERAL = 2;

    private final Map<Key, Place> places = new ConcurrentHashMap<>();
    private final Clock clock;
    private volatile Instant tidied;

    WaitingHints(Clock clock) {
        this.clock = clock;
        this.tidied = clock.instant();
    }

    /** @param anyVersion false for the first hint of a record, true for the one behind it that names no version */
    private record Key(String crm, String system, String id, boolean related, boolean anyVersion) {
        static Key of(String crm, Hint hint, boolean anyVersion) {
            return new Key(crm, hint.system(), hint.id(), hint.origin() == Hint.Origin.RELATED, anyVersion);
        }
    }

    /**
     * A hint's place on a queue.
     *
     * @param hint   as it is sent
     * @param urgency as which it is sent
     * @param onDisk completes when the hint is durable
     * @param told   of which changes the hints told that joined
     */
    record Place(String crm, Hint hint, Urgency urgency, CompletableFuture<Void> onDisk, Instant since,
            Set<Instant> told) {
        Place(String crm, Hint hint, Urgency urgency, CompletableFuture<Void> onDisk, Instant since) {
            this(crm, hint, urgency, onDisk, since, new HashSet<>(Set.of(told(hint))));
        }

        private static Instant told(Hint hint) {
            return hint.changedAt() == null ? UNKNOWN : hint.changedAt();
        }

        /** Only to be called while no other thread can: a second hint has joined. */
        private Place joinedBy(Place other) {
            if (told.size() < SEVERAL) {
                told.addAll(other.told);
            }
            return this;
        }

        /** The one change of which all that joined told; null when there were several, or one is not known. */
        private Instant change() {
            Instant one = told.iterator().next();
            return told.size() == 1 && !one.equals(UNKNOWN) ? one : null;
        }
    }

    /** @return the place that the hint joins, or a new one that completes {@code onDisk} and is the caller's to send */
    Place claim(String crm, Hint hint, Urgency urgency, CompletableFuture<Void> onDisk) {
        Instant now = clock.instant();
        tidy(now);
        Place first = claim(Key.of(crm, hint, false), new Place(crm, hint, urgency, onDisk, now));
        if (first.onDisk() == onDisk || first.hint().version() == null
                || Objects.equals(first.hint().version(), hint.version())) {
            return first;
        }
        Hint any = new Hint(hint.system(), hint.id(), null, hint.origin(), hint.changedAt());
        return claim(Key.of(crm, hint, true), new Place(crm, any, urgency, onDisk, now));
    }

    private Place claim(Key key, Place wanted) {
        if (places.size() >= LIMIT && !places.containsKey(key)) {
            return wanted;
        }
        return places.merge(key, wanted, (there, mine) -> !joinable(there, mine.since()) ? mine
                : there.urgency().compareTo(mine.urgency()) < 0 ? mine.joinedBy(there) : there.joinedBy(mine));
    }

    private static boolean joinable(Place place, Instant now) {
        return place.since().plus(JOINABLE).isAfter(now);
    }

    /** From here on nobody joins this very place. */
    void remove(Place place) {
        places.remove(Key.of(place.crm(), place.hint(), false), place);
        places.remove(Key.of(place.crm(), place.hint(), true), place);
    }

    /**
     * From here on nobody joins the places of a hint that was taken from the queue.
     *
     * @return the one change of which all hints told that joined it; null when that is not certain
     */
    Instant taken(String crm, Hint hint) {
        List<Instant> changes = new ArrayList<>();
        for (boolean anyVersion : new boolean[] {false, true}) {
            places.computeIfPresent(Key.of(crm, hint, anyVersion), (key, place) -> {
                boolean its = Objects.equals(place.hint().version(), hint.version());
                if (its) {
                    changes.add(place.hint().origin() == hint.origin() ? place.change() : null);
                }
                return its ? null : place;
            });
        }
        return changes.size() == 1 ? changes.get(0) : null;
    }

    /** Ids of wanted records whose own CRM's poll reported them and that wait, the oldest hint first. */
    List<String> polled(String crm, Predicate<String> wanted, int most) {
        return places.values().stream().filter(place -> place.crm().equals(crm) && place.hint().system().equals(crm))
                .filter(place -> place.hint().origin() == Hint.Origin.POLL && place.hint().version() != null)
                .filter(place -> wanted.test(place.hint().id()))
                .sorted(Comparator.comparing(Place::since)).limit(most).map(place -> place.hint().id()).toList();
    }

    private void tidy(Instant now) {
        if (tidied.plus(JOINABLE).isBefore(now)) {
            tidied = now;
            places.values().removeIf(place -> !joinable(place, now));
        }
    }
}
