package dev.cosell.mapping;

import java.util.LinkedHashMap;
import java.util.Map;

/** A field's place in a record of nested maps, split once. */
public final class FieldPath {
    private final String text;
    private final String[] steps;

    public FieldPath(String text) {
        this.text = text;
        this.steps = text.split("\\.");
    }

    String text() {
        return text;
    }

    /**
     * Absent when the field, or a group on the way to it, is missing; a group that is null says nothing about its
     * fields.
     */
    public Value read(Map<?, ?> record) {
        Map<?, ?> group = record;
        for (int i = 0; i < steps.length - 1; i++) {
            if (!(group.get(steps[i]) instanceof Map<?, ?> inner)) {
                return Value.ABSENT;
            }
            group = inner;
        }
        String field = steps[steps.length - 1];
        Object content = group.get(field);
        if (content != null) {
            return Value.of(content);
        }
        return group.containsKey(field) ? Value.NULL : Value.ABSENT;
    }

    /** Puts a value in its place and makes the groups on the way. */
    public void put(Map<String, Object> record, Object content) {
        Map<String, Object> group = record;
        for (int i = 0; i < steps.length - 1; i++) {
            group = group(group, steps[i]);
        }
        group.put(steps[steps.length - 1], content);
    }

    @SuppressWarnings("unchecked") // JSON objects have text keys
    private static Map<String, Object> group(Map<String, Object> outer, String name) {
        if (outer.get(name) instanceof Map<?, ?> group) {
            return (Map<String, Object>) group;
        }
        Map<String, Object> group = new LinkedHashMap<>();
        outer.put(name, group);
        return group;
    }
}
