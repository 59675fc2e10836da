package dev.cosell.sandbox.dataverse;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The definition of a column.
 *
 * @param length  most characters of a text; 0 for other types
 * @param min     smallest number, null for none
 * @param max     largest number, null for none
 * @param options labels of a choice, state or status by value
 * @param targets tables a lookup may point to, by the navigation property that binds it
 * @param initial value of a new row when the body gives none
 * @param cascade whether rows go when the row they point to goes; otherwise the lookup is cleared
 */
record Column(String name, String schemaName, Type type, int length, BigDecimal min, BigDecimal max,
              SortedMap<Integer, String> options, boolean forCreate, boolean forUpdate, Map<String, String> targets,
              Object initial, boolean cascade) {

    /** The column of a secret that is written and never shown. */
    static final String SECRET = "authvalue";

    static final String TEAM = "team";

    /** Column types, by the words of the metadata. */
    enum Type {
        Uniqueidentifier, String, Memo, Integer, BigInt, Decimal, Money, Boolean, DateTime, DateOnly, Picklist, State,
        Status,
        Lookup, Customer, Owner;

        boolean lookup() {
            return this == Lookup || this == Customer || this == Owner;
        }

        boolean choice() {
            return this == Picklist || this == State || this == Status;
        }

        boolean date() {
            return this == DateTime || this == DateOnly;
        }

        boolean text() {
            return this == String || this == Memo;
        }
    }

    private static Column plain(String name, Type type, int length, BigDecimal min, BigDecimal max) {
        return new Column(name.toLowerCase(java.util.Locale.ROOT), name, type, length, min, max, new TreeMap<>(), true,
                true,
                Map.of(), null, false);
    }

    static Column of(String name, Type type) {
        return plain(name, type, 0, null, null);
    }

    static Column text(String name, int length) {
        return plain(name, Type.String, length, null, null);
    }

    static Column memo(String name, int length) {
        return plain(name, Type.Memo, length, null, null);
    }

    static Column integer(String name, long min, long max) {
        return plain(name, Type.Integer, 0, BigDecimal.valueOf(min), BigDecimal.valueOf(max));
    }

    static Column money(String name, long min, long max) {
        return plain(name, Type.Money, 0, BigDecimal.valueOf(min), BigDecimal.valueOf(max));
    }

    /** @param options value, label, value, label, … */
    static Column choice(String name, Type type, Object... options) {
        SortedMap<Integer, String> labels = new TreeMap<>();
        for (int i = 0; i < options.length; i += 2) {
            labels.put((Integer) options[i], (String) options[i + 1]);
        }
        Column bare = of(name, type);
        return new Column(bare.name, name, type, 0, null, null, labels, true, true, Map.of(), null, false);
    }

    /** @param targets navigation property, table, navigation property, table, … */
    static Column lookup(String name, Type type, String... targets) {
        Map<String, String> tables = new LinkedHashMap<>();
        for (int i = 0; i < targets.length; i += 2) {
            tables.put(targets[i], targets[i + 1]);
        }
        Column bare = of(name, type);
        return new Column(bare.name, name, type, 0, null, null, bare.options, true, true, tables, null, false);
    }

    Column readOnly() {
        return new Column(name, schemaName, type, length, min, max, options, false, false, targets, initial, cascade);
    }

    Column createOnly() {
        return new Column(name, schemaName, type, length, min, max, options, true, false, targets, initial, cascade);
    }

    Column updateOnly() {
        return new Column(name, schemaName, type, length, min, max, options, false, true, targets, initial, cascade);
    }

    Column initially(Object value) {
        return new Column(name, schemaName, type, length, min, max, options, forCreate, forUpdate, targets, value,
                cascade);
    }

    Column cascading() {
        return new Column(name, schemaName, type, length, min, max, options, forCreate, forUpdate, targets, initial,
                true);
    }

    boolean readable() {
        return !name.equals(SECRET);
    }

    /**
     * Whether a navigation property may be bound to a row of a table. Owners are users or teams, both bound by the same
     * one.
     */
    boolean takes(String navigation, String table) {
        return table.equals(targets.get(navigation))
                || type == Type.Owner && targets.containsKey(navigation) && table.equals(TEAM);
    }

    /** The tables this lookup may point to. */
    Set<String> tables() {
        Set<String> tables = new LinkedHashSet<>(targets.values());
        if (type == Type.Owner) {
            tables.add(TEAM);
        }
        return tables;
    }

    /** The property that shows this column in JSON. */
    String property() {
        return type.lookup() ? "_" + name + "_value" : name;
    }
}
