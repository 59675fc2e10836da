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
    public enum Feature { NAME_PATCH, UPDATED_FILTER, UPDATED_ORDER, EXTERNAL_REFERENCE_FILTER, EARLY_CRM_ID }

    private static final Duration MEMORY = Duration.ofDays(1);

    private final Map<Feature, Instant> until = new ConcurrentHashMap<>();
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
}
