package dev.cosell.sandbox.salesforce;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * The rows of one object, deleted ones included, reachable by id, by indexed field and in the order of their last
 * change.
 */
final class Table {
    final ObjectType type;
    private final Map<String, Row> rows = new HashMap<>();
    private final NavigableMap<String, Row> byStamp = new TreeMap<>();
    private final Map<String, Map<String, Set<String>>> indexes = new HashMap<>();

    Table(ObjectType type) {
        this.type = type;
        for (Field field : type.fields()) {
            if (field.is(Field.Trait.INDEXED)) {
                indexes.put(field.name(), new HashMap<>());
            }
        }
    }

    Row get(String id) {
        return rows.get(id);
    }

    /** Stores a row and returns the one it took the place of, or null. */
    Row put(Row row) {
        Row before = remove(row.id());
        rows.put(row.id(), row);
        byStamp.put(row.stampKey(), row);
        indexes.forEach((field, index) -> {
            if (row.get(field) != null) {
                index.computeIfAbsent(indexKey(row.get(field)), key -> new LinkedHashSet<>()).add(row.id());
            }
        });
        return before;
    }

    Row remove(String id) {
        Row row = rows.remove(id);
        if (row == null) {
            return null;
        }
        byStamp.remove(row.stampKey());
        indexes.forEach((field, index) -> {
            if (row.get(field) == null) {
                return;
            }
            String key = indexKey(row.get(field));
            Set<String> ids = index.get(key);
            ids.remove(id);
            if (ids.isEmpty()) {
                index.remove(key);
            }
        });
        return row;
    }

    /**
     * Takes a field that the object has got: existing rows have its default, and are found by it when it is indexed.
     */
    void extend(Field field) {
        if (field.is(Field.Trait.INDEXED)) {
            indexes.put(field.name(), new HashMap<>());
        }
        if (field.defaultValue() != null) {
            for (Row row : List.copyOf(rows.values())) {
                Map<String, Object> values = new LinkedHashMap<>(row.values());
                values.put(field.name(), field.defaultValue());
                put(new Row(type, values, row.previous()));
            }
        }
    }

    boolean isIndexed(Field field) {
        return indexes.containsKey(field.name());
    }

    /** Rows whose indexed field has this value; text is compared without regard to case. */
    List<Row> by(String field, Object value) {
        Set<String> ids = indexes.get(field).get(indexKey(value));
        return ids == null ? List.of() : ids.stream().map(rows::get).toList();
    }

    /** All rows by time of last change, then id. */
    Collection<Row> all() {
        return byStamp.values();
    }

    /** Rows that last changed at this wire time or later, in order. */
    Collection<Row> since(String stamp) {
        return byStamp.tailMap(stamp, true).values();
    }

    private static String indexKey(Object value) {
        return value.toString().toLowerCase(Locale.ROOT);
    }
}
