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
                sentence(texts, text -> Declared.in(text).routes(), "Routes stand", "routes stand",
                        "Keep one of each; which files an upgrade replaces is in CHANGELOG.md"),
                sentence(texts, text -> Declared.in(text).beans(), "Beans are declared", "beans are declared",
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
     * Files that got another name, or whose routes or beans moved into others: they are gone, and something of theirs
     * stands in an edited one.
     *
     * @param edited  texts by name
     * @param inForce texts by name, which a file that is gone leaves there
     * @param there   names of all files in the folder
     */
    static Set<String> replaced(Map<String, String> edited, Map<String, String> inForce, Set<String> there) {
        return inForce.keySet().stream().filter(name -> !there.contains(name))
                .filter(name -> edited.values().stream()
                        .anyMatch(text -> !in(Map.of(name, inForce.get(name), name + " edited", text)).isEmpty()))
                .collect(Collectors.toCollection(TreeSet::new));
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
