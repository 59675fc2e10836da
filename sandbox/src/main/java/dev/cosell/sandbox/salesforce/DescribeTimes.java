package dev.cosell.sandbox.salesforce;

import dev.cosell.sandbox.Json;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Since when the description of an object has been what it is, for clients that ask for changes only. */
final class DescribeTimes {
    private record Known(int content, Instant since) {}

    private final Clock clock;
    private final Map<String, Known> known = new HashMap<>();

    DescribeTimes(Clock clock) {
        this.clock = clock;
    }

    Instant of(String object, Map<String, Object> description) {
        int content = Arrays.hashCode(Json.bytes(description));
        Known now = new Known(content, clock.instant().truncatedTo(ChronoUnit.SECONDS));
        return known.merge(object, now, (old, fresh) -> old.content() == content ? old : fresh).since();
    }
}
