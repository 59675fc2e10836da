package dev.cosell.live;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Routes and beans that stand twice, as after an upgrade that left a file of the version before beside the new ones.
 * Camel says of routes only that there are some; of beans it keeps the one that it read last, and says nothing.
 */
public final class Duplicates {
    private Duplicates() {}

    /**
     * @param texts of route files, by name; one that is no YAML counts as empty
     * @return which they are and where, and what to do, a line for routes and one for beans; empty when every name
     *         stands once
     */
    public static String in(Map<String, String> texts) {
        return Stream.of(
                sentence(texts, Duplicates::routes, "Routes stand", "routes stand",
                        "Keep one of each; which files an upgrade replaces is in CHANGELOG.md"),
                sentence(texts, DeclaredBeans::in, "Beans are declared", "beans are declared",
                        "All files share them, so one would count for all. Give each a name of its own, and in the rows"
                                + " that use it; or delete a file that was left over"))
                .filter(sentence -> !sentence.isEmpty()).collect(Collectors.joining("\n"));
    }

    /** @throws IllegalArgumentException with what {@link #in(Map)} says, when there are some */
    public static void refuse(Map<String, String> texts) {
        String twice = in(texts);
        if (!twice.isEmpty()) {
            throw new IllegalArgumentException(twice);
        }
    }

    /**
     * The same of an edited file among the texts that would be in force with it. One that got another name is told
     * from a copy.
     *
     * @param there names of all files in the folder; what a file held that is gone stays in force until a restart
     * @throws IllegalArgumentException when something stands twice
     */
    static void refuse(String name, Map<String, String> texts, Set<String> there) {
        Map<String, String> afterRestart = new TreeMap<>(texts);
        afterRestart.keySet().retainAll(there);
        refuse(afterRestart);
        texts.forEach((other, text) -> {
            if (!there.contains(other) && !in(Map.of(other, text, name, texts.get(name))).isEmpty()) {
                throw new IllegalArgumentException("it takes the place of " + other + ", which is no longer in the"
                        + " folder and stays in force until a restart. Restart the application, or give the file its"
                        + " old name again");
            }
        });
    }

    private static String sentence(Map<String, String> texts, Function<String, List<String>> names, String some,
            String many, String remedy) {
        Map<String, List<String>> files = new TreeMap<>();
        texts.forEach((file, text) -> ofYaml(text, names)
                .forEach(name -> files.merge(name, List.of(file), Duplicates::both)));
        files.values().removeIf(found -> found.size() < 2);
        if (files.isEmpty()) {
            return "";
        }
        String which = files.entrySet().stream().limit(3)
                .map(each -> each.getKey() + " (" + String.join(", ", new TreeSet<>(each.getValue())) + ")")
                .collect(Collectors.joining(", "));
        return (files.size() > 3 ? files.size() + " " + many : some) + " more than once: " + which + ". " + remedy;
    }

    private static List<String> routes(String text) {
        return new RouteText(text).ids();
    }

    private static List<String> ofYaml(String text, Function<String, List<String>> names) {
        try {
            return names.apply(text);
        } catch (YamlEngineException noYaml) {
            return List.of();
        }
    }

    private static List<String> both(List<String> first, List<String> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }
}
