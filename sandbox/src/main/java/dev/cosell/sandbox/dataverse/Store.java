package dev.cosell.sandbox.dataverse;

import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** All rows, with one version number for the whole environment. Used from one thread. */
final class Store {
    private final Schema schema;
    private final Clock clock;
    private final Map<String, Rows> tables = new HashMap<>();
    private long version;
    private long sequence;
    private Deque<Runnable> undo;
    private final List<Runnable> afterCommit = new ArrayList<>();

    Store(Schema schema, Clock clock) {
        this.schema = schema;
        this.clock = clock;
        clear();
    }

    void clear() {
        tables.clear();
        schema.tables().forEach(table -> tables.put(table.name(), new Rows(table)));
        version = 4_820_000;
        sequence = 0;
    }

    /** Starts to remember how to undo what is written, until {@link #end}; false when that has begun already. */
    boolean begin() {
        boolean begins = undo == null;
        undo = begins ? new ArrayDeque<>() : undo;
        return begins;
    }

    /** @param keep false undoes all writes since {@link #begin}; version numbers stay used */
    void end(boolean keep) {
        Deque<Runnable> steps = undo;
        undo = null;
        List<Runnable> waiting = List.copyOf(afterCommit);
        afterCommit.clear();
        (keep ? waiting : steps).forEach(Runnable::run);
    }

    /** Does something at once, or when what {@link #begin} started is kept; never when it is undone. */
    void afterCommit(Runnable work) {
        if (undo == null) {
            work.run();
        } else {
            afterCommit.add(work);
        }
    }

    private void undoable(Runnable step) {
        if (undo != null) {
            undo.push(step);
        }
    }

    /** Makes room for the rows of a table that the schema has got. */
    void add(Table table) {
        tables.put(table.name(), new Rows(table));
    }

    Schema schema() {
        return schema;
    }

    /** The time in the environment. */
    Clock clock() {
        return clock;
    }

    Rows rows(Table table) {
        return tables.get(table.name());
    }

    Rows rows(String table) {
        return tables.get(table);
    }

    /** The highest version given out so far. */
    long version() {
        return version;
    }

    long sequence() {
        return sequence;
    }

    void continueAt(long lastVersion, long lastSequence) {
        version = lastVersion;
        sequence = lastSequence;
    }

    /** Null when it does not exist. */
    Row find(Table table, UUID id) {
        return rows(table).get(id);
    }

    /** The row a lookup points to; null when there is none. */
    Row follow(Object lookup) {
        return lookup instanceof Ref ref ? tables.get(ref.table()).get(ref.id()) : null;
    }

    /** Rows that point to a row through a lookup, oldest first. */
    List<Row> children(String table, String column, UUID id) {
        Rows rows = tables.get(table);
        List<Row> found = new ArrayList<>();
        rows.holding(column, id).forEach(child -> found.add(rows.get(child)));
        return found;
    }

    /** The row that holds these values in all columns of a key; null when there is none. */
    Row holding(Table table, List<String> columns, List<Object> values) {
        Rows rows = rows(table);
        Set<UUID> candidates = rows.holding(columns.get(0), values.get(0));
        for (UUID id : candidates) {
            Row row = rows.get(id);
            boolean same = true;
            for (int i = 1; i < columns.size(); i++) {
                same &= rows.holding(columns.get(i), values.get(i)).contains(id);
            }
            if (same) {
                return row;
            }
        }
        return null;
    }

    Row insert(Table table, UUID id, Map<String, Object> values) {
        Row row = new Row(table, id, ++sequence, ++version, values, null);
        rows(table).put(row);
        undoable(() -> rows(table).drop(row));
        return row;
    }

    Row update(Row old, Map<String, Object> values) {
        Row before = new Row(old.table(), old.id(), old.sequence(), old.version(), old.values(), null);
        Row row = new Row(old.table(), old.id(), old.sequence(), ++version, values, before);
        rows(old.table()).put(row);
        undoable(() -> rows(old.table()).put(old));
        return row;
    }

    void delete(Row row) {
        long gone = ++version;
        rows(row.table()).remove(row, gone);
        undoable(() -> {
            rows(row.table()).deleted().remove(gone);
            rows(row.table()).put(row);
        });
        for (Table other : schema.tables()) {
            for (Column column : other.columns().values()) {
                if (column.tables().contains(row.table().name())) {
                    release(other, column, row.id());
                }
            }
        }
    }

    private void release(Table table, Column column, UUID gone) {
        for (Row child : children(table.name(), column.name(), gone)) {
            if (column.cascade()) {
                delete(child);
            } else {
                Map<String, Object> values = new HashMap<>(child.values());
                values.remove(column.name());
                update(child, values);
            }
        }
    }
}
