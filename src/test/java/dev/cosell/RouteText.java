package dev.cosell;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** A route, or a policy for failures, as its file says it. */
record RouteText(String id, String description, Map<String, Object> node, List<Step> steps) {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{variable\\.([A-Za-z]+)");

    /** @param within the kinds of steps around it */
    record Step(String id, String kind, Map<String, Object> node, List<String> within) {}

    static Object data(String text) {
        return new Load(LoadSettings.builder().build()).loadFromString(text);
    }

    static List<RouteText> of(String file) {
        List<RouteText> routes = new ArrayList<>();
        for (Object element : (List<?>) data(file)) {
            map(element).forEach((kind, node) -> {
                if (!kind.equals("beans")) {
                    Map<String, Object> route = map(node);
                    List<Step> steps = new ArrayList<>();
                    collect(route, List.of(), steps);
                    routes.add(new RouteText((String) route.get("id"),
                            kind.equals("route") ? (String) route.get("description") : "A policy", route, steps));
                }
            });
        }
        return routes;
    }

    private static void collect(Object value, List<String> within, List<Step> steps) {
        if (value instanceof List<?> several) {
            several.forEach(each -> collect(each, within, steps));
        } else if (value instanceof Map<?, ?>) {
            map(value).forEach((name, inner) -> {
                if (name.equals("steps")) {
                    ((List<?>) inner)
                            .forEach(step -> map(step).forEach((kind, node) -> step(kind, map(node), within, steps)));
                } else {
                    collect(inner, within, steps);
                }
            });
        }
    }

    private static void step(String kind, Map<String, Object> node, List<String> within, List<Step> steps) {
        steps.add(new Step((String) node.get("id"), kind, node, within));
        List<String> inner = new ArrayList<>(within);
        inner.add(kind);
        collect(node, inner, steps);
    }

    Set<String> variablesSet() {
        Set<String> names = new LinkedHashSet<>();
        steps.forEach(step -> {
            if (step.kind().equals("setVariable")) {
                names.add((String) step.node().get("name"));
            }
            if (step.node().get("variableReceive") instanceof String name) {
                names.add(name);
            }
        });
        return names;
    }

    Set<String> variablesRead() {
        Set<String> names = new LinkedHashSet<>();
        Matcher simple = VARIABLE.matcher(node.toString());
        while (simple.find()) {
            names.add(simple.group(1));
        }
        steps.forEach(step -> List.of("variableSend", "variable").forEach(key -> {
            if (step.node().get(key) instanceof String name) {
                names.add(name);
            }
        }));
        return names;
    }

    /** The route as text, keys in the order of the alphabet, without these steps. */
    String without(String... ids) {
        return String.valueOf(sorted(node, Set.of(ids)));
    }

    private static Object sorted(Object value, Set<String> left) {
        if (value instanceof List<?> several) {
            return several.stream().filter(each -> !(each instanceof Map<?, ?> step) || step.values().stream()
                    .noneMatch(node -> node instanceof Map<?, ?> fields
                            && left.contains(String.valueOf(fields.get("id")))))
                    .map(each -> sorted(each, left)).toList();
        }
        if (value instanceof Map<?, ?>) {
            Map<String, Object> fields = new TreeMap<>();
            map(value).forEach((name, inner) -> fields.put(name, sorted(inner, left)));
            return fields;
        }
        return value;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }
}
