package dev.cosell.partnercenter;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reading and writing inside a referral by a path with dots, such as {@code details.dealValue}. */
final class Paths {
    private Paths() {}

    /** Null when the path, or a part of it, is absent or null. */
    static Object get(Object tree, String path) {
        Object at = tree;
        for (String step : path.split("\\.")) {
            if (!(at instanceof Map<?, ?> map)) {
                return null;
            }
            at = map.get(step);
        }
        return at;
    }

    /** Null when there is no text at the path. */
    static String text(Object tree, String path) {
        return get(tree, path) instanceof String text ? text : null;
    }

    /** Null when there is no time at the path. */
    static Instant instant(Object tree, String path) {
        String text = text(tree, path);
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeException noTime) {
            return null;
        }
    }

    /** Whether there is nothing at the path that a person would call a value. */
    static boolean blank(Object tree, String path) {
        Object value = get(tree, path);
        return value == null || value instanceof String text && text.isBlank();
    }

    static boolean isTrue(Object tree, String path) {
        return Boolean.TRUE.equals(get(tree, path));
    }

    /** Empty when there is no list at the path. */
    static List<?> list(Object tree, String path) {
        return get(tree, path) instanceof List<?> list ? list : List.of();
    }

    /** Sets a value and makes the objects on the way to it. */
    @SuppressWarnings("unchecked")
    static void put(Map<String, Object> tree, String path, Object value) {
        String[] steps = path.split("\\.");
        Map<String, Object> at = tree;
        for (int i = 0; i < steps.length - 1; i++) {
            if (!(at.get(steps[i]) instanceof Map)) {
                at.put(steps[i], new LinkedHashMap<String, Object>());
            }
            at = (Map<String, Object>) at.get(steps[i]);
        }
        at.put(steps[steps.length - 1], value);
    }

    /** The same tree with maps of its own, so that {@link #put} leaves the original alone; lists are shared. */
    @SuppressWarnings("unchecked")
    static Map<String, Object> copy(Map<String, Object> tree) {
        Map<String, Object> copy = new LinkedHashMap<>(tree);
        copy.replaceAll((name, value) -> value instanceof Map<?, ?> map ? copy((Map<String, Object>) map) : value);
        return copy;
    }
}
