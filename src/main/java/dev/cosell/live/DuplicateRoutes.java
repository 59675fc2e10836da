package dev.cosell.live;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Routes that stand twice, as after an upgrade that left a file of the version before beside the new ones. */
public final class DuplicateRoutes {
    private DuplicateRoutes() {}

    /**
     * Camel says only that there are some.
     *
     * @param texts of route files, by name; one that is no YAML counts as empty
     * @return which they are and where, and what to do; empty when every id stands once
     */
    public static String in(Map<String, String> texts) {
        Map<String, List<String>> files = new TreeMap<>();
        texts.forEach((name, text) -> ids(text).forEach(id -> files.merge(id, List.of(name), DuplicateRoutes::both)));
        files.values().removeIf(names -> names.size() < 2);
        if (files.isEmpty()) {
            return "";
        }
        String routes = files.entrySet().stream().limit(3)
                .map(route -> route.getKey() + " (" + String.join(", ", new TreeSet<>(route.getValue())) + ")")
                .collect(Collectors.joining(", "));
        return (files.size() > 3 ? files.size() + " routes stand" : "Routes stand") + " more than once: " + routes
                + ". Keep one of each; which files an upgrade replaces is in CHANGELOG.md";
    }

    private static List<String> ids(String text) {
        try {
            return new RouteText(text).ids();
        } catch (YamlEngineException noYaml) {
            return List.of();
        }
    }

    private static List<String> both(List<String> first, List<String> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }
}
