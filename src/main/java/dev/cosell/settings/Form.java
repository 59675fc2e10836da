package dev.cosell.settings;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The forms that values of settings may have; each check answers null or what is wrong. */
final class Form {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|h|d)");
    private static final Map<String, Function<Long, Duration>> UNITS = Map.of("ms", Duration::ofMillis, "s", Duration::ofSeconds,
            "m", Duration::ofMinutes, "h", Duration::ofHours, "d", Duration::ofDays);

    /** Times; a constant, so that settings of this form can be recognised. */
    static final Function<String, String> TIME = Form::duration;

    private Form() {}

    static String any(String value) {
        return null;
    }

    static Function<String, String> oneOf(String... words) {
        return value -> List.of(words).contains(value) ? null : "must be one of " + String.join(", ", words);
    }

    static String port(String value) {
        return number(value) >= 0 && number(value) <= 65535 ? null : "must be a port number from 0 (any free port) to 65535";
    }

    static String positive(String value) {
        return number(value) > 0 && number(value) <= Integer.MAX_VALUE ? null : "must be a whole number above 0 and below " + Integer.MAX_VALUE;
    }

    private static long number(String value) {
        return value.matches("\\d{1,12}") ? Long.parseLong(value) : -1;
    }

    private static String duration(String value) {
        Matcher matcher = DURATION.matcher(value);
        return matcher.matches() && Long.parseLong(matcher.group(1)) > 0 ? null
                : "must be a time above 0 with its unit, such as 500ms, 60s, 10m, 24h or 30d";
    }

    static Duration asDuration(String value) {
        Matcher matcher = DURATION.matcher(value);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(value);
        }
        return UNITS.get(matcher.group(2)).apply(Long.parseLong(matcher.group(1)));
    }

    static String pathSecret(String value) {
        return value.isEmpty() || value.matches("[A-Za-z0-9_-]{16,200}") ? null
                : "must be empty or 16 to 200 letters, digits, - and _";
    }

    static String addressOrNothing(String value) {
        return value.isEmpty() ? null : address(value);
    }

    static String address(String value) {
        try {
            URI uri = URI.create(value);
            boolean web = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme()) && isLocal(uri.getHost());
            return web && uri.getHost() != null && !value.endsWith("/") ? null
                    : "must be an https address without a slash at its end (http only for localhost)";
        } catch (IllegalArgumentException notAnAddress) {
            return "must be an https address";
        }
    }

    private static boolean isLocal(String host) {
        return "localhost".equals(host) || "127.0.0.1".equals(host);
    }
}
