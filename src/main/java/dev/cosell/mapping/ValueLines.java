package dev.cosell.mapping;

import dev.cosell.mapping.ValueLine.CrmPattern;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Reads the block of text of a value map and names every bad line at once. */
final class ValueLines {
    private final ValueShape crm;
    private final ValueShape referral;

    ValueLines(ValueShape crm, ValueShape referral) {
        this.crm = crm;
        this.referral = referral;
    }

    List<ValueLine> parse(String block) {
        List<ValueLine> lines = new ArrayList<>();
        List<String> faults = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        int number = 0;
        for (String text : block.lines().map(String::strip).toList()) {
            number++;
            if (text.isEmpty() || text.startsWith("#")) {
                continue;
            }
            try {
                ValueLine line = line(text);
                if (!seen.add(line.referral().toLowerCase(Locale.ROOT))) {
                    throw new MappingFault(
                            "\"" + line.referral() + "\" has a line already: put all its CRM values into one");
                }
                lines.add(line);
            } catch (MappingFault fault) {
                faults.add("value line " + number + ", \"" + text + "\": " + fault.getMessage());
            }
        }
        if (lines.isEmpty() && faults.isEmpty()) {
            faults.add("the value map has no lines");
        }
        if (!faults.isEmpty()) {
            throw new MappingFault("bad value map:", faults);
        }
        return List.copyOf(lines);
    }

    private ValueLine line(String text) {
        int equals = text.indexOf('=');
        if (equals < 0) {
            throw new MappingFault("there is no = between the Partner Center value and the CRM values");
        }
        String referralText = text.substring(0, equals).strip();
        if (referralText.isEmpty()) {
            throw new MappingFault("there is no Partner Center value before the =: write empty for an empty field");
        }
        if (referral.fields() == 1 && referralText.contains("/")) {
            throw new MappingFault(
                    "\"" + referralText + "\" is a value of several Partner Center fields, but the row names one");
        }
        List<CrmPattern> patterns = new ArrayList<>();
        for (Word word : words(text.substring(equals + 1))) {
            patterns.add(pattern(word));
        }
        if (patterns.isEmpty()) {
            throw new MappingFault("there is no CRM value behind the =: write empty for an empty field");
        }
        if (patterns.get(0).wildcard() != null) {
            throw new MappingFault("the first CRM value is the one to write and cannot be *");
        }
        return new ValueLine(normalSpelling(referralText, referral), value(referralText, referral),
                List.copyOf(patterns),
                value(patterns.get(0).text(), crm));
    }

    private static Object value(String text, ValueShape shape) {
        if (text.equals(ValueShape.EMPTY)) {
            return shape.fields() == 1 ? null : Collections.nCopies(shape.fields(), null);
        }
        return shape.written(shape.parts(text));
    }

    private CrmPattern pattern(Word word) {
        String text = word.text();
        if (word.quoted() || text.equals(ValueShape.EMPTY)) {
            return new CrmPattern(text, null);
        }
        List<String> parts = text.equals(ValueShape.ANY) ? Collections.nCopies(crm.fields(), ValueShape.ANY)
                : crm.parts(text);
        return parts.contains(ValueShape.ANY) ? new CrmPattern(text, parts)
                : new CrmPattern(normalSpelling(text, crm), null);
    }

    /** The same value without blanks around the slashes. */
    private static String normalSpelling(String text, ValueShape shape) {
        return text.equals(ValueShape.EMPTY) ? text : String.join("/", shape.parts(text));
    }

    private record Word(String text, boolean quoted) {}

    /** The values of a line, separated by commas; a quoted one may hold commas itself. */
    private static List<Word> words(String text) {
        List<Word> words = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '"') {
                int end = text.indexOf('"', at + 1);
                if (end < 0) {
                    throw new MappingFault("a closing \" is missing");
                }
                words.add(new Word(text.substring(at + 1, end), true));
                at = text.indexOf(',', end);
                at = at < 0 ? text.length() : at + 1;
            } else if (Character.isWhitespace(c)) {
                at++;
            } else {
                int comma = text.indexOf(',', at);
                int end = comma < 0 ? text.length() : comma;
                String word = text.substring(at, end).strip();
                if (word.isEmpty()) {
                    throw new MappingFault("there is nothing between two commas");
                }
                words.add(new Word(word, false));
                at = end + 1;
            }
        }
        return words;
    }
}
