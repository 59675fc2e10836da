package dev.cosell.clients;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.salesforce.SalesforceComponent;
import org.apache.camel.component.salesforce.SalesforceEndpointConfig;
import org.apache.camel.impl.DefaultCamelContext;

/** The camel-salesforce component as it comes, without anything of this application, in a context of its own. */
final class SalesforceOfCamel implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    final SalesforceComponent component = new SalesforceComponent();
    private final DefaultCamelContext context = new DefaultCamelContext();
    private final String url;
    private final ProducerTemplate template;

    /** @param settings makes the component log in some way; the address of the org is set already */
    SalesforceOfCamel(String url, Consumer<SalesforceComponent> settings) {
        this.url = url;
        context.disableJMX();
        component.setLoginUrl(url);
        component.setClientId("sandbox");
        SalesforceEndpointConfig config = new SalesforceEndpointConfig();
        config.setApiVersion("56.0");
        component.setConfig(config);
        settings.accept(component);
        context.addComponent("salesforce", component);
        template = context.createProducerTemplate();
        context.start();
    }

    static SalesforceOfCamel withClientCredentials(String url) {
        return new SalesforceOfCamel(url, component -> component.setClientSecret("sandbox"));
    }

    /** What an operation made of a body; the exchange holds its exception, if there was one. */
    Exchange call(String operation, Object body, Map<String, Object> headers) {
        return template.request("salesforce:" + operation, exchange -> {
            exchange.getMessage().setBody(body);
            exchange.getMessage().setHeaders(new java.util.HashMap<>(headers));
        });
    }

    Exchange call(String operation, Object body) {
        return call(operation, body, Map.of());
    }

    /** The answer of an operation whose raw payload is JSON; throws what the operation threw. */
    JsonNode json(String operation, Object body) {
        Exchange exchange = call(operation, body);
        if (exchange.getException() != null) {
            throw new IllegalStateException(exchange.getException());
        }
        return tree(exchange.getMessage().getBody(String.class));
    }

    /** A call to the sandbox past the component; the answer as JSON, or null when it is empty. */
    JsonNode sandbox(String method, String path, String body) {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(url + path))
                    .method(method, body == null ? HttpRequest.BodyPublishers.noBody()
                            : HttpRequest.BodyPublishers.ofString(body))
                    .build();
            String answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body();
            return answer.isEmpty() ? null : tree(answer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** How many calls of a kind the sandbox had, such as {@code POST /services/oauth2/token}. */
    int calls(String kind) {
        return sandbox("GET", "/sandbox/stats", null).path("calls").path(kind).asInt();
    }

    private static JsonNode tree(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        context.stop();
    }
}
