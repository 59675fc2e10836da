package dev.cosell.sandbox.dataverse;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What a request body wants of one row and of the rows nested in it, checked but not yet written. */
final class Draft {
    private final Table table;
    private final UUID id;
    private final Map<String, Object> values = new HashMap<>();
    private final Map<Column, Draft> parents = new LinkedHashMap<>();
    private final Map<Table.Children, List<Draft>> children = new LinkedHashMap<>();

    /** @param id as the client chose it; null when it did not */
    Draft(Table table, UUID id) {
        this.table = table;
        this.id = id;
    }

    Table table() {
        return table;
    }

    UUID id() {
        return id;
    }

    /** Column values by name; a null value clears the column. */
    Map<String, Object> values() {
        return values;
    }

    /** Rows to create that this row's lookups shall point to. */
    Map<Column, Draft> parents() {
        return parents;
    }

    /** Rows to create that shall point to this row. */
    Map<Table.Children, List<Draft>> children() {
        return children;
    }

    void child(Table.Children navigation, Draft child) {
        children.computeIfAbsent(navigation, ignored -> new ArrayList<>()).add(child);
    }

    boolean nested() {
        return !parents.isEmpty() || !children.isEmpty();
    }
}
