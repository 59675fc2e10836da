package dev.cosell.live;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.WeakHashMap;

/**
 * What a route file declares, in its order; what it declares twice is there twice.
 *
 * @param routes ids; a route without one is left out
 * @param beans  names
 * @param steps  ids of the steps of each route and each policy for failures, by its own id
 */
record Declared(List<String> routes, List<String> beans, Map<String, List<String>> steps) {
    /** All texts in force are asked at each edit, and nearly all are those of the edit before. */
    private static final Map<String, Declared> READ = Collections.synchronizedMap(new WeakHashMap<>());

    /** @throws org.snakeyaml.engine.v2.exceptions.YamlEngineException when the text is no YAML */
    static Declared in(String text) {
        return READ.computeIfAbsent(text, unread -> {
            RouteText read = new RouteText(unread);
            return new Declared(read.ids(), read.beanNames(), read.steps());
        });
    }

    /**
     * Names of the beans of several files; a set of the caller's own.
     *
     * @throws org.snakeyaml.engine.v2.exceptions.YamlEngineException when one is no YAML
     */
    static Set<String> beans(Collection<String> texts) {
        Set<String> names = new TreeSet<>();
        texts.forEach(text -> names.addAll(in(text).beans()));
        return names;
    }
}
