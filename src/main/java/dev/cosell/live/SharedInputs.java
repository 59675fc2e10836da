package dev.cosell.live;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteDefinition;

/**
 * Routes that begin with the same {@code direct:} name, of which only one can run. Camel finds that out when it starts
 * the second one.
 */
final class SharedInputs {
    private SharedInputs() {}

    /** A sentence for each such name, of a context that has loaded its routes; those that do not start are left out. */
    static List<String> in(ModelCamelContext camel) {
        Map<String, List<String>> begins = camel.getRouteDefinitions().stream().filter(route -> starts(route, camel))
                .filter(route -> DeadEnds.name(route.getInput().getEndpointUri()).startsWith("direct:"))
                .collect(Collectors.groupingBy(route -> DeadEnds.name(route.getInput().getEndpointUri()), TreeMap::new,
                        Collectors.mapping(RouteDefinition::getRouteId, Collectors.toList())));
        return begins.entrySet().stream().filter(each -> each.getValue().size() > 1)
                .map(each -> "The routes " + String.join(" and ", each.getValue()) + " begin with " + each.getKey()
                        + ". Keep one of them, or let the other begin with a name of its own")
                .toList();
    }

    /** By the settings, which may say so with a placeholder. */
    private static boolean starts(RouteDefinition route, ModelCamelContext camel) {
        String autoStartup = camel.resolvePropertyPlaceholders(route.getAutoStartup());
        return autoStartup == null || Boolean.parseBoolean(autoStartup);
    }
}
