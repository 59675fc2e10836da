package dev.cosell.cluster;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** In what live instances differ that should not, or are alike, a sentence each. */
public final class Divergence {
    static final String NAMES_OF_THEIR_OWN = "Give the machines different host names, or one of the two a name of its"
            + " own in the setting cluster.name";

    private Divergence() {}

    /** Names that more than one live instance has: each takes what the other does when it starts, and shows as one. */
    public static Map<String, String> ofNames(List<KnownInstance> instances) {
        Map<String, String> sentences = new TreeMap<>();
        instances.stream().filter(KnownInstance::live)
                .collect(Collectors.groupingBy(KnownInstance::name, Collectors.counting()))
                .forEach((name, count) -> {
                    if (count > 1) {
                        sentences.put(name, count + " instances are called " + name + ". " + NAMES_OF_THEIR_OWN);
                    }
                });
        return sentences;
    }

    /**
     * Files under {@code routes/} of which not all instances have the same text in force, by their names. An instance
     * that has not said anything yet is left out.
     */
    public static Map<String, String> ofRoutes(List<KnownInstance> instances) {
        List<KnownInstance> telling = instances.stream().filter(KnownInstance::live)
                .filter(each -> !each.routes().isEmpty()).toList();
        TreeSet<String> files = telling.stream().flatMap(each -> each.routes().keySet().stream())
                .collect(Collectors.toCollection(TreeSet::new));
        Map<String, String> sentences = new TreeMap<>();
        for (String file : files) {
            Map<String, List<String>> texts = telling.stream()
                    .collect(Collectors.groupingBy(each -> each.routes().getOrDefault(file, "no such file"),
                    TreeMap::new, Collectors.mapping(KnownInstance::name, Collectors.toList())));
            if (texts.size() > 1) {
                sentences.put(file, "routes/" + file + " is not the same everywhere: " + texts.entrySet().stream()
                        .map(text -> String.join(", ", text.getValue()) + " (" + text.getKey() + ")")
                        .collect(Collectors.joining(" and "))
                        + ". Give all instances the same file, and look at MappingError where the older one is in"
                        + " force");
            }
        }
        return sentences;
    }

    /** @param most by which clocks may differ */
    public static List<String> ofClocks(List<KnownInstance> instances, Duration most) {
        List<KnownInstance> live = instances.stream().filter(KnownInstance::live)
                .sorted(Comparator.comparing(KnownInstance::clockAhead)).toList();
        if (live.size() < 2) {
            return List.of();
        }
        KnownInstance slow = live.get(0);
        KnownInstance fast = live.get(live.size() - 1);
        Duration apart = fast.clockAhead().minus(slow.clockAhead());
        return apart.compareTo(most) <= 0 ? List.of() : List.of("The clock of " + fast.name() + " is "
                + apart.toSeconds() + " s ahead of that of "
                + slow.name() + ", and schedules of a live instance are taken over when it is more than"
                + " cluster.take-over behind. Switch on time synchronisation (NTP) on both machines");
    }
}
