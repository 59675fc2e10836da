package dev.cosell.app;

import dev.cosell.connection.Connections;
import dev.cosell.salesforce.SalesforceConnection;
import dev.cosell.salesforce.stream.ChangeEvents;
import dev.cosell.salesforce.stream.EventStream;
import dev.cosell.salesforce.stream.EventsComponent;
import dev.cosell.settings.Key;
import dev.cosell.settings.Settings;
import dev.cosell.sync.books.LinkStore;
import dev.cosell.sync.books.Watermarks;
import java.time.Clock;
import org.apache.camel.spi.Registry;

/** The beans and the component that {@code routes/salesforce-streaming.camel.yaml} names; without events they only wait. */
final class StreamingBeans {
    private static final String SYSTEM = "salesforce";

    private final Settings settings;
    private final Connections connections;
    private final EventStream stream;

    StreamingBeans(Settings settings, Clock clock, Connections connections) {
        this.settings = settings;
        this.connections = connections;
        this.stream = new EventStream(clock);
    }

    void bind(Registry registry, LinkStore links) {
        registry.bind("salesforceStream", stream);
        registry.bind("salesforceEvents", new ChangeEvents(id -> links.findByCrmId(SYSTEM, id).isPresent(),
                settings.text(Key.SALESFORCE_SYNC_FIELD), SalesforceConnection.CLIENT_NAME));
    }

    void bindComponent(Registry registry) {
        registry.bind(EventsComponent.SCHEME, new EventsComponent(connections.of(SYSTEM), stream,
                source -> registry.lookupByNameAndType("watermarks", Watermarks.class).read(source)));
    }
}
