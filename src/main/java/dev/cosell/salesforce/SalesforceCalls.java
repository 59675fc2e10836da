package dev.cosell.salesforce;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cosell.connection.Connection;
import dev.cosell.http.Pause;
import dev.cosell.sync.Fault;
import java.io.IOException;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * Both ends of a call through camel-salesforce. The component takes options and request headers from the message and leaves
 * answer headers on it, so the message goes in bare and the caller's headers come back afterwards.
 */
public final class SalesforceCalls {
    private static final String HEADERS = "cosell.salesforce.headers";
    private static final String COMPOSITE = "cosell.salesforce.composite";
    /** Events of what we write carry the name in here, by which they are known as our own. */
    private static final String CALL_OPTIONS = "Sforce-Call-Options";

    private final ObjectMapper json;
    private final Pause pause;
    private final Connection connection;

    /** @param json reads decimals as BigDecimal */
    public SalesforceCalls(ObjectMapper json, Clock clock) {
        this(json, clock, new Connection(SalesforceErrors.SYSTEM, clock));
    }

    /** @param connection broken, it refuses calls before they are made */
    public SalesforceCalls(ObjectMapper json, Clock clock, Connection connection) {
        this.connection = connection;
        this.json = json;
        this.pause = new Pause(SalesforceErrors.SYSTEM, clock);
    }

    /** Body in: SOQL, or a composite request. */
    public void prepare(Exchange exchange) throws IOException {
        Message message = exchange.getMessage();
        exchange.setProperty(HEADERS, new HashMap<>(message.getHeaders()));
        message.removeHeaders("*");
        connection.check();
        pause.check();
        message.setHeader(CALL_OPTIONS, "client=" + SalesforceConnection.CLIENT_NAME);
        if (message.getBody() instanceof CompositeRequest composite) {
            exchange.setProperty(COMPOSITE, composite);
            message.setBody(json.writeValueAsBytes(composite.json()));
        }
    }

    /** Body out: the query answer as a map, or a {@link CompositeAnswer}. */
    public void receive(Exchange exchange) {
        Message message = exchange.getMessage();
        Integer status = message.getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class);
        Object tree = tree(message.getBody(byte[].class));
        CompositeRequest composite = restore(exchange);
        String about = about(composite);
        // A raw composite answers an error status without an exception.
        if (status == null || status >= 300) {
            throw connection.noted(pause.noted(SalesforceErrors.fault(status == null ? 0 : status, SalesforceErrors.parse(tree), about)));
        }
        connection.worked();
        if (!(tree instanceof Map<?, ?> answer)) {
            throw new Fault.Transient(SalesforceErrors.SYSTEM, "Salesforce gave an answer that is not JSON for " + about);
        }
        if (composite == null) {
            message.setBody(answer);
        } else if (answer.get("compositeResponse") instanceof List<?> parts) {
            message.setBody(new CompositeAnswer(parts, about));
        } else {
            throw new Fault.Transient(SalesforceErrors.SYSTEM, "Salesforce gave no answer to the parts of " + about);
        }
    }

    /** For the route's catch of whatever the component throws. */
    public void failed(Exchange exchange) {
        CompositeRequest composite = restore(exchange);
        throw connection.noted(pause.noted(SalesforceErrors.fault(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class), about(composite))));
    }

    private static String about(CompositeRequest composite) {
        return composite == null ? "a query" : composite.about();
    }

    @SuppressWarnings("unchecked")
    private static CompositeRequest restore(Exchange exchange) {
        Message message = exchange.getMessage();
        message.removeHeaders("*");
        message.getHeaders().putAll((Map<String, Object>) exchange.removeProperty(HEADERS));
        return (CompositeRequest) exchange.removeProperty(COMPOSITE);
    }

    private Object tree(byte[] bytes) {
        try {
            return bytes == null ? null : json.readValue(bytes, Object.class);
        } catch (IOException notJson) {
            return null;
        }
    }
}
