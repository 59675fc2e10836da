package dev.cosell.sandbox.dataverse;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The definition of a table: its columns, alternate keys and navigation properties. */
final class Table {
    /** An alternate key: no two rows may hold the same values in these columns, unless one of them is empty. */
    record Key(String name, List<String> columns) {}

    /** Rows of another table that point here through one of their lookups. */
    record Children(String table, String column) {}

    private final String name;
    private final String schemaName;
    private final String set;
    private final String id;
    private final String title;
    private boolean changeTracking;
    private final Map<String, Column> columns = new LinkedHashMap<>();
    private final Map<String, Column> properties = new LinkedHashMap<>();
    private final Map<String, Column> lookups = new LinkedHashMap<>();
    private final Map<String, Children> collections = new LinkedHashMap<>();
    private final List<Key> keys = new ArrayList<>();
    private final Set<String> indexed = new LinkedHashSet<>();
    private final Map<Integer, Integer> ownStatuses = new LinkedHashMap<>();

    /**
     * @param id    name of the primary key column
     * @param title name of the column that names a row to people
     */
    Table(String schemaName, String set, String id, String title, boolean changeTracking) {
        this.schemaName = schemaName;
        this.name = schemaName.toLowerCase(java.util.Locale.ROOT);
        this.set = set;
        this.id = id;
        this.title = title;
        this.changeTracking = changeTracking;
        with(Column.of(id, Column.Type.Uniqueidentifier).createOnly());
    }

    Table with(Column... more) {
        for (Column column : more) {
            columns.put(column.name(), column);
            properties.put(column.property(), column);
            column.targets().keySet().forEach(navigation -> lookups.put(navigation, column));
            if (column.type().lookup()) {
                indexed.add(column.name());
            }
        }
        return this;
    }

    Table key(String keyName, String... of) {
        keys.add(new Key(keyName, List.of(of)));
        indexed.addAll(List.of(of));
        return this;
    }

    /** Columns that searches with {@code eq} find without reading the whole table. */
    Table searchedBy(String... more) {
        indexed.addAll(List.of(more));
        return this;
    }

    Table children(String navigation, String table, String column) {
        collections.put(navigation, new Children(table, column));
        return this;
    }

    String name() {
        return name;
    }

    String schemaName() {
        return schemaName;
    }

    String set() {
        return set;
    }

    String id() {
        return id;
    }

    String title() {
        return title;
    }

    /** Change tracking can be turned on, never off. */
    void track() {
        changeTracking = true;
    }

    /** As in an environment where nobody has asked for change tracking yet. */
    void untrack() {
        changeTracking = false;
    }

    Table without(Column column) {
        columns.remove(column.name());
        properties.remove(column.property());
        lookups.values().removeIf(column::equals);
        return this;
    }

    /** Takes over the definition that another one of the same table holds. */
    void become(Table other) {
        changeTracking = other.changeTracking;
        List.of(columns, properties, lookups, collections).forEach(Map::clear);
        keys.clear();
        indexed.clear();
        ownStatuses.clear();
        columns.putAll(other.columns);
        properties.putAll(other.properties);
        lookups.putAll(other.lookups);
        collections.putAll(other.collections);
        keys.addAll(other.keys);
        indexed.addAll(other.indexed);
        ownStatuses.putAll(other.ownStatuses);
    }

    /** States by the status reasons that were added to those of the product. */
    Map<Integer, Integer> ownStatuses() {
        return ownStatuses;
    }

    boolean changeTracking() {
        return changeTracking;
    }

    Map<String, Column> columns() {
        return columns;
    }

    /** Null when there is none of this name. */
    Column column(String column) {
        return columns.get(column);
    }

    /** The column shown by a JSON property ({@code _x_value} for lookups); null when there is none. */
    Column property(String property) {
        return properties.get(property);
    }

    /** The lookup that a single-valued navigation property binds; names are case sensitive; null when there is none. */
    Column lookup(String navigation) {
        return lookups.get(navigation);
    }

    Map<String, Children> collections() {
        return collections;
    }

    List<Key> keys() {
        return keys;
    }

    Set<String> indexed() {
        return indexed;
    }
}
