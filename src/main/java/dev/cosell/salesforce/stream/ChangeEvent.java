package dev.cosell.salesforce.stream;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One event of Change Data Capture. It says that records changed; what they look like now is read afresh.
 *
 * @param source       the subscription it came through, under whose name its position is kept
 * @param position     the replay id: where a later subscription goes on behind this event
 * @param after        the position that is kept while this event is handed over; null when there is none
 * @param changeType   {@code CREATE}, {@code UPDATE}, {@code DELETE}, {@code UNDELETE}, or one of these with
 *     {@code GAP_} in front when the platform cannot say more, or {@code GAP_OVERFLOW} when there were too many changes
 *     to tell
 * @param recordIds    as the event gives them: several when many rows changed alike, and {@code 006*} for rows it does
 *     not count
 * @param changeOrigin which API wrote, with the name that its client gave itself; empty for the user interface
 * @param committed    null when the event does not tell
 * @param fields       values of new rows and of changed fields; none in a gap event
 */
public record ChangeEvent(String source, String position, String after, String changeType, List<String> recordIds,
        String changeOrigin,
        Instant committed, Map<String, Object> fields) {
    private static final String HEADER = "ChangeEventHeader";
    private static final String CLIENT = "client=";

    /**
     * @param after the position that is kept; null for none
     * @param data  of the Bayeux message
     * @throws IllegalArgumentException when it is no change event
     */
    static ChangeEvent of(String source, String after, Map<String, Object> data) {
        if (data != null && data.get("event") instanceof Map<?, ?> event
                && event.get("replayId") instanceof Number replayId
                && data.get("payload") instanceof Map<?, ?> payload
                && payload.get(HEADER) instanceof Map<?, ?> header) {
            return new ChangeEvent(source, String.valueOf(replayId.longValue()), after, text(header.get("changeType")),
                    texts(header.get("recordIds")), text(header.get("changeOrigin")),
                    moment(header.get("commitTimestamp")), fields(payload));
        }
        throw new IllegalArgumentException("it has no replay id or no " + HEADER);
    }

    private static String text(Object value) {
        return value == null ? "" : value.toString();
    }

    /** CometD gives lists as arrays. */
    private static List<String> texts(Object value) {
        List<?> values = value instanceof List<?> list ? list
                : value instanceof Object[] array ? List.of(array) : List.of();
        return values.stream().map(String::valueOf).toList();
    }

    private static Instant moment(Object millis) {
        return millis instanceof Number number ? Instant.ofEpochMilli(number.longValue()) : null;
    }

    private static Map<String, Object> fields(Map<?, ?> payload) {
        Map<String, Object> fields = new HashMap<>();
        payload.forEach((name, value) -> fields.put(name.toString(), value));
        fields.remove(HEADER);
        return fields;
    }

    /** Whether it speaks of more records than it names. */
    public boolean isVague() {
        return "GAP_OVERFLOW".equals(changeType) || recordIds.isEmpty()
                || recordIds.stream().anyMatch(id -> id.endsWith("*"));
    }

    /** Whether a client of this name wrote the change. */
    boolean comesFrom(String client) {
        for (String part : changeOrigin.split("[;,]")) {
            if (part.strip().equals(CLIENT + client)) {
                return true;
            }
        }
        return false;
    }
}
