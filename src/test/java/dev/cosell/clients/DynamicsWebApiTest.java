package dev.cosell.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The npm package dynamics-web-api takes the sandbox for a Dynamics 365 environment. */
class DynamicsWebApiTest {

    @TestFactory
    Stream<DynamicTest> worksWithTheSandbox() {
        List<NodeClient.Outcome> outcomes;
        try (RunningSandbox sandbox = new RunningSandbox()) {
            outcomes = new NodeClient("dataverse").run(sandbox.dynamics(), sandbox.tokenAddress());
        }
        assertThat(outcomes).as("cases that the script told of").hasSizeGreaterThan(70);
        return outcomes.stream().map(outcome -> DynamicTest.dynamicTest(outcome.name(), () -> assertThat(outcome.failure()).isNull()));
    }
}
