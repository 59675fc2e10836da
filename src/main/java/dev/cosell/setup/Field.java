package dev.cosell.setup;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A custom field that the sync needs.
 *
 * @param table   API or logical name of the object or table
 * @param name    API or logical name of the field
 * @param length  longest text in characters; 0 for kinds that hold no text
 * @param key     whether its values name a row: an external id or alternate key
 * @param choices values of a picklist; empty for other kinds
 * @param also    kinds of field that do as well when one of them is there
 * @param label   what people read in front of the field
 * @param help    what the field is for, in a sentence
 */
public record Field(String table, String name, Kind kind, int length, boolean key, List<Choice> choices,
        Set<Kind> also, String label, String help) {

    /** A value of a picklist. @param value as stored: the text itself, or a number where the CRM numbers its choices */
    public record Choice(String value, String label) {}

    public static Field of(String table, String name, Kind kind, int length, String label, String help) {
        return new Field(table, name, kind, length, false, List.of(), Set.of(), label, help);
    }

    public Field asKey() {
        return new Field(table, name, kind, length, true, choices, also, label, help);
    }

    public Field with(List<Choice> values) {
        return new Field(table, name, kind, length, key, values, also, label, help);
    }

    public Field servedBy(Set<Kind> others) {
        return new Field(table, name, kind, length, key, choices, others, label, help);
    }

    /** Whether a field of this kind does. */
    boolean isServedBy(Kind found) {
        return found.serves(kind) || also.contains(found);
    }

    public String fullName() {
        return table + "." + name;
    }

    /** Names are compared without regard to case. */
    public String id() {
        return id(table, name);
    }

    public static String id(String table, String name) {
        return (table + "." + name).toLowerCase(Locale.ROOT);
    }
}
