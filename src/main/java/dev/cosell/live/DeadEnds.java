package dev.cosell.live;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.NamedNode;
import org.apache.camel.component.direct.DirectEndpoint;
import org.apache.camel.model.EndpointRequiredDefinition;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.spi.Resource;

/**
 * Calls of a {@code direct:} route that is not there, which would only be noticed by the first record that takes them.
 */
final class DeadEnds {
    private DeadEnds() {}

    /** A sentence for each, of a context that has loaded its routes. */
    static List<String> in(ModelCamelContext camel) {
        Set<String> heard = camel.getRouteDefinitions().stream().map(route -> name(route.getInput().getEndpointUri()))
                .collect(Collectors.toSet());
        return camel.getEndpoints().stream().filter(DirectEndpoint.class::isInstance)
                .map(endpoint -> name(endpoint.getEndpointUri())).filter(called -> !heard.contains(called)).distinct()
                .sorted()
                .map(called -> "No route begins with " + called + caller(called, camel)
                        + ". Add that route, or correct its name where it is called")
                .toList();
    }

    /** Empty for a call that stands in an expression. */
    private static String caller(String called, ModelCamelContext camel) {
        // Camel copies the policies into every route, so they are asked first.
        Stream<String> policies = camel.getRouteConfigurationDefinitions().stream().flatMap(policy -> steps(called,
                policy.getOnExceptions()).map(step -> words(step, policy.getId(), policy.getResource())));
        Stream<String> routes = camel.getRouteDefinitions().stream().flatMap(route -> steps(called,
                route.getOutputs()).map(step -> words(step, "the route " + route.getRouteId(), route.getResource())));
        return Stream.concat(policies, routes).findFirst().map(words -> ", which " + words + " calls").orElse("");
    }

    private static Stream<String> steps(String called, List<? extends ProcessorDefinition<?>> within) {
        return ProcessorDefinitionHelper.filterTypeInOutputs(List.copyOf(within), EndpointRequiredDefinition.class)
                .stream().filter(step -> name(step.getEndpointUri()).equals(called))
                .map(step -> ((NamedNode) step).getId());
    }

    private static String words(String step, String of, Resource file) {
        String location = file == null ? "" : file.getLocation();
        return "the step " + step + " of " + of
                + (location.isEmpty() ? "" : " in " + location.substring(location.lastIndexOf('/') + 1));
    }

    static String name(String uri) {
        String whole = uri.replace("://", ":");
        return whole.contains("?") ? whole.substring(0, whole.indexOf('?')) : whole;
    }
}
