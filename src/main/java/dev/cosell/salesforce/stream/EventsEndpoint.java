package dev.cosell.salesforce.stream;

import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;

/** One kind of change events. */
final class EventsEndpoint extends DefaultEndpoint {
    private final String topic;

    EventsEndpoint(String uri, EventsComponent component, String topic) {
        super(uri, component);
        this.topic = topic;
    }

    String channel() {
        return "/data/" + topic;
    }

    /** Name under which the position is stored. */
    String source() {
        return EventsComponent.SCHEME + ":" + topic;
    }

    @Override
    public Producer createProducer() {
        throw new UnsupportedOperationException("Events are only received");
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        EventsConsumer consumer = new EventsConsumer(this, processor);
        configureConsumer(consumer);
        return consumer;
    }

    @Override
    public EventsComponent getComponent() {
        return (EventsComponent) super.getComponent();
    }

    @Override
    protected String createEndpointUri() {
        return source();
    }
}
