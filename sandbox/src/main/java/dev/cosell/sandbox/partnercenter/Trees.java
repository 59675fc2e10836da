package dev.cosell.sandbox.partnercenter;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reading and writing inside a JSON tree by a path with slashes, such as {@code details/dealValue}. */
final class Trees {
    private Trees() {}

    /** Null when the path, or a part of it, is absent or null. A number as a step picks an item of a list. */
    static Object get(Object tree, String path) {
        Object at = tree;
        for (String step : path.split("/")) {
            if (at instanceof Map<?, ?> map) {
                at = map.get(step);
            } else if (at instanceof List<?> list && step.matches("\\d+") && Integer.parseInt(step) < list.size()) {
                at = list.get(Integer.parseInt(step));
            } else {
                return null;
            }
        }
        return at;
    }

    static String text(Object tree, String path) {
        return get(tree, path) instanceof String text ? text : null;
    }

    static boolean blank(Object tree, String path) {
        Object value = get(tree, path);
        return value == null || value instanceof String text && text.isBlank();
    }

    static List<?> list(Object tree, String path) {
        return get(tree, path) instanceof List<?> list ? list : List.of();
    }

    /** Sets a value and makes the objects on the way to it. */
    @SuppressWarnings("unchecked")
    static void put(Map<String, Object> tree, String path, Object value) {
        String[] steps = path.split("/");
        Map<String, Object> at = tree;
        for (int i = 0; i < steps.length - 1; i++) {
            if (!(at.get(steps[i]) instanceof Map)) {
                at.put(steps[i], new LinkedHashMap<String, Object>());
            }
            at = (Map<String, Object>) at.get(steps[i]);
        }
        at.put(steps[steps.length - 1], value);
    }

    /** JSON merge patch: objects are merged, everything else is replaced; null is kept as a value, for readability. */
    @SuppressWarnings("unchecked")
    static void merge(Map<String, Object> target, Map<String, Object> patch) {
        patch.forEach((name, value) -> {
            if (value instanceof Map<?, ?> part && target.get(name) instanceof Map<?, ?> there) {
                merge((Map<String, Object>) there, (Map<String, Object>) part);
            } else {
                target.put(name, value);
            }
        });
    }
}
