package dev.cosell.sandbox.dataverse;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** All rows and versions as a JSON tree, and back. */
final class Snapshots {
    private Snapshots() {}

    static Map<String, Object> take(Store store) {
        Map<String, Object> tables = new LinkedHashMap<>();
        for (Table table : store.schema().tables()) {
            Rows rows = store.rows(table);
            Map<String, Object> deleted = new LinkedHashMap<>();
            rows.deleted().forEach((version, id) -> deleted.put(version.toString(), id.toString()));
            tables.put(table.name(),
                    Map.of("rows", rows.all().stream().map(Snapshots::row).toList(), "deleted", deleted));
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("version", store.version());
        json.put("sequence", store.sequence());
        json.put("tables", tables);
        return json;
    }

    private static Map<String, Object> row(Row row) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", row.id().toString());
        json.put("sequence", row.sequence());
        json.put("version", row.version());
        Map<String, Object> values = new LinkedHashMap<>();
        row.values().forEach((column, value) -> values.put(column, Values.saved(value)));
        json.put("values", values);
        return json;
    }

    static void restore(Store store, Map<String, Object> json) {
        store.clear();
        Map<String, Object> tables = object(json.get("tables"));
        for (Table table : store.schema().tables()) {
            Map<String, Object> saved = object(tables.get(table.name()));
            for (Map<String, Object> row : list(saved.get("rows"))) {
                store.rows(table).put(row(table, row));
            }
            object(saved.get("deleted")).forEach((version, id) ->
                    store.rows(table).deleted().put(Long.valueOf(version), UUID.fromString((String) id)));
        }
        if (store.rows(EventTables.MESSAGE).size() == 0) {
            EventTables.plant(store);
        }
        if (store.rows(TimeZones.SETTINGS).size() == 0) {
            TimeZones.plant(store);
        }
        store.continueAt(number(json, "version"), number(json, "sequence"));
    }

    private static Row row(Table table, Map<String, Object> json) {
        Map<String, Object> values = new HashMap<>();
        object(json.get("values"))
                .forEach((column, value) -> values.put(column, Values.restored(table.column(column), value)));
        // A snapshot of an earlier version may lack the state of rows that had none then.
        table.columns().values().stream()
                .filter(column -> column.type() == Column.Type.State || column.type() == Column.Type.Status)
                .filter(column -> column.initial() != null)
                .forEach(column -> values.putIfAbsent(column.name(), column.initial()));
        return new Row(table, UUID.fromString((String) json.get("id")), number(json, "sequence"),
                number(json, "version"),
                Map.copyOf(values), null);
    }

    private static long number(Map<String, Object> json, String name) {
        return ((Number) json.get(name)).longValue();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> object(Object json) {
        return json == null ? Map.of() : (Map<String, Object>) json;
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> list(Object json) {
        return json == null ? new ArrayList<>() : (List<Map<String, Object>>) json;
    }
}
