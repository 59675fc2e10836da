package dev.cosell.operations;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckResultBuilder;

/**
 * The several things that one health check has to tell at once, each with a name that stays the same for as long as it
 * lasts, however its sentence changes. Among the details a part stands as {@code alarm <name>} or
 * {@code warning <name>}, so that whoever tells people can tell when each of them begins and is over.
 */
public enum Parts {
    /** Why the check is down. */
    ALARM,
    /** What is to be looked at although it is up. */
    WARNING;

    private final String prefix = name().toLowerCase(Locale.ROOT) + " ";

    /** @param sentences by the name of the part */
    void tell(HealthCheckResultBuilder health, Map<String, String> sentences) {
        sentences.forEach((name, sentence) -> health.detail(prefix + name, sentence));
    }

    /** Sentences by the name of the part; empty when the check tells one thing only, or nothing. */
    public Map<String, String> of(HealthCheck.Result result) {
        Map<String, String> sentences = new TreeMap<>();
        result.getDetails().forEach((key, value) -> {
            if (key.startsWith(prefix)) {
                sentences.put(key.substring(prefix.length()), value.toString());
            }
        });
        return sentences;
    }
}
