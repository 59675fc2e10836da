package dev.cosell.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cosell.sandbox.salesforce.SalesforceSandbox;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/**
 * The Salesforce sandbox as the commands of the Salesforce CLI see it, which administrators use. The cases are in
 * src/test/clients/salesforce-cli. Its addresses begin with two slashes, and it asks for the columns of each query;
 * both once ended with a 404 or with "Value is not a JsonArray".
 */
@Tag("long")
class SalesforceCliTest {

    @TestFactory
    List<DynamicTest> theSalesforceCliFindsAnOrg() throws IOException, InterruptedException {
        NodeProgram program = NodeProgram.installed("salesforce-cli");
        Vertx vertx = Vertx.vertx();
        try (SalesforceSandbox sandbox = new SalesforceSandbox(vertx, Clock.systemUTC())) {
            String url = "http://127.0.0.1:" + sandbox.listen("127.0.0.1", 0);
            List<NodeProgram.Case> cases = program.cases(url, token(url));
            assertThat(cases).as("cases told by the program").hasSize(5);
            return cases.stream().map(NodeProgram.Case::asTest).toList();
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    private static String token(String url) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/services/oauth2/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers
                        .ofString("grant_type=client_credentials&client_id=sandbox&client_secret=sandbox"))
                .build();
        return new ObjectMapper()
                .readTree(HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body())
                .get("access_token").asText();
    }
}
