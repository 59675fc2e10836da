package dev.cosell.http;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long an answer asks its caller to wait. The header counts; some gateways only write "Try again in 57 seconds",
 * and an answer in parts may hold the header in one of them.
 */
final class RetryAfter {
    /** When the answer does not say. */
    static final Duration UNSAID = Duration.ofSeconds(5);
    private static final Pattern TRY_AGAIN = Pattern
            .compile("(?i)try again in (\\d{1,5}) second|^retry-after:\\s*(\\d{1,5})\\s*$", Pattern.MULTILINE);

    private RetryAfter() {}

    /** @param clock for a header that names a moment */
    static Duration of(Answer answer, Clock clock) {
        String header = answer.header("Retry-After");
        if (header == null) {
            return written(answer.text());
        }
        try {
            return Duration.ofSeconds(Long.parseLong(header.strip()));
        } catch (NumberFormatException notSeconds) {
            return until(header.strip(), clock);
        }
    }

    private static Duration written(String text) {
        Matcher said = TRY_AGAIN.matcher(text);
        return said.find()
                ? Duration.ofSeconds(Long.parseLong(said.group(1) == null ? said.group(2) : said.group(1))) : UNSAID;
    }

    private static Duration until(String httpDate, Clock clock) {
        try {
            Instant then = ZonedDateTime.parse(httpDate, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
            Duration wait = Duration.between(clock.instant(), then);
            return wait.isNegative() ? Duration.ZERO : wait;
        } catch (DateTimeParseException neither) {
            return UNSAID;
        }
    }
}
