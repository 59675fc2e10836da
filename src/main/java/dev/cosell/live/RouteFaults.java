package dev.cosell.live;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What under {@code routes/} is not as its newest text says, a sentence each, by the name of the file.
 *
 * @param refused why the newest text of a file is not in force
 * @param lost    why the routes of a file do not run, although a text of it is in force
 */
public record RouteFaults(Map<String, String> refused, Map<String, String> lost) {
    /** Name of the health check that is down while routes are lost. */
    public static final String LOST = "lost-routes";

    public RouteFaults {
        refused = Collections.unmodifiableMap(new TreeMap<>(refused));
        lost = Collections.unmodifiableMap(new TreeMap<>(lost));
    }

    /** All sentences, in the order of the files; empty when all is well. */
    public String text() {
        Map<String, String> all = new TreeMap<>(refused);
        lost.forEach((file, sentence) -> all.merge(file, sentence, (why, more) -> why + "\n" + more));
        return String.join("\n", all.values());
    }
}
