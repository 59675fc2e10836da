package dev.cosell.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.apache.camel.CamelContext;
import org.apache.camel.NamedNode;
import org.apache.camel.api.management.ManagedCamelContext;
import org.apache.camel.api.management.mbean.ManagedRouteMBean;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.ToDefinition;
import org.apache.camel.spi.RoutePolicy;
import org.apache.camel.spi.RoutePolicyFactory;

/**
 * What is measured of which route. The runs of all are counted by Camel for JMX already and are read from there when
 * somebody asks; only the syncs and the calls of the systems cost something of their own, because their situation or
 * their outcome belongs to the time they took.
 */
final class MeasuredRoutes implements RoutePolicyFactory {
    private static final String SYNC = "sync-";
    private static final String RUNS = "cosell.route.exchanges";
    /** Components that make a call of a system, beside one of Camel's with the name of that system. */
    private static final Set<String> CALLS = Set.of("http", "https");

    private final MeterRegistry meters;
    private final CamelContext camel;
    private final List<String> systems;

    MeasuredRoutes(MeterRegistry meters, CamelContext camel, List<String> systems) {
        this.meters = meters;
        this.camel = camel;
        this.systems = List.copyOf(systems);
    }

    /** Also for a route that a live reload makes anew. */
    @Override
    public RoutePolicy createRoutePolicy(CamelContext context, String routeId, NamedNode route) {
        count(routeId);
        if (routeId.startsWith(SYNC) && systems.contains(routeId.substring(SYNC.length()))) {
            return new SyncTimes(meters, routeId.substring(SYNC.length()));
        }
        if (route instanceof RouteDefinition definition && calls(definition)) {
            return systems.stream().filter(system -> routeId.startsWith(system + "-")).findFirst()
                    .map(system -> new CallTimes(meters, system)).orElse(null);
        }
        return null;
    }

    private boolean calls(RouteDefinition route) {
        return ProcessorDefinitionHelper.filterTypeInOutputs(route.getOutputs(), ToDefinition.class).stream()
                .map(ToDefinition::getUri)
                .filter(Objects::nonNull).map(uri -> uri.split(":")[0])
                .anyMatch(component -> CALLS.contains(component) || systems.contains(component));
    }

    /** Once for a name: what is registered asks for the route of that name, whichever it is by then. */
    private void count(String routeId) {
        if (meters.find(RUNS).tag("route", routeId).functionCounter() != null) {
            return;
        }
        counter("total", routeId, ManagedRouteMBean::getExchangesTotal, "Runs of a route since it was made.");
        counter("failed", routeId, ManagedRouteMBean::getExchangesFailed, "Runs of a route that ended with an error.");
        Gauge.builder(RUNS + ".inflight", camel, context ->
                of(routeId, ManagedRouteMBean::getExchangesInflight))
                .tag("route", routeId).description("Runs of a route that have not ended.").register(meters);
    }

    private void counter(String what, String routeId, ToDoubleFunction<ManagedRouteMBean> figure, String description) {
        String name = RUNS + (what.equals("total") ? "" : "." + what);
        FunctionCounter.builder(name, camel, context -> of(routeId, figure)).tag("route", routeId)
                .description(description).register(meters);
    }

    private double of(String routeId, ToDoubleFunction<ManagedRouteMBean> figure) {
        ManagedCamelContext managed = camel.getCamelContextExtension().getContextPlugin(ManagedCamelContext.class);
        ManagedRouteMBean route = managed == null ? null : managed.getManagedRoute(routeId);
        return route == null ? Double.NaN : figure.applyAsDouble(route);
    }
}
