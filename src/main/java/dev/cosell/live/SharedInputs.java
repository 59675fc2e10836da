package dev.cosell.live;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.camel.model.RouteDefinition;

/**
 * Routes that begin with the same {@code direct:} name, of which only one can run. Camel finds that out when it starts
 * the second one.
 */
public final class SharedInputs {
    private SharedInputs() {}

    /** A sentence for each such name; routes whose start is a matter of settings are left out. */
    public static List<String> in(List<RouteDefinition> routes) {
        Map<String, List<String>> begins = routes.stream().filter(route -> route.getAutoStartup() == null)
                .filter(route -> DeadEnds.name(route.getInput().getEndpointUri()).startsWith("direct:"))
                .collect(Collectors.groupingBy(route -> DeadEnds.name(route.getInput().getEndpointUri()), TreeMap::new,
                        Collectors.mapping(RouteDefinition::getRouteId, Collectors.toList())));
        return begins.entrySet().stream().filter(each -> each.getValue().size() > 1)
                .map(each -> "the routes " + String.join(" and ", each.getValue()) + " begin with " + each.getKey()
                        + ". Keep one of them, or let the other begin with a name of its own")
                .toList();
    }
}
