package dev.cosell.partnercenter.registration;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How far the test notification has come that Partner Center was asked to send.
 *
 * @param asksLeft     how often the report may still be asked for
 * @param status       in Partner Center's words; only {@code completed} is documented. Empty before the first report
 * @param callbackUrl  where it was delivered; empty when the report does not say
 * @param responseCode the answer it got, such as {@code OK}; empty when there is none yet
 */
public record ValidationReport(String correlationId, int asksLeft, String status, String callbackUrl,
        String responseCode) {

    /** Whether the report is worth another look. */
    public boolean isPending() {
        return asksLeft > 0 && !completed();
    }

    boolean completed() {
        return status.equalsIgnoreCase("completed");
    }

    boolean delivered() {
        return completed() && (responseCode.equalsIgnoreCase("OK") || responseCode.equals("200"));
    }

    /** The same after another look. */
    ValidationReport seen(Map<String, Object> answer) {
        Map<String, Object> named = named(answer);
        List<?> results = named.get("results") instanceof List<?> list ? list : List.of();
        Map<String, Object> last = results.isEmpty() ? Map.of() : named(results.get(results.size() - 1));
        return new ValidationReport(correlationId, asksLeft - 1, text(named, "status"), text(named, "callbackUrl"),
                text(last, "responseCode"));
    }

    static Map<String, Object> named(Object object) {
        Map<String, Object> named = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        if (object instanceof Map<?, ?> map) {
            map.forEach((name, value) -> named.put(String.valueOf(name), value));
        }
        return named;
    }

    private static String text(Map<String, Object> named, String name) {
        return named.get(name) == null ? "" : named.get(name).toString();
    }
}
