package dev.cosell.sandbox.salesforce;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The query, queryAll and query locator resources. */
final class QueryApi {
    /** @param below the relationship of the sub-query that is continued; null for the query itself */
    private record Cursor(String soql, String below, boolean withDeleted, List<String> ids, long opened) {}

    private static final int LONGEST = 100_000;
    private static final Duration LOCATOR_LIFE = Duration.ofDays(2);

    private final Database database;
    private final Switches switches;
    private final SoqlRunner runner;
    private final SoqlBinder binder;
    private final Clock clock;
    private final Map<String, Cursor> cursors = new LinkedHashMap<>();
    private long cursorNumber;

    QueryApi(Database database, Switches switches, SoqlBinder binder, SoqlRunner runner, Clock clock) {
        this.database = database;
        this.switches = switches;
        this.binder = binder;
        this.runner = runner;
        this.clock = clock;
    }

    ApiAnswer query(ApiCall call, boolean withDeleted) {
        String text = call.query().get("q");
        if (text == null || text.isBlank()) {
            throw Refusal.bad("MALFORMED_QUERY", "A query string has to be specified");
        }
        if (text.length() > LONGEST) {
            throw Refusal.bad("MALFORMED_QUERY", "SOQL statements cannot be longer than " + LONGEST + " characters.");
        }
        Soql query = binder.expanded(SoqlParser.parse(text, clock));
        runner.check(binder.object(query.from()), query.select());
        if ("true".equals(call.query().get("columns"))) {
            return ApiAnswer.ok(new QueryColumns(binder).of(query, database.schema));
        }
        List<Row> rows = runner.rows(query, withDeleted);
        if (query.count()) {
            return ApiAnswer.ok(result(rows.size(), null, List.of()));
        }
        return ApiAnswer.ok(page(new Cursor(text, null, withDeleted, List.of(), 0), null, query, rows, 0, call));
    }

    ApiAnswer more(ApiCall call, String locator) {
        int dash = locator.lastIndexOf('-');
        Cursor cursor = dash < 0 ? null : cursors.get(locator.substring(0, dash));
        if (cursor == null || expired(cursor) || !locator.substring(dash + 1).matches("\\d{1,9}")) {
            throw Refusal.bad("INVALID_QUERY_LOCATOR", "invalid query locator");
        }
        Soql query = asked(cursor);
        Table table = table(cursor, query);
        List<Row> rows = cursor.ids().stream().map(table::get).filter(row -> row != null).toList();
        int from = Math.min(Integer.parseInt(locator.substring(dash + 1)), rows.size());
        return ApiAnswer.ok(page(cursor, locator.substring(0, dash), query, rows, from, call));
    }

    private Soql asked(Cursor cursor) {
        Soql query = binder.expanded(SoqlParser.parse(cursor.soql(), clock));
        return cursor.below() == null ? query
                : query.select().stream().filter(Soql.Children.class::isInstance)
                        .map(item -> ((Soql.Children) item).query())
                        .filter(children -> children.from().equalsIgnoreCase(cursor.below())).findFirst().orElseThrow();
    }

    private Table table(Cursor cursor, Soql query) {
        ObjectType parent = binder.object(
                cursor.below() == null ? query.from() : SoqlParser.parse(cursor.soql(), clock).from());
        return database.table(cursor.below() == null ? parent.name : parent.childrenBy(query.from()).child());
    }

    private boolean expired(Cursor cursor) {
        return clock.millis() - cursor.opened() > LOCATOR_LIFE.toMillis();
    }

    private Map<String, Object> page(Cursor cursor, String known, Soql query, List<Row> rows, int from, ApiCall call) {
        int most = cursor.below() == null ? switches.queryPage : switches.childPage;
        int wanted = call.wishes().batchSize() == null ? most : Math.min(most, call.wishes().batchSize());
        int end = Math.min(from + wanted, rows.size());
        List<Object> records = new ArrayList<>();
        for (Row row : rows.subList(from, end)) {
            Map<String, Object> record = runner.render(call.stale() ? row.asBefore() : row, query.select(),
                    call.version(), cursor.withDeleted());
            record.replaceAll((name, value) -> cut(name, value, cursor, call.version()));
            records.add(record);
        }
        if (end == rows.size()) {
            return result(rows.size(), null, records);
        }
        String locator = known;
        if (locator == null) {
            locator = opened(cursor, null, rows.stream().map(Row::id).toList());
        }
        return result(rows.size(), address(call.version(), locator, end), records);
    }

    private String opened(Cursor cursor, String below, List<String> ids) {
        String locator = SalesforceIds.of("01g", ++cursorNumber);
        cursors.put(locator, new Cursor(cursor.soql(), below, cursor.withDeleted(), ids, clock.millis()));
        return locator;
    }

    private static String address(String version, String locator, int from) {
        return "/services/data/v" + version + "/query/" + locator + "-" + from;
    }

    /** The rows of a sub-query as far as they go into an answer. */
    private Object cut(String name, Object value, Cursor cursor, String version) {
        if (!(value instanceof Map<?, ?> children) || !(children.get("records") instanceof List<?> all)
                || all.size() <= switches.childPage) {
            return value;
        }
        List<String> ids = all.stream().map(child -> Database.object(Database.object(child).get("attributes")))
                .map(attributes -> attributes.get("url").toString()).map(url -> url.substring(url.lastIndexOf('/') + 1))
                .toList();
        return result(all.size(), address(version, opened(cursor, name, ids), switches.childPage),
                List.copyOf(all.subList(0, switches.childPage)));
    }

    private static Map<String, Object> result(int size, String next, List<Object> records) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("totalSize", size);
        json.put("done", next == null);
        if (next != null) {
            json.put("nextRecordsUrl", next);
        }
        json.put("records", records);
        return json;
    }

    void clear() {
        cursors.clear();
        cursorNumber = 0;
    }

    Map<String, Object> snapshot() {
        Map<String, Object> open = new LinkedHashMap<>();
        cursors.forEach((locator, cursor) -> {
            Map<String, Object> json = new LinkedHashMap<>(Map.of("soql", cursor.soql(), "withDeleted",
                    cursor.withDeleted(), "ids", cursor.ids(), "opened", cursor.opened()));
            json.put("below", cursor.below());
            open.put(locator, json);
        });
        return Map.of("number", cursorNumber, "open", open);
    }

    void restore(Map<String, Object> snapshot) {
        clear();
        cursorNumber = ((Number) snapshot.get("number")).longValue();
        Database.object(snapshot.get("open")).forEach((locator, json) -> {
            Map<String, Object> cursor = Database.object(json);
            cursors.put(locator, new Cursor((String) cursor.get("soql"), (String) cursor.get("below"),
                    (Boolean) cursor.get("withDeleted"),
                    ((List<?>) cursor.get("ids")).stream().map(Object::toString).toList(),
                    ((Number) cursor.getOrDefault("opened", clock.millis())).longValue()));
        });
    }
}
