package dev.cosell.operations;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.component.jms.JmsConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jms.listener.AbstractMessageListenerContainer;

/**
 * Leaves the hints of a CRM in their queue while nothing could be done with them. The routes stay started, so that a
 * person's pause is told apart from this, and the readiness of the application does not depend on somebody else's
 * sign-in or limits.
 */
final class HeldQueues {
    private static final Logger LOG = LoggerFactory.getLogger(HeldQueues.class);

    private final CamelContext camel;
    private final Predicate<String> rests;
    private final List<String> crms;
    private final Set<String> held = new HashSet<>();

    /** @param rests whether the hints of this CRM are to be left where they are */
    HeldQueues(CamelContext camel, Predicate<String> rests, List<String> crms) {
        this.camel = camel;
        this.rests = rests;
        this.crms = List.copyOf(crms);
    }

    /** Brings what is taken from the queues in line; again and again, because a live reload makes new consumers. */
    synchronized void align() {
        for (String crm : crms) {
            Route route = camel.getRoute("sync-" + crm);
            if (route != null && route.getConsumer() instanceof JmsConsumer consumer) {
                align(crm, consumer);
            }
        }
    }

    private void align(String crm, JmsConsumer consumer) {
        boolean rest = rests.test(crm);
        if (!rest && !held.contains(crm)) {
            return;
        }
        try {
            AbstractMessageListenerContainer container = consumer.getListenerContainer();
            if (rest && container.isRunning()) {
                container.stop();
            } else if (!rest && !container.isRunning()
                    && camel.getRouteController().getRouteStatus("sync-" + crm).isStarted()) {
                container.start();
            }
        } catch (Exception later) {
            LOG.debug("The queue of {} could not be brought in line", crm, later);
            return;
        }
        if (rest) {
            held.add(crm);
        } else {
            held.remove(crm);
        }
    }
}
