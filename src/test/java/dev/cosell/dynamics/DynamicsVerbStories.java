package dev.cosell.dynamics;

import dev.cosell.sandbox.dataverse.DataverseClient;
import dev.cosell.sandbox.dataverse.RunningDataverse;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The verbs of Dynamics 365 by its shipped routes, against the sandbox in which people work too. */
abstract class DynamicsVerbStories {
    @RegisterExtension
    static final RunningDataverse dataverse = new RunningDataverse();

    final DataverseClient people = dataverse.client();
    DynamicsRoutes dynamics;

    /** How many rows a page of changes has at most. */
    int pageSize() {
        return 500;
    }

    @BeforeEach
    void start() throws Exception {
        people.post("/sandbox/settings", Map.of("requireODataVersion", true));
        dynamics = new DynamicsRoutes(dataverse, pageSize());
    }

    @AfterEach
    void stop() {
        dynamics.close();
    }
}
