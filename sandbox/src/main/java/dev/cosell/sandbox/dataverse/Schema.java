package dev.cosell.sandbox.dataverse;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All tables, by logical name and by entity set. */
final class Schema {
    private final Map<String, Table> byName = new LinkedHashMap<>();
    private final Map<String, Table> bySet = new LinkedHashMap<>();
    private final Map<String, Map<String, Object>> said = new HashMap<>();

    void add(Table table) {
        byName.put(table.name(), table);
        bySet.put(table.set(), table);
    }

    void remove(Table table) {
        byName.remove(table.name());
        bySet.remove(table.set());
        byName.values()
                .forEach(other -> other.collections().values().removeIf(each -> each.table().equals(table.name())));
    }

    /** Goes back to the tables of another schema; tables that both have stay the same objects. */
    void become(Schema other) {
        List<Table> wanted = List.copyOf(other.byName.values());
        Map<String, Table> had = Map.copyOf(byName);
        byName.clear();
        bySet.clear();
        said.clear();
        for (Table table : wanted) {
            Table old = had.get(table.name());
            if (old != null) {
                old.become(table);
            }
            add(old == null ? table : old);
        }
    }

    /**
     * What the one who made a table or column said of it besides its type, such as its display name; empty for none.
     */
    Map<String, Object> said(String of) {
        return said.getOrDefault(of, Map.of());
    }

    /** @param of logical name of a table, or of table and column with a dot between */
    void say(String of, Map<String, Object> properties) {
        said.put(of, properties);
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
