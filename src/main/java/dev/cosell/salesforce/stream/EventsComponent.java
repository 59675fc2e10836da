package dev.cosell.salesforce.stream;

import dev.cosell.connection.Connection;
import dev.cosell.connection.Turn;
import dev.cosell.salesforce.SalesforceSignIn;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.apache.camel.Endpoint;
import org.apache.camel.component.salesforce.SalesforceComponent;
import org.apache.camel.support.DefaultComponent;

/**
 * {@code salesforce-events:OpportunityChangeEvent}: a consumer of Change Data Capture. It starts whether or not
 * Salesforce can be reached, never falls silent for good, and goes on behind the last position that the route has
 * stored. The body of each exchange is a {@link ChangeEvent}; an exchange that ends with an exception makes its event
 * come again.
 */
public final class EventsComponent extends DefaultComponent {
    public static final String SCHEME = "salesforce-events";

    private final Connection connection;
    private final EventStream stream;
    private final UnaryOperator<String> positions;
    private final Supplier<Turn> turn;

    /**
     * @param positions gives the stored position of a {@link ChangeEvent#source source}; null when there is none
     * @param turn      whether it is this instance that listens; asked when the route starts
     */
    public EventsComponent(Connection connection, EventStream stream, UnaryOperator<String> positions,
            Supplier<Turn> turn) {
        this.turn = turn;
        this.connection = connection;
        this.stream = stream;
        this.positions = positions;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        return new EventsEndpoint(uri, this, remaining);
    }

    EventStream stream() {
        return stream;
    }

    SalesforceSignIn signIn() {
        return new SalesforceSignIn(() -> getCamelContext().getComponent("salesforce", SalesforceComponent.class),
                connection);
    }

    Turn turn() {
        return turn.get();
    }

    String position(String source) {
        return positions.apply(source);
    }
}
