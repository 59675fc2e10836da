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
    private static final String ABSENT = "absent";
    /** An earlier build knows no absence, and takes it for silence. */
    private static final Map<Deadline.State, Deadline.State> NAMES = Map.of(
            Deadline.State.ABSENT, Deadline.State.SILENT, Deadline.State.ABSENT_TOLD, Deadline.State.TOLD);

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
        boolean absent = NAMES.containsKey(deadline.state());
        Map<String, Object> map = new TreeMap<>(Map.of("kind", deadline.kind().name(), "due",
                deadline.due().toString(), "remind", deadline.remind().toString(),
                "state", NAMES.getOrDefault(deadline.state(), deadline.state()).name()));
        if (absent) {
            map.put(ABSENT, "true");
        }
        return map;
    }

    private static Deadline.State state(Map<String, Object> deadline) {
        Deadline.State state = Deadline.State.valueOf((String) deadline.get("state"));
        return !deadline.containsKey(ABSENT) ? state
                : state == Deadline.State.SILENT ? Deadline.State.ABSENT : Deadline.State.ABSENT_TOLD;
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
                                instant(each, "remind"), state(each)))
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
