package dev.cosell.live;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.NamedNode;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.RoutesDefinition;
import org.apache.camel.spi.ModelToYAMLDumper;

/**
 * Shows a route as it stands in its file, comments and placeholders included. Camel's own dumper writes YAML from the
 * model: it fails for a route with {@code noErrorHandler} and leaves out every {@code doCatch}.
 */
public final class RouteSource implements ModelToYAMLDumper {
    private final Supplier<Collection<String>> inForce;

    /** @param inForce the texts of the route files that the running routes were made from */
    public RouteSource(Supplier<Collection<String>> inForce) {
        this.inForce = inForce;
    }

    /** @throws IllegalArgumentException when the definition is no route of a file under {@code routes/} */
    @Override
    public String dumpModelAsYaml(CamelContext context, NamedNode definition) {
        if (definition instanceof RoutesDefinition routes) {
            return routes.getRoutes().stream().map(this::text).collect(Collectors.joining("\n"));
        }
        if (definition instanceof RouteDefinition route) {
            return text(route);
        }
        throw new IllegalArgumentException(
                "Only whole routes can be shown as YAML, not " + definition.getShortName() + " " + definition.getId());
    }

    /** Placeholders stay as they are written, whatever is asked for: what stands in for some of them is secret. */
    @Override
    public String dumpModelAsYaml(CamelContext context, NamedNode definition, boolean resolvePlaceholders,
            boolean uriAsParameters,
            boolean generatedIds, boolean sourceLocation) {
        return dumpModelAsYaml(context, definition);
    }

    @Override
    public String dumpBeansAsYaml(CamelContext context, List<Object> beans) {
        throw new IllegalArgumentException(
                "Beans are not shown as YAML; those that a file declares stand in the files under routes/");
    }

    @Override
    public String dumpDataFormatsAsYaml(CamelContext context, Map<String, Object> dataFormats) {
        throw new IllegalArgumentException("There are no data formats to show as YAML");
    }

    private String text(RouteDefinition route) {
        return inForce.get().stream().flatMap(text -> new RouteText(text).route(route.getRouteId()).stream())
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("No file under routes/ has a route " + route.getRouteId()));
    }
}
