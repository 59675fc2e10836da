package dev.cosell.sandbox.dataverse;

import dev.cosell.sandbox.Answer;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The service protection limits: what is left is always told, and each is held to when its setting says so. */
final class ServiceProtection {
    private static final int REQUEST_LIMIT = 6000;
    private static final int EXECUTION_SECONDS = 1200;
    private static final long WINDOW_MILLIS = 300_000;

    private final Settings settings;
    private final Clock clock;
    private long windowStart;
    private int requests;
    private long workedNanos;

    ServiceProtection(Settings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /** Counts a request; the answer that refuses it, or null when it may go on. */
    Answer refuse() {
        openWindow();
        requests++;
        if (settings.takeThrottled()) {
            return tooManyRequests(REQUEST_LIMIT, settings.retryAfter());
        }
        int limit = settings.requestLimit();
        return limit > 0 && requests > limit ? tooManyRequests(limit, left()) : null;
    }

    /**
     * The answer to a call that comes while too many others are in work, or after too much work; null when it may go
     * on.
     */
    Answer refuseAtOnce(int inWork) {
        openWindow();
        int most = settings.concurrencyLimit();
        if (most > 0 && inWork >= most) {
            return tooMany("0x80072326", "Number of concurrent requests exceeded the limit of " + most + ".",
                    settings.retryAfter());
        }
        int seconds = settings.executionLimit();
        return seconds > 0 && workedNanos > TimeUnit.SECONDS.toNanos(seconds) ? tooMuchWork(seconds) : null;
    }

    /** How long the work on a call took. */
    void worked(long nanos) {
        openWindow();
        workedNanos += nanos;
    }

    private void openWindow() {
        long now = clock.millis();
        if (now - windowStart >= WINDOW_MILLIS) {
            windowStart = now;
            requests = 0;
            workedNanos = 0;
        }
    }

    private long left() {
        return (windowStart + WINDOW_MILLIS - clock.millis() + 999) / 1000;
    }

    private static Answer tooManyRequests(int limit, long seconds) {
        return tooMany("0x80072322",
                "Number of requests exceeded the limit of " + limit + " over time window of 300 seconds.", seconds);
    }

    private Answer tooMuchWork(int seconds) {
        return tooMany("0x80072321", String.format(Locale.ROOT,
                "Combined execution time of incoming requests exceeded limit of %,d milliseconds over"
                        + " time window of 300 seconds. Decrease number of concurrent requests or reduce the duration "
                        + "of requests and try again later.",
                seconds * 1000L), left());
    }

    private static Answer tooMany(String code, String message, long seconds) {
        return Refusal.answer(429, code, message).with("Retry-After", String.valueOf(seconds));
    }

    void tell(Map<String, String> headers) {
        int limit = settings.requestLimit() > 0 ? settings.requestLimit() : REQUEST_LIMIT;
        int seconds = settings.executionLimit() > 0 ? settings.executionLimit() : EXECUTION_SECONDS;
        double left = Math.max(0, seconds - workedNanos / 1e9);
        headers.put("x-ms-ratelimit-burst-remaining-xrm-requests", String.valueOf(Math.max(0, limit - requests)));
        headers.put("x-ms-ratelimit-time-remaining-xrm-requests", String.format(Locale.ROOT, "%.2f", left));
    }

    void forget() {
        requests = 0;
        workedNanos = 0;
    }
}
