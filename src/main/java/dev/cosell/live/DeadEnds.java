package dev.cosell.live;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.component.direct.DirectEndpoint;
import org.apache.camel.impl.DefaultCamelContext;

/**
 * Calls of a {@code direct:} route that is not there, which would only be noticed by the first record that takes them.
 */
public final class DeadEnds {
    private DeadEnds() {}

    /** A sentence for each, of a context that has loaded its routes. */
    public static List<String> in(DefaultCamelContext camel) {
        Set<String> heard = camel.getRouteDefinitions().stream().map(route -> name(route.getInput().getEndpointUri()))
                .collect(Collectors.toSet());
        return camel.getEndpoints().stream().filter(DirectEndpoint.class::isInstance)
                .map(endpoint -> name(endpoint.getEndpointUri())).filter(called -> !heard.contains(called)).distinct()
                .sorted()
                .map(called -> "no route begins with " + called).toList();
    }

    static String name(String uri) {
        String whole = uri.replace("://", ":");
        return whole.contains("?") ? whole.substring(0, whole.indexOf('?')) : whole;
    }
}
