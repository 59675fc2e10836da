package dev.cosell.salesforce.stream;

import dev.cosell.salesforce.stream.Subscription.Subject;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultConsumer;

/** Keeps a subscription while its route is started. */
final class EventsConsumer extends DefaultConsumer {
    private Subscription subscription;
    private ScheduledExecutorService thread;

    EventsConsumer(EventsEndpoint endpoint, Processor processor) {
        super(endpoint, processor);
    }

    @Override
    public EventsEndpoint getEndpoint() {
        return (EventsEndpoint) super.getEndpoint();
    }

    /** Returns before anybody is called: Salesforce may be away for hours. */
    @Override
    protected void doStart() throws Exception {
        super.doStart();
        EventsEndpoint endpoint = getEndpoint();
        EventsComponent component = endpoint.getComponent();
        thread = endpoint.getCamelContext().getExecutorServiceManager().newSingleThreadScheduledExecutor(this,
                "SalesforceEvents");
        subscription = new Subscription(
                new Subject(endpoint.channel(), endpoint.source(), () -> component.position(endpoint.source()),
                        component.turn()),
                component.signIn(), component.stream(), this::carry, thread);
        subscription.start();
    }

    @Override
    protected void doStop() throws Exception {
        if (subscription != null) {
            subscription.stop();
            subscription = null;
            getEndpoint().getCamelContext().getExecutorServiceManager().shutdownNow(thread);
        }
        super.doStop();
    }

    private void carry(ChangeEvent event) throws Exception {
        Exchange exchange = createExchange(false);
        try {
            exchange.getMessage().setBody(event);
            getProcessor().process(exchange);
            if (exchange.getException() != null) {
                throw exchange.getException();
            }
        } finally {
            releaseExchange(exchange, false);
        }
    }
}
