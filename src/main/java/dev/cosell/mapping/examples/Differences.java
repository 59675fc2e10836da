package dev.cosell.mapping.examples;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Two JSON documents, compared field by field. Numbers are equal when they are as large, and an empty field is none: a
 * new record is written without it.
 */
final class Differences {
    private final List<String> sentences = new ArrayList<>();

    private Differences() {}

    /** A sentence for each field that differs, named by its dotted path. */
    static List<String> between(Object actual, Object expected) {
        Differences differences = new Differences();
        differences.compare("", actual, expected);
        return differences.sentences;
    }

    private void compare(String path, Object actual, Object expected) {
        if (actual instanceof Map<?, ?> left && expected instanceof Map<?, ?> right) {
            Set<Object> names = new LinkedHashSet<>(right.keySet());
            names.addAll(left.keySet());
            names.forEach(
                    name -> compareField(path.isEmpty() ? name.toString() : path + "." + name, name, left, right));
        } else if (actual instanceof List<?> left && expected instanceof List<?> right && left.size() == right.size()) {
            for (int i = 0; i < left.size(); i++) {
                compare(path + "[" + i + "]", left.get(i), right.get(i));
            }
        } else if (!same(actual, expected)) {
            sentences.add(path + " is " + shown(actual) + ", expected " + shown(expected));
        }
    }

    private void compareField(String path, Object name, Map<?, ?> actual, Map<?, ?> expected) {
        if (isEmpty(actual.get(name)) && isEmpty(expected.get(name))) {
            return;
        }
        if (!actual.containsKey(name)) {
            sentences.add(path + " is missing, expected " + shown(expected.get(name)));
        } else if (!expected.containsKey(name)) {
            sentences.add(path + " is " + shown(actual.get(name)) + ", expected nothing");
        } else {
            compare(path, actual.get(name), expected.get(name));
        }
    }

    private static boolean isEmpty(Object value) {
        return value == null || value instanceof String text && text.isBlank()
                || value instanceof Map<?, ?> group && group.values().stream().allMatch(Differences::isEmpty);
    }

    private static boolean same(Object left, Object right) {
        return left instanceof Number one && right instanceof Number other
                ? new BigDecimal(one.toString()).compareTo(new BigDecimal(other.toString())) == 0
                : Objects.equals(left, right);
    }

    static String shown(Object value) {
        return value instanceof String text ? "\"" + text + "\"" : String.valueOf(value);
    }
}
