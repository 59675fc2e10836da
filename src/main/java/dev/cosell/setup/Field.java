package dev.cosell.setup;

import java.util.List;
import java.util.Locale;

/**
 * A custom field that the sync needs.
 *
 * @param table   API or logical name of the object or table
 * @param name    API or logical name of the field
 * @param length  longest text in characters; 0 for kinds that hold no text
 * @param key     whether its values name a row: an external id or alternate key
 * @param choices values of a picklist; empty for other kinds
 * @param label   what people read in front of the field
 * @param help    what the field is for, in a sentence
 */
public record Field(String table, String name, Kind kind, int length, boolean key, List<Choice> choices, String label,
        String help) {

    /** A value of a picklist. @param value as stored: the text itself, or a number where the CRM numbers its choices */
    public record Choice(String value, String label) {}

    public static Field of(String table, String name, Kind kind, int length, String label, String help) {
        return new Field(table, name, kind, length, false, List.of(), label, help);
    }

    public Field asKey() {
        return new Field(table, name, kind, length, true, choices, label, help);
    }

    public Field with(List<Choice> values) {
        return new Field(table, name, kind, length, key, values, label, help);
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
