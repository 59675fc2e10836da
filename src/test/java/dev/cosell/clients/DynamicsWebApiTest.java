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
        NodeProgram program = NodeProgram.installed("dataverse");
        try (RunningSandbox sandbox = new RunningSandbox()) {
            List<NodeProgram.Case> cases = program.cases(sandbox.dynamics(), sandbox.tokenAddress());
            assertThat(cases).as("cases told by the program").hasSizeGreaterThan(70);
            return cases.stream().map(NodeProgram.Case::asTest);
        }
    }
}
