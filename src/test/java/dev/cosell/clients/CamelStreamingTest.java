package dev.cosell.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cosell.sandbox.salesforce.RunningSalesforce;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.salesforce.AuthenticationType;
import org.apache.camel.component.salesforce.SalesforceComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The streaming endpoint of the Salesforce sandbox as camel-salesforce sees it, which sends each kind of message to an own address. */
@Timeout(90)
class CamelStreamingTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final RunningSalesforce salesforce = new RunningSalesforce();
    private final List<JsonNode> events = new CopyOnWriteArrayList<>();
    private final ObjectMapper json = new ObjectMapper();
    private CamelContext camel;

    @BeforeEach
    void selectOpportunities() {
        salesforce.control("POST", "settings", "{\"changeDataCapture\":[\"Opportunity\"],\"pollSeconds\":2}");
    }

    @AfterEach
    void stop() throws Exception {
        camel.close();
        salesforce.close();
    }

    private void subscribe(long replayId, long fallback) throws Exception {
        camel = new DefaultCamelContext();
        SalesforceComponent component = new SalesforceComponent();
        component.setLoginUrl(salesforce.url);
        component.setAuthenticationType(AuthenticationType.CLIENT_CREDENTIALS);
        component.setClientId("sandbox");
        component.setClientSecret("sandbox");
        camel.addComponent("salesforce", component);
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("salesforce:subscribe:data/OpportunityChangeEvent?rawPayload=true&replayId=" + replayId + "&fallBackReplayId=" + fallback)
                        .process(exchange -> events.add(json.readTree(exchange.getMessage().getBody(String.class))));
            }
        });
        camel.start();
        await().atMost(PATIENCE).until(() -> salesforce.count("POST /cometd/56.0/subscribe") > 0);
    }

    private String change() {
        return salesforce.opportunity("{\"contact\":null,\"solutions\":null}");
    }

    private void arrived(int count) {
        await().atMost(PATIENCE).until(() -> events.size() >= count);
    }

    @Test
    void receivesOwnAndForeignChanges() throws Exception {
        subscribe(-1, -1);
        String id = change();
        arrived(1);
        salesforce.send("PATCH", RunningSalesforce.DATA + "sobjects/Opportunity/" + id, "{\"Amount\":5}", "Authorization",
                "Bearer " + salesforce.token(), "Content-Type", "application/json", "Sforce-Call-Options", "client=CoSellSync");
        await().atMost(PATIENCE).until(() -> headers().anyMatch(header -> !header.get("changeOrigin").asText().isEmpty()));

        JsonNode own = headers().filter(header -> !header.get("changeOrigin").asText().isEmpty()).findFirst().orElseThrow();
        assertThat(headers().findFirst().orElseThrow().get("changeOrigin").asText()).isEmpty();
        assertThat(own.get("changeOrigin").asText()).isEqualTo("com/salesforce/api/rest/56.0;client=CoSellSync");
        assertThat(own.get("recordIds").get(0).asText()).isEqualTo(id);
    }

    private Stream<JsonNode> headers() {
        return List.copyOf(events).stream().map(event -> event.findValue("ChangeEventHeader"));
    }

    @Test
    void logsInAgainWhenTheSessionEnds() throws Exception {
        subscribe(-1, -1);
        change();
        arrived(1);
        salesforce.control("POST", "sessions/expire", null);
        change();
        arrived(2);
        assertThat(salesforce.count("POST /services/oauth2/token")).isGreaterThanOrEqualTo(2);
    }

    @Test
    void shakesHandsAgainWhenTheServerForgotTheClient() throws Exception {
        subscribe(-1, -1);
        change();
        arrived(1);
        salesforce.control("POST", "streaming/forget", null);
        change();
        arrived(2);
    }

    @Test
    void readsFromTheBeginningWhenItsPositionIsRefused() throws Exception {
        String id = change();
        subscribe(4711, -2);
        arrived(1);
        assertThat(events.get(0).findValue("recordIds").get(0).asText()).isEqualTo(id);
    }
}
