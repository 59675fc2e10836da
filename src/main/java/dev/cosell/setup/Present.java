package dev.cosell.setup;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What of a blueprint a CRM has already. */
public final class Present {

    /** How far a field is a key. */
    public enum KeyState { NONE, BUILDING, FAILED, ACTIVE }

    /**
     * A custom field.
     *
     * @param type    the CRM's own word for its type
     * @param length  longest text; 0 when it has none
     * @param choices stored values of a picklist; null when it takes them from a list that others use, too
     */
    public record Found(Kind kind, String type, int length, Set<String> choices) {}

    private final Map<String, Found> fields = new HashMap<>();
    private final Map<String, KeyState> keys = new HashMap<>();
    private final Set<String> tracked = new HashSet<>();
    private boolean solutions;
    private boolean lookup;

    public void field(String table, String name, Found found) {
        fields.put(Field.id(table, name), found);
    }

    public void key(String table, String name, KeyState state) {
        keys.put(Field.id(table, name), state);
    }

    /** Its changes can be asked for; in some CRMs those of all objects. */
    public void tracked(String table) {
        tracked.add(table);
    }

    /** The object or table of solution rows is there. @param pointing whether its rows can point to an opportunity */
    public void solutions(boolean pointing) {
        solutions = true;
        lookup = pointing;
    }

    /** Null when it is not there. */
    public Found found(String table, String name) {
        return fields.get(Field.id(table, name));
    }

    public KeyState key(Field field) {
        return keys.getOrDefault(field.id(), KeyState.NONE);
    }

    public boolean isTracked(String table) {
        return tracked.contains(table);
    }

    public boolean hasSolutions() {
        return solutions;
    }

    public boolean hasLookup() {
        return lookup;
    }
}
