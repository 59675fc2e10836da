package dev.cosell.queue;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Route;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.RoutePolicy;
import org.apache.camel.spi.RoutePolicyFactory;
import org.apache.camel.support.RoutePolicySupport;

/** How often each verb of a system has succeeded, for whichever record, and in which one an exchange has failed. */
public final class VerbCounts implements RoutePolicyFactory {
    private static final String FAILED_VERB = "cosell.failed-verb";

    private final List<String> systems;
    private final Map<String, LongAdder> succeeded = new ConcurrentHashMap<>();

    /** @param systems their names, with which the ids of their verbs begin */
    public VerbCounts(List<String> systems) {
        this.systems = List.copyOf(systems);
    }

    @Override
    public RoutePolicy createRoutePolicy(CamelContext context, String routeId, NamedNode route) {
        boolean verb = systems.stream().anyMatch(system -> routeId.startsWith(system + "-"))
                && route instanceof RouteDefinition definition && definition.getInput() != null
                && definition.getInput().getEndpointUri().startsWith("direct:");
        return verb ? new Outcome(routeId) : null;
    }

    /** The verb that has failed last, the outer one where verbs call each other; null for none. */
    static String failed(Exchange exchange) {
        return exchange.getProperty(FAILED_VERB, String.class);
    }

    long succeeded(String verb) {
        return count(verb).sum();
    }

    private LongAdder count(String verb) {
        return succeeded.computeIfAbsent(verb, each -> new LongAdder());
    }

    private final class Outcome extends RoutePolicySupport {
        private final String verb;
        private final LongAdder successes;

        Outcome(String verb) {
            this.verb = verb;
            this.successes = count(verb);
        }

        @Override
        public void onExchangeDone(Route route, Exchange exchange) {
            if (exchange.getException() == null) {
                successes.increment();
            } else {
                exchange.setProperty(FAILED_VERB, verb);
            }
        }
    }
}
