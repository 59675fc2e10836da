package dev.cosell.sandbox.dataverse;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** All tables, by logical name and by entity set. */
final class Schema {
    private final Map<String, Table> byName = new LinkedHashMap<>();
    private final Map<String, Table> bySet = new LinkedHashMap<>();

    void add(Table table) {
        byName.put(table.name(), table);
        bySet.put(table.set(), table);
    }

    /** Null when there is none. */
    Table named(String logicalName) {
        return byName.get(logicalName);
    }

    /** Null when there is none. */
    Table ofSet(String set) {
        return bySet.get(set);
    }

    Collection<Table> tables() {
        return byName.values();
    }
}
