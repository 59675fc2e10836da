package dev.cosell.live;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.model.RouteDefinition;

/**
 * The routes that take the hints of the CRMs from their queues. Without its own the hints of a CRM would wait for ever,
 * and nothing else would say so.
 */
final class Consumers {
    private Consumers() {}

    /**
     * A sentence for each CRM without one, that says what to do; empty when there are all.
     *
     * @param crms   names of those that are synced
     * @param routes all that were loaded
     */
    static List<String> missing(Collection<String> crms, Collection<RouteDefinition> routes) {
        Set<String> ids = routes.stream().map(RouteDefinition::getRouteId).collect(Collectors.toSet());
        return crms.stream().filter(crm -> !ids.contains("sync-" + crm))
                .map(crm -> "No route sync-" + crm + " takes the hints of " + crm
                        + " from their queue. Take it over from the shipped " + crm
                        + ".camel.yaml into the file of that name under routes/")
                .toList();
    }
}
