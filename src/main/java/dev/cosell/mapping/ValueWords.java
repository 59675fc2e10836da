package dev.cosell.mapping;

import dev.cosell.mapping.ValueLine.Part;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The CRM values of a line of a value map, separated by commas. What stands in double quotes may hold commas itself; of
 * a value of several fields that goes for each part.
 */
final class ValueWords {
    private final String text;
    private final int fields;
    private int at;

    ValueWords(String text, int fields) {
        this.text = text;
        this.fields = fields;
    }

    /** The parts of each value. */
    List<List<Part>> read() {
        List<List<Part>> words = new ArrayList<>();
        skipBlanks();
        while (at < text.length()) {
            words.add(word());
            at++;
            skipBlanks();
        }
        return words;
    }

    /** Ends in front of the comma, or at the end. */
    private List<Part> word() {
        List<Part> parts = new ArrayList<>(List.of(part()));
        while (at < text.length() && text.charAt(at) == '/') {
            at++;
            parts.add(part());
        }
        Part first = parts.get(0);
        if (parts.size() == 1 && !first.quoted() && first.text().isEmpty()) {
            throw new MappingFault("there is nothing between two commas");
        }
        // Quotes around all parts together, where none of them holds a slash.
        return parts.size() == 1 && first.quoted() && fields > 1
                ? Arrays.stream(first.text().split("/", -1)).map(part -> new Part(part.strip(), true)).toList()
                : List.copyOf(parts);
    }

    private Part part() {
        skipBlanks();
        boolean quoted = at < text.length() && text.charAt(at) == '"';
        int from = quoted ? at + 1 : at;
        int to = quoted ? text.indexOf('"', from) : separator(from);
        if (to < 0) {
            throw new MappingFault("a closing \" is missing");
        }
        at = separator(to);
        return new Part(quoted ? text.substring(from, to) : text.substring(from, to).strip(), quoted);
    }

    /** Where the next value begins, or the next part of one of several fields. */
    private int separator(int from) {
        int comma = text.indexOf(',', from);
        int slash = fields > 1 ? text.indexOf('/', from) : -1;
        return comma < 0 && slash < 0 ? text.length() : comma < 0 ? slash : slash < 0 ? comma : Math.min(comma, slash);
    }

    private void skipBlanks() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }
}
