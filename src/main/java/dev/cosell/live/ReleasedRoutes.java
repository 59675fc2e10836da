package dev.cosell.live;

import dev.cosell.cluster.Version;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The routes of this release with their steps, as it ships them. An edited copy of an earlier release lacks the new
 * ones: nobody calls a schedule or a step, so nothing else would notice.
 */
public final class ReleasedRoutes {
    private static final String LIST = "/released-routes.txt";

    /** What a person does about a sentence of {@link #lacking}. */
    public static final String REMEDY = "Take over what is missing from the shipped file (CHANGELOG.md says what for);"
            + " name in routes.left-out what is left out on purpose";

    private ReleasedRoutes() {}

    /** @param step empty for the route, or the policy for failures, itself */
    record Part(String file, String route, String step) {
        static Part of(String line) {
            String[] words = line.split(" ");
            return new Part(words[0], words[1], words.length > 2 ? words[2] : "");
        }

        String line() {
            return (file + " " + route + " " + step).strip();
        }

        private boolean isStep() {
            return !step.isEmpty();
        }

        /** Wherever it stands: a customer may divide the files otherwise. */
        private List<String> place() {
            return List.of(route, step);
        }

        private boolean isNamedIn(Collection<String> names) {
            return names.contains(file) || names.contains(route) || names.contains(step);
        }
    }

    /** @param texts of route files, by name */
    static List<Part> parts(Map<String, String> texts) {
        return texts.entrySet().stream().flatMap(file -> Declared.in(file.getValue()).steps().entrySet().stream()
                .flatMap(route -> Stream.concat(Stream.of(""), route.getValue().stream())
                        .map(step -> new Part(file.getKey(), route.getKey(), step)))).toList();
    }

    static List<Part> shipped() {
        try (InputStream list = ReleasedRoutes.class.getResourceAsStream(LIST)) {
            return new String(list.readAllBytes(), StandardCharsets.UTF_8).lines().map(Part::of).toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** What is wrong with names of what is left out, separated by commas; null when nothing is. */
    public static String fault(String names) {
        List<String> unknown = Arrays.stream(names.split(",")).map(String::strip).filter(name -> !name.isEmpty())
                .filter(name -> shipped().stream().noneMatch(part -> part.isNamedIn(List.of(name)))).toList();
        return unknown.isEmpty() ? null : "must name files, routes and steps that version " + Version.OURS
                + " ships; it has no " + String.join(", ", unknown);
    }

    /**
     * A sentence for each shipped file of which something is in no file.
     *
     * @param texts   of the files in force, by name
     * @param wanted  whether a shipped file is to be there
     * @param leftOut names of files, routes and steps that are missing on purpose
     */
    public static List<String> lacking(Map<String, String> texts, Predicate<String> wanted,
            Collection<String> leftOut) {
        List<Part> there = parts(texts);
        Set<List<String>> places = there.stream().map(Part::place).collect(Collectors.toSet());
        Set<String> routes = there.stream().map(Part::route).collect(Collectors.toSet());
        Map<String, List<Part>> lacking = new TreeMap<>();
        shipped().stream().filter(part -> wanted.test(part.file())).filter(part -> !places.contains(part.place()))
                // A route that is missing has no steps to speak of.
                .filter(part -> !part.isStep() || routes.contains(part.route()))
                .filter(part -> !part.isNamedIn(leftOut))
                .forEach(part -> lacking.computeIfAbsent(part.file(), file -> new ArrayList<>()).add(part));
        return lacking.entrySet().stream().map(each -> sentence(each.getKey(), each.getValue(), texts.keySet()))
                .toList();
    }

    private static String sentence(String file, List<Part> lacking, Set<String> files) {
        Map<String, List<String>> steps = new LinkedHashMap<>();
        lacking.stream().filter(Part::isStep)
                .forEach(part -> steps.computeIfAbsent(part.route(), route -> new ArrayList<>()).add(part.step()));
        List<String> routes = lacking.stream().filter(part -> !part.isStep()).map(Part::route).toList();
        List<String> what = new ArrayList<>();
        if (!routes.isEmpty()) {
            what.add(named("route", routes));
        }
        steps.forEach((route, ids) -> what.add("in " + route + " " + named("step", ids)));
        return file + (files.contains(file) ? " lacks of version " + Version.OURS
                : " of version " + Version.OURS + " is not there") + ": " + String.join("; ", what);
    }

    private static String named(String kind, List<String> ids) {
        return "the " + kind + (ids.size() == 1 ? " " : "s ") + String.join(", ", ids);
    }
}
