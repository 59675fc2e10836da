package dev.cosell.setup;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What of a blueprint a CRM has already. */
final class Present {

    /** How far a field is a key. */
    enum KeyState { NONE, BUILDING, FAILED, ACTIVE }

    /**
     * A custom field.
     *
     * @param type    the CRM's own word for its type
     * @param length  longest text; 0 when it has none
     * @param choices stored values of a picklist; null when it takes them from a list that others use, too
     */
    record Found(Kind kind, String type, int length, Set<String> choices) {}

    private final Map<String, Found> fields = new HashMap<>();
    private final Map<String, KeyState> keys = new HashMap<>();
    private final Set<String> tracked = new HashSet<>();
    private boolean solutions;
    private boolean lookup;

    void field(String table, String name, Found found) {
        fields.put(Field.id(table, name), found);
    }

    void key(String table, String name, KeyState state) {
        keys.put(Field.id(table, name), state);
    }

    /** Its changes can be asked for; in Salesforce those of all objects. */
    void tracked(String table) {
        tracked.add(table);
    }

    /** The object or table of solution rows is there. @param pointing whether its rows can point to an opportunity */
    void solutions(boolean pointing) {
        solutions = true;
        lookup = pointing;
    }

    /** Null when it is not there. */
    Found found(String table, String name) {
        return fields.get(Field.id(table, name));
    }

    KeyState key(Field field) {
        return keys.getOrDefault(field.id(), KeyState.NONE);
    }

    boolean isTracked(String table) {
        return tracked.contains(table);
    }

    boolean hasSolutions() {
        return solutions;
    }

    boolean hasLookup() {
        return lookup;
    }
}
