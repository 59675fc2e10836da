package dev.cosell.sandbox.dataverse;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Alternate keys whose unique index is still being built, and those where duplicates made that fail. */
final class KeyIndexes {
    private static final long BUILD_MILLIS = 500;

    /** @param ready when the index will be built, in milliseconds of the clock */
    private record Waiting(Table table, Table.Key key, long ready, boolean failed) {}

    private final Store store;
    private final Clock clock;
    private List<Waiting> waiting = new ArrayList<>();

    KeyIndexes(Store store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** Begins to build the index of a new key. */
    void build(Table table, Table.Key key) {
        waiting.add(new Waiting(table, key, clock.millis() + BUILD_MILLIS, false));
    }

    /** Keys that are not active, with their status. */
    Map<Table.Key, String> waiting(Table table) {
        Map<Table.Key, String> keys = new LinkedHashMap<>();
        waiting.stream().filter(each -> each.table() == table)
                .forEach(each -> keys.put(each.key(), each.failed() ? "Failed" : "Pending"));
        return keys;
    }

    /** Begins anew with a key whose index could not be built. */
    void retry(Table table, Table.Key key) {
        drop(table, key);
        build(table, key);
    }

    void drop(Table table, Table.Key key) {
        waiting.removeIf(each -> each.table() == table && each.key().equals(key));
    }

    void forget() {
        waiting.clear();
    }

    /** Activates the keys whose time has come, or all that wait. */
    void settle(boolean all) {
        if (waiting.isEmpty()) {
            return;
        }
        List<Waiting> still = new ArrayList<>();
        for (Waiting each : waiting) {
            if (each.failed() || !all && clock.millis() < each.ready()) {
                still.add(each);
            } else if (duplicates(each)) {
                still.add(new Waiting(each.table(), each.key(), each.ready(), true));
            } else {
                each.table().key(each.key().name(), each.key().columns().toArray(String[]::new));
                each.key().columns().forEach(store.rows(each.table())::index);
            }
        }
        waiting = still;
    }

    private boolean duplicates(Waiting each) {
        Set<List<Object>> seen = new HashSet<>();
        return store.rows(each.table()).all().stream().map(row -> each.key().columns().stream().map(row::get).toList())
                .anyMatch(values -> values.stream().noneMatch(Objects::isNull) && !seen.add(values));
    }
}
