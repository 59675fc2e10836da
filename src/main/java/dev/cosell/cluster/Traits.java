package dev.cosell.cluster;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What all instances on one database must have in common. */
public final class Traits {
    /** The version of this product. */
    public static final String VERSION = "version";
    /** The setting with the broker's address; {@link #EMBEDDED} when each process has a broker of its own. */
    public static final String BROKER = "broker.url";
    public static final String EMBEDDED = "embedded";

    private Traits() {}

    /**
     * The brokers that an address names, in whatever order and with whatever options.
     *
     * @param url empty for a broker of the process' own
     */
    public static String brokers(String url) {
        return url.isEmpty() ? EMBEDDED : Stream.of(url.replaceAll("[?][^,)]*|[()]", "").split(",")).map(String::strip)
                .sorted().collect(Collectors.joining(","));
    }

    /**
     * Why an instance may not work beside another one, a clause each; none when it may.
     *
     * @param ours    of the instance that starts, by the name of the setting
     * @param theirs  of one that is running
     * @param oneName the one address of a system that answers at several
     */
    public static List<String> differences(Map<String, String> ours, Map<String, String> theirs,
            UnaryOperator<String> oneName) {
        List<String> differences = new ArrayList<>();
        Map<String, String> rest = new LinkedHashMap<>(ours);
        String version = rest.remove(VERSION);
        if (theirs.containsKey(VERSION) && !Version.of(version).isWithinAStepOf(Version.of(theirs.get(VERSION)))) {
            differences.add("it is version " + theirs.get(VERSION) + ", this one is " + version
                    + ", and only neighbouring minor versions run together: upgrade one step after the other");
        }
        String broker = rest.remove(BROKER);
        if (EMBEDDED.equals(broker) || EMBEDDED.equals(theirs.get(BROKER))) {
            differences.add("the queue of hints must be a common one: set broker.url of every instance to the same"
                    + " ActiveMQ Artemis");
        } else {
            rest.put(BROKER, broker);
        }
        new TreeSet<>(rest.keySet()).stream().filter(theirs::containsKey)
                .filter(name -> !meant(theirs.get(name), oneName).equals(meant(rest.get(name), oneName)))
                .forEach(name -> differences.add(name + " is " + shown(theirs.get(name)) + " there and "
                + shown(rest.get(name)) + " here"));
        return differences;
    }

    /** Case alone tells no two hosts, tenants or ids apart. */
    private static String meant(String value, UnaryOperator<String> oneName) {
        String plain = value.toLowerCase(Locale.ROOT).replaceFirst("/+$", "");
        return plain.startsWith("http") ? oneName.apply(plain) : plain;
    }

    private static String shown(String value) {
        return value.isEmpty() ? "not set" : value;
    }
}
