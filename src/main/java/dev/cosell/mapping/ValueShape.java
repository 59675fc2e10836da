package dev.cosell.mapping;

import dev.cosell.mapping.ValueLine.Part;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How the values of one side of a value map are written: their JSON type and over how many fields they spread. */
record ValueShape(ScalarType type, int fields) {
    static final String EMPTY = "empty";
    static final String ANY = "*";

    /** What stands for the word "empty" itself among the parts of a key. */
    static final String THE_WORD = "\"empty\"";

    /**
     * What a record's value is looked up by: its parts in small letters, null for an empty one; without any part when
     * all are empty.
     *
     * @param word whether a text that reads "empty" is such a text, and not an empty field
     */
    static List<String> key(Object value, boolean word) {
        List<?> parts = value instanceof List<?> several ? several : Collections.singletonList(value);
        return key(parts.stream().map(part -> keyPart(Canonical.text(part), word)));
    }

    private static String keyPart(String text, boolean word) {
        return text == null ? null : !text.equalsIgnoreCase(EMPTY) ? text.toLowerCase(Locale.ROOT)
                : word ? THE_WORD : null;
    }

    /** @param parts as they are in a key */
    static List<String> key(Stream<String> parts) {
        List<String> key = parts.collect(Collectors.toCollection(ArrayList::new));
        return key.stream().allMatch(Objects::isNull) ? List.of() : key;
    }

    /** A key in one text, as a line would write it. */
    static String text(List<String> key) {
        return key.isEmpty() ? EMPTY
                : String.join("/", key.stream().map(part -> part == null ? EMPTY : part).toList());
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
        List<String> parts = Arrays.stream(text.split("/", -1)).map(String::strip).toList();
        if (parts.size() != fields) {
            throw new MappingFault(wrongParts(text, parts.size()));
        }
        return parts;
    }

    String wrongParts(String text, int parts) {
        return "\"" + text + "\" has " + parts + " parts, but the row names " + fields
                + " fields: write one part for each, separated by /";
    }

    /** The value to put into a record: a list when there are several fields. */
    Object written(List<Part> parts) {
        if (parts.size() == 1 && parts.get(0).isEmpty()) {
            return fields == 1 ? null : Collections.nCopies(fields, null);
        }
        List<Object> values = new ArrayList<>(parts.size());
        for (Part part : parts) {
            values.add(part.isEmpty() ? null : type.value(part.text()));
        }
        return fields == 1 ? values.get(0) : values;
    }
}
