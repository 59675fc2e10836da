package dev.cosell.sync.books;

import dev.cosell.sync.decide.Deadline;
import dev.cosell.sync.decide.Held;
import dev.cosell.sync.decide.Waits;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How {@link Waits} lie in their column, as a JSON object of texts; the same waits always have the same text. */
final class WaitsText {
    private WaitsText() {}

    /** Null when nothing is awaited, which is the usual case. */
    static String text(Waits waits) {
        return waits.isNone() ? null
                : LinkRows.text(new TreeMap<>(Map.of("held", waits.held().stream().map(WaitsText::map).toList(),
                        "deadlines", waits.deadlines().stream().map(WaitsText::map).toList())));
    }

    private static Map<String, Object> map(Held move) {
        Map<String, Object> map = new TreeMap<>(Map.of("what", move.what(), "since", move.since().toString()));
        if (move.until() != null) {
            map.put("until", move.until().toString());
        }
        return map;
    }

    private static Map<String, Object> map(Deadline deadline) {
        return new TreeMap<>(Map.of("kind", deadline.kind().name(), "due", deadline.due().toString(), "remind",
                deadline.remind().toString(),
                "state", deadline.state().name()));
    }

    static Waits waits(String text, Instant approvedAt) {
        if (text == null) {
            return approvedAt == null ? Waits.NONE : new Waits(List.of(), List.of(), approvedAt);
        }
        Map<String, Object> json = LinkRows.map(text);
        return new Waits(
                maps(json.get("held")).stream()
                        .map(move -> new Held((String) move.get("what"), instant(move, "since"),
                                instant(move, "until")))
                        .toList(),
                maps(json.get("deadlines")).stream()
                        .map(each -> new Deadline(Deadline.Kind.valueOf((String) each.get("kind")),
                                instant(each, "due"),
                                instant(each, "remind"), Deadline.State.valueOf((String) each.get("state"))))
                        .toList(),
                approvedAt);
    }

    private static Instant instant(Map<String, Object> map, String name) {
        return map.get(name) == null ? null : Instant.parse((String) map.get(name));
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> maps(Object value) {
        return value instanceof List<?> ? (List<Map<String, Object>>) value : List.of();
    }
}
