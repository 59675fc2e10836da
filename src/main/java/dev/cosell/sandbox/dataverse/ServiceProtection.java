package dev.cosell.sandbox.dataverse;

import dev.cosell.sandbox.Answer;
import java.time.Clock;
import java.util.Map;

/** The limit on requests: what is left is always told, and held to when a setting says so. */
final class ServiceProtection {
    private static final int REQUEST_LIMIT = 6000;
    private static final long WINDOW_MILLIS = 300_000;

    private final Settings settings;
    private final Clock clock;
    private long windowStart;
    private int requests;

    ServiceProtection(Settings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /** Counts a request; the answer that refuses it, or null when it may go on. */
    Answer refuse() {
        long now = clock.millis();
        if (now - windowStart >= WINDOW_MILLIS) {
            windowStart = now;
            requests = 0;
        }
        requests++;
        if (settings.takeThrottled()) {
            return tooMany(REQUEST_LIMIT, settings.retryAfter());
        }
        int limit = settings.requestLimit();
        return limit > 0 && requests > limit ? tooMany(limit, (windowStart + WINDOW_MILLIS - now + 999) / 1000) : null;
    }

    private static Answer tooMany(int limit, long seconds) {
        return Refusal.answer(429, "0x80072322", "Number of requests exceeded the limit of " + limit
                + " over time window of 300 seconds.").with("Retry-After", String.valueOf(seconds));
    }

    void tell(Map<String, String> headers) {
        int limit = settings.requestLimit() > 0 ? settings.requestLimit() : REQUEST_LIMIT;
        headers.put("x-ms-ratelimit-burst-remaining-xrm-requests", String.valueOf(Math.max(0, limit - requests)));
        headers.put("x-ms-ratelimit-time-remaining-xrm-requests", "1200.00");
    }

    void forget() {
        requests = 0;
    }
}
