package dev.cosell.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.sandbox.salesforce.SalesforceSandbox;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The Salesforce sandbox as jsforce sees it, a client that nobody here wrote. The cases are in
 * src/test/clients/salesforce.
 */
class JsforceTest {

    @TestFactory
    List<DynamicTest> jsforceFindsASalesforceOrg() {
        NodeProgram program = NodeProgram.installed("salesforce");
        Vertx vertx = Vertx.vertx();
        try (SalesforceSandbox sandbox = new SalesforceSandbox(vertx, Clock.systemUTC())) {
            List<NodeProgram.Case> cases = program.cases("http://127.0.0.1:" + sandbox.listen("127.0.0.1", 0));
            assertThat(cases).as("cases told by the program").hasSizeGreaterThan(70);
            return cases.stream().map(NodeProgram.Case::asTest).toList();
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }
}
