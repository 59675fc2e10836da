package dev.cosell.salesforce;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cosell.connection.Connection;
import dev.cosell.connection.Pause;
import dev.cosell.http.NotConnected;
import dev.cosell.http.ReceivedJson;
import dev.cosell.http.StrangeAnswer;
import dev.cosell.salesforce.SalesforceErrors.ApiError;
import dev.cosell.text.Storable;
import dev.cosell.verbs.Fault;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.salesforce.api.SalesforceException;
import org.apache.camel.component.salesforce.api.dto.RestError;
import org.eclipse.jetty.client.HttpResponseException;

/**
 * Both ends of a call through camel-salesforce. The component takes options and request headers from the message and
 * leaves answer headers on it, so the message goes in bare and the caller's headers come back afterwards.
 */
public final class SalesforceCalls {
    private static final String HEADERS = "cosell.salesforce.headers";
    private static final String COMPOSITE = "cosell.salesforce.composite";
    /** Events of what we write carry the name in here, by which they are known as our own. */
    private static final String CALL_OPTIONS = "Sforce-Call-Options";

    private static final String LIMIT_INFO = "Sforce-Limit-Info";
    private static final int LONGEST_REASON = 160;

    private final ObjectMapper json;
    private final ReceivedJson received;
    private final Pause pause;
    private final Connection connection;
    private final CallBudget budget;

    /** @param json reads decimals as BigDecimal */
    public SalesforceCalls(ObjectMapper json, Clock clock) {
        this(json, clock, new Connection(SalesforceErrors.SYSTEM, clock), CallBudget.none(clock));
    }

    /**
     * @param connection broken, it refuses calls before they are made
     * @param budget     spent, it does so too
     */
    public SalesforceCalls(ObjectMapper json, Clock clock, Connection connection, CallBudget budget) {
        this.connection = connection;
        this.budget = budget;
        this.json = json;
        this.received = new ReceivedJson(SalesforceErrors.SYSTEM, json, CompositeText::read);
        this.pause = connection.pause();
    }

    /** Body in: SOQL, or a composite request. */
    public void prepare(Exchange exchange) throws IOException {
        GuardedSalesforceComponent salesforce = exchange.getContext().getComponent("salesforce",
                GuardedSalesforceComponent.class);
        long logins = salesforce.logins();
        Message message = exchange.getMessage();
        exchange.setProperty(HEADERS, new HashMap<>(message.getHeaders()));
        message.removeHeaders("*");
        message.setHeader(CALL_OPTIONS, "client=" + SalesforceConnection.CLIENT_NAME);
        connection.check();
        pause.check();
        salesforce.token(null, logins);
        budget.take();
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
        budget.noted(message.getHeader(LIMIT_INFO, String.class));
        CompositeRequest composite = restore(exchange);
        String about = about(composite);
        // A raw composite answers an error status without an exception.
        if (status == null || status >= 300) {
            throw noted(SalesforceErrors.fault(status == null ? 0 : status, SalesforceErrors.parse(tree), about));
        }
        connection.worked();
        if (!(tree instanceof Map<?, ?> answer)) {
            throw StrangeAnswer.fault(SalesforceErrors.SYSTEM, "to " + about + " with something that is no JSON");
        }
        if (composite == null) {
            message.setBody(rows(answer));
        } else if (answer.get("compositeResponse") instanceof List<?> parts) {
            message.setBody(new CompositeAnswer(parts, about));
        } else {
            throw StrangeAnswer.fault(SalesforceErrors.SYSTEM, "to " + about + " without its parts");
        }
    }

    private static Map<?, ?> rows(Map<?, ?> answer) {
        if (!(answer.get("records") instanceof List<?>)) {
            throw StrangeAnswer.fault(SalesforceErrors.SYSTEM, "to a query without a list");
        }
        return answer;
    }

    /** For the route's catch of whatever the component throws. */
    public void failed(Exchange exchange) {
        CompositeRequest composite = restore(exchange);
        throw noted(fault(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class), about(composite)));
    }

    private Fault noted(Fault fault) {
        if (fault instanceof Fault.Throttled throttled && throttled.retryAfter().equals(SalesforceErrors.QUOTA_PAUSE)) {
            budget.refused(throttled.retryAfter());
        }
        return connection.noted(pause.noted(fault));
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

    /** The fault behind whatever camel-salesforce has thrown. */
    private Fault fault(Throwable thrown, String about) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof Fault fault) {
                return fault;
            }
            if (cause instanceof SalesforceException salesforce && !errors(salesforce).isEmpty()) {
                return SalesforceErrors.fault(salesforce.getStatusCode(), errors(salesforce), about);
            }
            if (cause instanceof HttpResponseException refused && refused.getResponse().getStatus() == 401) {
                return SalesforceErrors.fault(401, List.of(), about);
            }
        }
        if (thrown instanceof SalesforceException salesforce && salesforce.getStatusCode() > 300) {
            return SalesforceErrors.fault(salesforce.getStatusCode(), List.of(), about);
        }
        String words = noAnswer(thrown, about);
        return NotConnected.is(thrown) ? Fault.Transient.undone(SalesforceErrors.SYSTEM, words, thrown)
                : new Fault.Transient(SalesforceErrors.SYSTEM, words, thrown);
    }

    static String noAnswer(Throwable thrown, String about) {
        Throwable last = thrown;
        while (last.getCause() != null) {
            last = last.getCause();
        }
        return "Salesforce gave no answer for " + about + ": " + words(last);
    }

    private static String words(Throwable last) {
        if (last instanceof EOFException || last instanceof ClosedChannelException) {
            return "the connection was closed";
        }
        String name = last.getClass().getSimpleName();
        return last instanceof SalesforceException || last.getMessage() == null ? name
                : name + " " + shortened(last.getMessage());
    }

    /** The HTTP client tells its whole inner state along with the reason. */
    private static String shortened(String reason) {
        return Storable.shortened(reason, LONGEST_REASON + 1);
    }

    /** Of a raw call the component reads no errors: its message is the whole answer. */
    private List<ApiError> errors(SalesforceException refused) {
        if (refused.getErrors() != null && !refused.getErrors().isEmpty()) {
            return refused.getErrors().stream().map(SalesforceCalls::error).toList();
        }
        return refused.getMessage() == null ? List.of()
                : SalesforceErrors.parse(tree(refused.getMessage().getBytes(StandardCharsets.UTF_8)));
    }

    private static ApiError error(RestError error) {
        return new ApiError(error.getErrorCode(), error.getMessage(),
                error.getFields() == null ? List.of() : error.getFields());
    }

    private Object tree(byte[] bytes) {
        try {
            return bytes == null ? null : received.tree(bytes);
        } catch (IOException notJson) {
            return null;
        }
    }
}
