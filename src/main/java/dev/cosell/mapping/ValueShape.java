package dev.cosell.mapping;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How the values of one side of a value map are written: their JSON type and over how many fields they spread. */
record ValueShape(ScalarType type, int fields) {
    static final String EMPTY = "empty";
    static final String ANY = "*";

    /** The text under which a record's value is looked up; {@code empty} for null and blank. */
    static String key(Object value) {
        String text = value instanceof List<?> parts ? spelled(parts) : Canonical.text(value);
        return text == null ? EMPTY : text.toLowerCase(Locale.ROOT);
    }

    /** The value of several fields as a line would write it; null when all are empty. */
    static String spelled(List<?> parts) {
        StringBuilder text = new StringBuilder();
        boolean content = false;
        for (Object part : parts) {
            String partText = Canonical.text(part);
            content |= partText != null;
            text.append(text.isEmpty() ? "" : "/").append(partText == null ? EMPTY : partText);
        }
        return content ? text.toString() : null;
    }

    /** The parts of a value as written in a line. */
    List<String> parts(String text) {
        if (fields == 1) {
            return List.of(text);
        }
        List<String> parts = new ArrayList<>();
        for (String part : text.split("/", -1)) {
            parts.add(part.strip());
        }
        if (parts.size() != fields) {
            throw new MappingFault("\"" + text + "\" has " + parts.size() + " parts, but the row names " + fields
                    + " fields: write one part for each, separated by /");
        }
        return parts;
    }

    /** The value to put into a record: a list when there are several fields. */
    Object written(List<String> parts) {
        List<Object> values = new ArrayList<>(parts.size());
        for (String part : parts) {
            values.add(part.equals(EMPTY) ? null : type.value(part));
        }
        return fields == 1 ? values.get(0) : values;
    }
}
