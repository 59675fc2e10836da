package dev.cosell.sandbox.dataverse;

import dev.cosell.sandbox.Answer;
import dev.cosell.sandbox.Call;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Reads with a delta link: all rows at first, then only what changed since. */
final class ChangeTracking {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("MM/dd/yyyy HH:mm:ss");
    private static final List<String> FORBIDDEN = List.of("$filter", "$orderby", "$expand", "$top");

    private static final String FULL = "full";
    private static final String DELTA = "delta";

    private final Store store;
    private final Rendering rendering;
    private final Settings settings;
    private final Clock clock;

    ChangeTracking(Store store, Rendering rendering, Settings settings, Clock clock) {
        this.store = store;
        this.rendering = rendering;
        this.settings = settings;
        this.clock = clock;
    }

    /** Whether a read of a table is one of these. */
    static boolean wanted(Call call) {
        String page = Links.kind(call.query("$skiptoken"));
        return call.query("$deltatoken") != null || page.equals(FULL) || page.equals(DELTA)
                || Preferences.of(call).trackChanges();
    }

    Answer read(Call call, Table table) {
        if (call.outer() != null && !settings.tracksInBatch()) {
            throw Refusal.badUrl("Change tracking is not supported in a batch.");
        }
        for (String option : FORBIDDEN) {
            if (call.query(option) != null) {
                throw new Refusal(400, "0x80060888",
                        "The \"" + option + "\" query parameter isn't supported when Change Tracking is enabled.");
            }
        }
        if (!table.changeTracking()) {
            throw Refusal.invalidArgument("Change tracking is not enabled for entity " + table.name() + ".");
        }
        String skip = call.query("$skiptoken");
        String delta = call.query("$deltatoken");
        if (delta != null) {
            long since = sinceVersion(delta);
            return changes(call, table, new Cursor(since, store.version(), since, false));
        }
        if (skip == null) {
            return all(call, table, 0, store.version());
        }
        if (Links.kind(skip).equals(FULL)) {
            String[] parts = Links.parts(skip, FULL, 3);
            return all(call, table, Long.parseLong(parts[1]), Long.parseLong(parts[2]));
        }
        return changes(call, table, Cursor.parse(skip));
    }

    /**
     * Where a delta read stands.
     *
     * @param since    version of the delta token
     * @param upTo     version the next delta token will carry
     * @param last     version of the entry read last
     * @param deleting whether all changed rows were read and the deleted ones are being read
     */
    private record Cursor(long since, long upTo, long last, boolean deleting) {
        static Cursor parse(String token) {
            String[] parts = Links.parts(token, DELTA, 5);
            return new Cursor(Long.parseLong(parts[1]), Long.parseLong(parts[2]), Long.parseLong(parts[3]),
                    Boolean.parseBoolean(parts[4]));
        }

        String token() {
            return Links.token(DELTA, since, upTo, last, deleting);
        }

        Cursor after(long version) {
            return new Cursor(since, upTo, version, deleting);
        }

        Cursor deletions() {
            return new Cursor(since, upTo, since, true);
        }
    }

    /** Number of changes since a delta token, as plain text. */
    Answer count(Call call, Table table) {
        long since = sinceVersion(call.query("$deltatoken"));
        Rows rows = store.rows(table);
        int changes = rows.byVersion().tailMap(since, false).size() + rows.deleted().tailMap(since, false).size();
        return Answer.text(200, "text/plain", String.valueOf(changes));
    }

    private long sinceVersion(String token) {
        int mark = token.indexOf('!');
        try {
            LocalDateTime made = LocalDateTime.parse(token.substring(mark + 1), TIME);
            Duration age = Duration.between(made.toInstant(ZoneOffset.UTC), clock.instant());
            if (settings.takeExpiredDelta() || age.compareTo(Duration.ofDays(retentionDays())) > 0) {
                throw new Refusal(settings.expiredDeltaStatus(), "0x80044352",
                        "Version stamp associated with the client has expired. Please perform a full sync.");
            }
            return Long.parseLong(token.substring(0, mark));
        } catch (DateTimeParseException | NumberFormatException | StringIndexOutOfBoundsException e) {
            throw Refusal.badUrl("The delta token is not valid.");
        }
    }

    private int retentionDays() {
        return store.rows("organization").all().stream()
                .map(row -> (Integer) row.get("expirechangetrackingindays")).findFirst().orElse(7);
    }

    private Answer all(Call call, Table table, long after, long upTo) {
        Preferences preferences = Preferences.of(call);
        Query query = Query.parse(store, table, call.query());
        List<Object> value = new ArrayList<>();
        long last = after;
        boolean more = false;
        for (Row row : store.rows(table).bySequence().tailMap(after, false).values()) {
            if (value.size() == preferences.pageSize()) {
                more = true;
                break;
            }
            value.add(rendering.row(Collections.shown(call, row), query, preferences));
            last = row.sequence();
        }
        String next = more ? Links.token(FULL, last, upTo) : null;
        return answer(call, table, query, preferences, value, next, upTo, "");
    }

    private Answer changes(Call call, Table table, Cursor start) {
        Preferences preferences = Preferences.of(call);
        Query query = Query.parse(store, table, call.query());
        Rows rows = store.rows(table);
        List<Object> value = new ArrayList<>();
        Cursor cursor = start;
        if (!cursor.deleting()) {
            for (Row row : rows.byVersion().subMap(cursor.last(), false, cursor.upTo(), true).values()) {
                if (value.size() == preferences.pageSize()) {
                    return answer(call, table, query, preferences, value, cursor.token(), cursor.upTo(), "/$delta");
                }
                value.add(rendering.row(Collections.shown(call, row), query, preferences));
                cursor = cursor.after(row.version());
            }
            cursor = cursor.deletions();
        }
        for (Map.Entry<Long, UUID> gone : rows.deleted().subMap(cursor.last(), false, cursor.upTo(), true).entrySet()) {
            if (value.size() == preferences.pageSize()) {
                return answer(call, table, query, preferences, value, cursor.token(), cursor.upTo(), "/$delta");
            }
            value.add(deleted(call, table, gone.getValue()));
            cursor = cursor.after(gone.getKey());
        }
        return answer(call, table, query, preferences, value, null, cursor.upTo(), "/$delta");
    }

    private static Map<String, Object> deleted(Call call, Table table, UUID id) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("@odata.context", Links.root(call) + "$metadata#" + table.set() + "/$deletedEntity");
        entry.put("id", id.toString());
        entry.put("reason", "deleted");
        return entry;
    }

    private Answer answer(Call call, Table table, Query query, Preferences preferences, List<Object> value, String next,
                          long upTo, String kind) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("@odata.context", Links.root(call) + "$metadata#" + table.set() + Rendering.selection(query) + kind);
        if (next == null) {
            String token = upTo + "!" + TIME.format(LocalDateTime.ofInstant(clock.instant(), ZoneOffset.UTC));
            json.put("@odata.deltaLink", Links.same(call, table.set(), "$deltatoken", token));
        } else {
            json.put("@odata.nextLink", Links.same(call, table.set(), "$skiptoken", next));
        }
        json.put("value", value);
        return preferences.mark(Answer.json(200, json));
    }
}
