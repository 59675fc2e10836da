package dev.cosell.partnercenter;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Remembers what this tenant's Partner Center was seen to refuse although other sources say it works, so that it is not
 * asked for each time. Forgets after a day, because the service changes without notice.
 */
public final class Refusals {
    /** Things that are documented by name only. */
    public enum Feature { NAME_PATCH, UPDATED_FILTER, UPDATED_ORDER, NEWEST_ORDER, EXTERNAL_REFERENCE_FILTER,
        EARLY_CRM_ID, BASE_OF_NEXT_LINK, FIELD_OF_NULL_PART }

    private static final Duration MEMORY = Duration.ofDays(1);

    private final Map<Feature, Instant> until = new ConcurrentHashMap<>();
    /** The one record that met a refusal so far. */
    private final Map<Feature, String> once = new ConcurrentHashMap<>();
    private final Clock clock;

    public Refusals(Clock clock) {
        this.clock = clock;
    }

    public boolean refused(Feature feature) {
        Instant end = until.get(feature);
        return end != null && clock.instant().isBefore(end);
    }

    public void remember(Feature feature) {
        until.put(feature, clock.instant().plus(MEMORY));
    }

    /**
     * A refusal that may be about this record alone: the tenant is believed to refuse it once another record met the
     * same.
     *
     * @param recordId the record that was refused
     */
    public void remember(Feature feature, String recordId) {
        String first = once.putIfAbsent(feature, recordId);
        if (first != null && !first.equals(recordId)) {
            once.remove(feature);
            remember(feature);
        }
    }
}
