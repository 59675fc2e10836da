package dev.cosell.crm.salesforce;

import dev.cosell.connection.Connections;
import dev.cosell.connection.Turn;
import dev.cosell.salesforce.SalesforceConnection;
import dev.cosell.salesforce.stream.ChangeEvents;
import dev.cosell.salesforce.stream.EventStream;
import dev.cosell.salesforce.stream.EventsComponent;
import dev.cosell.settings.Settings;
import dev.cosell.sync.books.Watermarks;
import dev.cosell.text.Moment;
import java.time.Clock;
import java.util.function.Predicate;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.Registry;

/**
 * The beans and the component of the route salesforce-streaming in {@code routes/salesforce.camel.yaml}; without events
 * they only wait.
 */
final class StreamingBeans {
    private static final String SYSTEM = SalesforceCrm.NAME;
    private static final String TURN = "salesforceTurn";

    private final Settings settings;
    private final Connections connections;
    private final EventStream stream;

    StreamingBeans(Settings settings, Clock clock, Connections connections) {
        this.settings = settings;
        this.connections = connections;
        this.stream = new EventStream(clock);
    }

    /**
     * @param linked whether an opportunity, by its id, is joined with a referral
     * @param turn   whether it is this instance that listens
     */
    void bind(Registry registry, Predicate<String> linked, Turn turn) {
        registry.bind(TURN, turn);
        registry.bind("salesforceStream", stream);
        registry.bind("salesforceEvents", new ChangeEvents(linked,
                settings.text(SalesforceKey.SYNC_FIELD), SalesforceConnection.CLIENT_NAME));
    }

    void bindComponent(Registry registry) {
        registry.bind(EventsComponent.SCHEME, new EventsComponent(connections.of(SYSTEM), stream,
                source -> registry.lookupByNameAndType("watermarks", Watermarks.class).read(source),
                () -> registry.lookupByNameAndType(TURN, Turn.class)));
    }

    /** For people: how the stream is, and when it last told something. */
    String sentence() {
        String state = stream.alarm().isEmpty() ? stream.state() + " since " + Moment.text(stream.since())
                : stream.alarm();
        return state + (stream.lastEvent() == null ? "; no event yet" : "; last event "
                + Moment.text(stream.lastEvent()));
    }

    AutoCloseable operations(CamelContext camel) {
        return new StreamingOperations(stream).register(camel);
    }
}
