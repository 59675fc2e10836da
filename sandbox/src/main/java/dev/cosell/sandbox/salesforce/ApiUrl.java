package dev.cosell.sandbox.salesforce;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes addresses of the REST API apart: those on the wire, and those inside a composite, which need not be encoded.
 */
final class ApiUrl {
    private static final Pattern VERSIONED = Pattern.compile("/{1,2}services/data/v(\\d\\d)\\.0(/.*)?");
    private static final Pattern NOT_ENCODED = Pattern.compile("%(?![0-9A-Fa-f]{2})");
    static final int OLDEST = 37;
    static final int NEWEST = 66;

    private ApiUrl() {}

    static ApiCall call(String method, String url, Map<String, Object> body, String version) {
        return call(method, url, body, version, Wishes.NONE);
    }

    static ApiCall call(String method, String url, Map<String, Object> body, String version, Wishes wishes) {
        int mark = url.indexOf('?');
        String path = mark < 0 ? url : url.substring(0, mark);
        Map<String, String> query = mark < 0 ? Map.of() : query(url.substring(mark + 1));
        String whole = path.startsWith("/services/data/") ? path
                : "/services/data/v" + version + (path.startsWith("/") ? "" : "/") + path;
        Matcher match = versioned(whole);
        if (match == null) {
            throw Refusal.notFound();
        }
        return new ApiCall(method, match.group(1) + ".0", segments(match.group(2)), query, body, false, wishes);
    }

    /**
     * Null when the path is none of a supported API version. Group 1 is the version's number, group 2 the rest or null.
     */
    static Matcher versioned(String path) {
        Matcher match = VERSIONED.matcher(path);
        if (!match.matches()) {
            return null;
        }
        int version = Integer.parseInt(match.group(1));
        return version >= OLDEST && version <= NEWEST ? match : null;
    }

    /** The decoded segments of a path that is still encoded; null is an empty path. */
    static List<String> segments(String path) {
        return path == null ? List.of() : Arrays.stream(path.split("/")).filter(segment -> !segment.isEmpty())
                .map(segment -> decode(segment.replace("+", "%2B"))).toList();
    }

    private static Map<String, String> query(String text) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String pair : text.split("&")) {
            int equals = pair.indexOf('=');
            pairs.put(equals < 0 ? pair : pair.substring(0, equals),
                    equals < 0 ? "" : decode(pair.substring(equals + 1)));
        }
        return pairs;
    }

    private static String decode(String text) {
        return URLDecoder.decode(NOT_ENCODED.matcher(text).replaceAll("%25"), StandardCharsets.UTF_8);
    }
}
