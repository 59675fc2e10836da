package dev.cosell.operations;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Down with an alarm, but neither ready nor live depends on it: polling finds every change, so nothing is to be
 * restarted.
 */
public final class AlarmCheck extends AbstractHealthCheck {
    /** The group of all these checks. */
    public static final String GROUP = "cosell";

    private static final Logger LOG = LoggerFactory.getLogger(AlarmCheck.class);
    /** Stands among the details of a check that could not be made. */
    private static final String FAILED = "failed";

    /** Adds the details, and gives what a person must look at; empty when all is well. */
    private final Function<HealthCheckResultBuilder, String> look;

    /**
     * @param id    not the id of a route: Camel takes both for the same check
     * @param alarm what a person must look at; empty when all is well
     */
    public AlarmCheck(String id, Supplier<String> alarm, Consumer<HealthCheckResultBuilder> details) {
        this(id, health -> {
            details.accept(health);
            return alarm.get();
        });
    }

    private AlarmCheck(String id, Function<HealthCheckResultBuilder, String> look) {
        super(GROUP, id);
        this.look = look;
    }

    /**
     * One that may have several things to look at, of which each begins and ends for itself.
     *
     * @param id    not the id of a route
     * @param parts see {@link Parts}; empty when all is well
     */
    public static AlarmCheck ofParts(String id, Supplier<Map<String, String>> parts) {
        return ofParts(id, parts, health -> { });
    }

    /** The same with more details. */
    static AlarmCheck ofParts(String id, Supplier<Map<String, String>> parts,
            Consumer<HealthCheckResultBuilder> details) {
        return new AlarmCheck(id, health -> {
            details.accept(health);
            Map<String, String> now = parts.get();
            Parts.ALARM.tell(health, now);
            return String.join(". ", now.values());
        });
    }

    public void register(CamelContext camel) {
        HealthCheckRegistry health = HealthCheckRegistry.get(camel);
        if (health != null) {
            health.register(this);
        }
    }

    /**
     * What all of them have a person look at now, one sentence each: alarms first, then warnings, then those of which
     * nobody can tell.
     */
    public static List<String> sentences(CamelContext camel) {
        List<HealthCheck.Result> now = HealthCheckRegistry.get(camel).stream()
                .filter(check -> check.getGroup().equals(GROUP)).map(HealthCheck::call).toList();
        return Stream.concat(Arrays.stream(Parts.values())
                .flatMap(kind -> now.stream().flatMap(result -> kind.of(result).values().stream())),
                now.stream().filter(AlarmCheck::failed).flatMap(result -> result.getMessage().stream())).toList();
    }

    /** Whether a check could not be made, so that nobody can tell how things are. */
    public static boolean failed(HealthCheck.Result result) {
        return result.getState() == HealthCheck.State.UNKNOWN && result.getDetails().containsKey(FAILED);
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        try {
            String sentence = look.apply(builder.up());
            if (!sentence.isEmpty()) {
                builder.message(sentence).down();
            }
        } catch (RuntimeException failure) {
            // Thrown on, it would keep all other checks from being told.
            LOG.debug("The check {} could not be made", getId(), failure);
            builder.unknown().detail(FAILED, true)
                    .message("The check " + getId() + " could not be made: " + failure.getMessage());
        }
    }

    @Override
    public boolean isReadiness() {
        return false;
    }

    @Override
    public boolean isLiveness() {
        return false;
    }
}
