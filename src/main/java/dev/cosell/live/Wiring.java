package dev.cosell.live;

import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.model.ModelCamelContext;

/**
 * Whether loaded routes go together. What is found here would otherwise be noticed by a record, or by nobody; so the
 * start, a live edit, {@code check} and {@code validate} all ask the same.
 */
public final class Wiring {
    private Wiring() {}

    /**
     * A sentence for each fault, that says what to do; empty when there is none.
     *
     * @param camel has loaded its routes
     * @param crms  names of those that are synced
     */
    public static List<String> faults(ModelCamelContext camel, Collection<String> crms) {
        return Stream.of(SharedInputs.in(camel), DeadEnds.in(camel),
                Consumers.missing(crms, camel.getRouteDefinitions()), AlertRoutes.missing(camel))
                .flatMap(List::stream).toList();
    }
}
