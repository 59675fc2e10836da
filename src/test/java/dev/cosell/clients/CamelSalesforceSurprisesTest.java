package dev.cosell.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.component.salesforce.SalesforceComponent;
import org.apache.camel.component.salesforce.api.SalesforceException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What camel-salesforce does that one would not expect, and that this application works around (docs/coverage.md). */
class CamelSalesforceSurprisesTest {
    private static final String QUERY = "SELECT Id FROM Account";
    private static final String CREATE = "createSObject?rawPayload=true&sObjectName=Account";
    private static final String TOKEN = "POST /services/oauth2/token";

    private static RunningSandbox sandbox;
    private static SalesforceOfCamel salesforce;

    @BeforeAll
    static void start() {
        sandbox = new RunningSandbox();
        salesforce = SalesforceOfCamel.withClientCredentials(sandbox.salesforce());
    }

    @AfterAll
    static void stop() {
        salesforce.close();
        sandbox.close();
    }

    @BeforeEach
    void reset() {
        salesforce.sandbox("POST", "/sandbox/reset", null);
        salesforce.json("query?rawPayload=true", QUERY);
        salesforce.sandbox("POST", "/sandbox/stats/reset", null);
    }

    private static void fault(String rule) {
        salesforce.sandbox("POST", "/sandbox/faults", rule);
    }

    private static SalesforceException refusal(Exchange exchange) {
        return (SalesforceException) catchThrowable(() -> {
            throw exchange.getException();
        });
    }

    @Test
    void aQueryWithoutRawPayloadGivesBackItsOwnText() {
        Exchange exchange = salesforce.call("query", QUERY);
        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getBody()).isEqualTo(QUERY);
        assertThat(salesforce.calls("GET /services/data/query")).as("it was asked all the same").isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"503, SERVER_UNAVAILABLE", "403, REQUEST_LIMIT_EXCEEDED", "400, UNABLE_TO_LOCK_ROW",
            "500, UNKNOWN_EXCEPTION"})
    void nothingIsRetriedThatMightHelp(int status, String code) {
        fault("{\"path\":\"/sobjects\",\"status\":" + status
                + ",\"headers\":{\"Retry-After\":\"1\"},\"body\":[{\"errorCode\":\"" + code
                + "\",\"message\":\"later\"}]}");
        Exchange exchange = salesforce.call(CREATE, "{\"Name\":\"A\"}");
        assertThat(refusal(exchange).getStatusCode()).isEqualTo(status);
        assertThat(refusal(exchange).getErrors()).singleElement()
                .satisfies(error -> assertThat(error.getErrorCode()).isEqualTo(code));
        assertThat(exchange.getMessage().getHeaders()).doesNotContainKey("Retry-After");
        assertThat(salesforce.calls("POST /services/data/sobjects/Account")).isEqualTo(1);
    }

    @Test
    void twoRefusedSessionsInARowAreSurvived() {
        fault("{\"path\":\"/sobjects\",\"times\":2,\"status\":401,\"body\":[{\"errorCode\":\"INVALID_SESSION_ID\","
                + "\"message\":\"Session expired or invalid\"}]}");
        assertThat(salesforce.json(CREATE, "{\"Name\":\"A\"}").get("success").asBoolean()).isTrue();
        assertThat(salesforce.calls(TOKEN)).isEqualTo(2);
    }

    @Test
    void anAnswerSlowerThanTheIdleTimeIsLostAndTheWriteIsDone() {
        assertThat(new SalesforceComponent().getHttpClientIdleTimeout()).as("although a request may take a minute")
                .isEqualTo(10_000);
        try (SalesforceOfCamel hasty = new SalesforceOfCamel(sandbox.salesforce(), component -> {
            component.setClientSecret("sandbox");
            component.setHttpClientIdleTimeout(300);
        })) {
            fault("{\"path\":\"/sobjects\",\"delayMillis\":1200}");
            assertThat(refusal(hasty.call(CREATE, "{\"Name\":\"Slow\"}")).getStatusCode()).isZero();
            // Its end would end the session with which the call is still under way.
            Awaitility.await().until(() -> salesforce.calls("POST /services/data/sobjects/Account") == 1);
        }
        assertThat(accounts()).as("written all the same").isEqualTo(1);
    }

    @Test
    void anAnswerAboveFourMebibytesFailsWithStatus200() {
        fault("{\"path\":\"/query\",\"status\":200,\"body\":{\"totalSize\":0,\"done\":true,\"records\":[],"
                + "\"padding\":\""
                + "x".repeat(5 * 1024 * 1024) + "\"}}");
        assertThat(refusal(salesforce.call("query?rawPayload=true", QUERY)).getStatusCode()).isIn(0, 200);
    }

    @Test
    void aThirdKeyInARefusedLoginHidesItsWords() {
        String words = "{\"path\":\"oauth2/token\",\"times\":9,\"status\":400,\"body\":{\"error\":\"inactive_user\","
                + "\"error_description\":\"user is inactive\"%s}}";
        fault(words.formatted(""));
        assertThatThrownBy(() -> SalesforceOfCamel.withClientCredentials(sandbox.salesforce())).rootCause()
                .hasMessageContaining("user is inactive");
        salesforce.sandbox("DELETE", "/sandbox/faults", null);
        fault(words.formatted(",\"hint\":\"x\""));
        assertThatThrownBy(() -> SalesforceOfCamel.withClientCredentials(sandbox.salesforce())).rootCause()
                .hasMessageContaining("Unrecognized field")
                .hasMessageNotContaining("user is inactive");
    }

    @Test
    void callsThatMeetAnEndedSessionTogetherLogInEachForItself() {
        salesforce.sandbox("POST", "/sandbox/sessions/expire", null);
        fault("{\"path\":\"/sobjects\",\"delayMillis\":400,\"times\":10}");
        List<CompletableFuture<JsonNode>> calls = IntStream.range(0, 10)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> salesforce.json(CREATE, "{\"Name\":\"A\"}"),
                        task -> new Thread(task).start()))
                .toList();
        assertThat(calls).allSatisfy(call -> assertThat(call.join().get("success").asBoolean()).isTrue());
        assertThat(salesforce.calls(TOKEN)).isBetween(2, 10);
    }

    @Test
    void aCompositeWithRawPayloadRaisesNothing() {
        Exchange exchange = salesforce.call("composite?rawPayload=true", "{\"compositeRequest\":[]}");
        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE, String.class)).isEqualTo("400");
        assertThat(exchange.getMessage().getBody(String.class)).contains("\"errorCode\"");
    }

    @Test
    void allOrNoneCountsAsAHeaderOnly() {
        List<Map<String, Object>> rows = List.of(Map.of("attributes", Map.of("type", "Account"), "Name", "Good"),
                Map.of("attributes", Map.of("type", "Account")));
        salesforce.call("compositeCreateSObjectCollections?allOrNone=true", rows);
        assertThat(accounts()).as("the good row was kept").isEqualTo(1);
        salesforce.call("compositeCreateSObjectCollections", rows, Map.of("allOrNone", true));
        assertThat(accounts()).isEqualTo(1);
        salesforce.call("compositeCreateSObjectCollections", rows);
        assertThat(accounts()).isEqualTo(2);
    }

    private static int accounts() {
        return salesforce.json("query?rawPayload=true", "SELECT COUNT() FROM Account").get("totalSize").asInt();
    }
}
