package dev.cosell.operations;

import dev.cosell.connection.Connections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.component.jms.JmsConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jms.listener.AbstractMessageListenerContainer;

/**
 * Leaves the hints of a CRM in their queue while a connection they need is broken. The routes stay started, so that a person's
 * pause is told apart from this, and the readiness of the application does not depend on somebody else's sign-in.
 */
final class HeldQueues {
    private static final Logger LOG = LoggerFactory.getLogger(HeldQueues.class);

    private final CamelContext camel;
    private final Connections connections;
    private final List<String> crms;
    private final Set<String> held = new HashSet<>();

    HeldQueues(CamelContext camel, Connections connections, List<String> crms) {
        this.camel = camel;
        this.connections = connections;
        this.crms = List.copyOf(crms);
    }

    /** Brings what is taken from the queues in line with the connections; again and again, because a live reload makes new consumers. */
    synchronized void align() {
        for (String crm : crms) {
            Route route = camel.getRoute("sync-" + crm);
            if (route != null && route.getConsumer() instanceof JmsConsumer consumer) {
                align(crm, consumer);
            }
        }
    }

    private void align(String crm, JmsConsumer consumer) {
        boolean broken = connections.of("partner-center").broken() || connections.of(crm).broken();
        if (!broken && !held.contains(crm)) {
            return;
        }
        try {
            AbstractMessageListenerContainer container = consumer.getListenerContainer();
            if (broken && container.isRunning()) {
                container.stop();
            } else if (!broken && !container.isRunning() && camel.getRouteController().getRouteStatus("sync-" + crm).isStarted()) {
                container.start();
            }
        } catch (Exception later) {
            LOG.debug("The queue of {} could not be brought in line", crm, later);
            return;
        }
        if (broken) {
            held.add(crm);
        } else {
            held.remove(crm);
        }
    }
}
