package dev.cosell.live;

import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.model.ModelCamelContext;

/**
 * Whether loaded routes go together. What is found here would otherwise be noticed by a record, or by nobody; so a live
 * edit, {@code check} and {@code validate} all refuse the same, of which the start warns.
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
        return Stream.of(SharedInputs.in(camel), DeadEnds.in(camel), unheard(camel, crms), AlertRoutes.missing(camel))
                .flatMap(List::stream).toList();
    }

    /** Of them those without which nothing of a CRM is ever synced. */
    public static List<String> unheard(ModelCamelContext camel, Collection<String> crms) {
        return Consumers.missing(crms, camel.getRouteDefinitions());
    }
}
