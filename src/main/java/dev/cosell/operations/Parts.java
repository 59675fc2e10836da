package dev.cosell.operations;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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
    /** What is to be looked at although it is up; all of it is the detail {@value #DETAIL}, too. */
    WARNING;

    /** Name of the detail that holds a warning. */
    public static final String DETAIL = "warning";

    private final String prefix = name().toLowerCase(Locale.ROOT) + " ";

    /** @param sentences by the name of the part */
    void tell(HealthCheckResultBuilder health, Map<String, String> sentences) {
        sentences.forEach((name, sentence) -> health.detail(prefix + name, sentence));
    }

    /**
     * Sentences by the name of the part, which is empty where the check tells one thing only; none when it tells
     * nothing.
     */
    public Map<String, String> of(HealthCheck.Result result) {
        return whole(result).map(whole -> parts(result, whole)).orElse(Map.of());
    }

    /** All that the check tells, in one text; empty when it tells nothing. */
    private Optional<String> whole(HealthCheck.Result result) {
        return switch (this) {
            case ALARM -> result.getState() == HealthCheck.State.DOWN ? Optional.of(result.getMessage().orElse(""))
                    : Optional.empty();
            case WARNING -> Optional.ofNullable(result.getDetails().get(DETAIL)).map(Object::toString)
                    .filter(warning -> !warning.isEmpty());
        };
    }

    private Map<String, String> parts(HealthCheck.Result result, String whole) {
        Map<String, String> sentences = new TreeMap<>();
        result.getDetails().forEach((key, value) -> {
            if (key.startsWith(prefix)) {
                sentences.put(key.substring(prefix.length()), value.toString());
            }
        });
        return sentences.isEmpty() ? Map.of("", whole) : sentences;
    }
}
