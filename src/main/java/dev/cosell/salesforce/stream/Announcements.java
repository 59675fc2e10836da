package dev.cosell.salesforce.stream;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which of the changes that polls find the stream did not announce. Remembers the latest few thousand records only; not
 * thread-safe.
 */
final class Announcements {
    static final int MOST = 5000;

    private record Suspect(Instant stamp, Instant found) {}

    private final Map<String, Instant> announced = latest();
    private final Map<String, Suspect> suspects = latest();
    private final Duration grace;

    /** @param grace how long an event may come after the poll that found its change; also what two clocks may differ */
    Announcements(Duration grace) {
        this.grace = grace;
    }

    private static <V> Map<String, V> latest() {
        return new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
                return size() > MOST;
            }
        };
    }

    /** @param committed when the records changed */
    void announced(Collection<String> ids, Instant committed) {
        ids.forEach(id -> {
            announced.merge(id, committed, (one, other) -> one.isAfter(other) ? one : other);
            suspects.computeIfPresent(id, (same, suspect) -> committed.isBefore(suspect.stamp()) ? suspect : null);
        });
    }

    /**
     * From here on changes found before are not asked about any more: nobody listened, or an event spoke of records
     * without naming them.
     */
    void forgive() {
        suspects.clear();
    }

    /**
     * A poll has found a change that nobody has handled yet.
     *
     * @param stamp     when the record was changed, by the clock of Salesforce
     * @param heardFrom when the stream began to listen; what changed about that time or before is not expected of it
     */
    void found(String id, Instant stamp, Instant heardFrom, Instant now) {
        Instant last = announced.get(id);
        if (stamp.isAfter(heardFrom.plus(grace)) && (last == null || last.isBefore(stamp))) {
            suspects.putIfAbsent(id, new Suspect(stamp, now));
        }
    }

    /** The records whose event has not come in time; each is given once. */
    List<String> missed(Instant now) {
        List<String> missed = new ArrayList<>();
        suspects.forEach((id, suspect) -> {
            if (!now.isBefore(suspect.found().plus(grace))) {
                missed.add(id);
            }
        });
        missed.forEach(suspects::remove);
        return missed;
    }
}
