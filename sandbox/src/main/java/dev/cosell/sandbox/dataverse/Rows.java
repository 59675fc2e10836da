package dev.cosell.sandbox.dataverse;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/** The rows of one table, found by id, by order of creation, by version and by the values of indexed columns. */
final class Rows {
    private final Table table;
    private final Map<UUID, Row> byId = new HashMap<>();
    private final NavigableMap<Long, Row> bySequence = new TreeMap<>();
    private final NavigableMap<Long, Row> byVersion = new TreeMap<>();
    private final NavigableMap<Long, UUID> deleted = new TreeMap<>();
    private final Map<String, Map<Object, Set<UUID>>> indexes = new HashMap<>();

    Rows(Table table) {
        this.table = table;
        table.indexed().forEach(column -> indexes.put(column, new HashMap<>()));
    }

    Row get(UUID id) {
        return byId.get(id);
    }

    int size() {
        return byId.size();
    }

    NavigableMap<Long, Row> bySequence() {
        return bySequence;
    }

    NavigableMap<Long, Row> byVersion() {
        return byVersion;
    }

    /** Ids of deleted rows by the version of their deletion. */
    NavigableMap<Long, UUID> deleted() {
        return deleted;
    }

    Collection<Row> all() {
        return bySequence.values();
    }

    boolean indexed(String column) {
        return indexes.containsKey(column);
    }

    /** Ids of the rows that hold this value in an indexed column; texts compare without case. */
    Set<UUID> holding(String column, Object value) {
        return indexes.get(column).getOrDefault(indexKey(value), Set.of());
    }

    void put(Row row) {
        Row old = byId.put(row.id(), row);
        if (old != null) {
            byVersion.remove(old.version());
            unindex(old);
        }
        bySequence.put(row.sequence(), row);
        byVersion.put(row.version(), row);
        index(row);
    }

    void remove(Row row, long version) {
        drop(row);
        deleted.put(version, row.id());
    }

    /** Takes the row away without a trace. */
    void drop(Row row) {
        byId.remove(row.id());
        bySequence.remove(row.sequence());
        byVersion.remove(row.version());
        unindex(row);
    }

    /** From now on finds rows by the values of this column, too. */
    void index(String column) {
        if (indexes.containsKey(column)) {
            return;
        }
        Map<Object, Set<UUID>> index = new HashMap<>();
        indexes.put(column, index);
        all().forEach(row -> add(index, row, column));
    }

    private void index(Row row) {
        indexes.forEach((column, index) -> add(index, row, column));
    }

    private static void add(Map<Object, Set<UUID>> index, Row row, String column) {
        Object value = row.get(column);
        if (value != null) {
            index.computeIfAbsent(indexKey(value), ignored -> new LinkedHashSet<>()).add(row.id());
        }
    }

    private void unindex(Row row) {
        indexes.forEach((column, index) -> {
            Object value = row.get(column);
            if (value != null) {
                index.computeIfPresent(indexKey(value),
                        (ignored, ids) -> ids.remove(row.id()) && ids.isEmpty() ? null : ids);
            }
        });
    }

    private static Object indexKey(Object value) {
        if (value instanceof Ref ref) {
            return ref.id();
        }
        return value instanceof String text ? text.toLowerCase(Locale.ROOT) : value;
    }

    Table table() {
        return table;
    }
}
