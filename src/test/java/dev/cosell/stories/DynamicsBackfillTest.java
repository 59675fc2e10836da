package dev.cosell.stories;

import dev.cosell.state.ReadyDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** On PostgreSQL; the same stories with Salesforce are on H2. */
@InWorld(openedBy = "onPostgresql")
class DynamicsBackfillTest extends BackfillStories {
    static World onPostgresql() throws IOException, SQLException {
        Map<String, String> settings = OpenedWorld.shared(DynamicsBackfillTest.class);
        settings.put("state.url", ReadyDatabase.postgres());
        return new World(settings, Path.of("routes"), "dynamics");
    }

    /** Entra refuses us; it is asked for the tokens of Partner Center, too. */
    @Override
    protected void signInEnds() {
        world().partnerCenter().post("/sandbox/faults", Map.of("path", "/token$", "times", 1_000_000, "status", 401,
                "body", Map.of("error", "invalid_client", "error_description",
                "AADSTS7000222: The provided client secret keys are expired.", "error_codes", List.of(7000222))));
        world().partnerCenter().post("/sandbox/tokens/revoke", Map.of());
    }

    @Override
    protected void signInIsGoodAgain() {
        world().partnerCenter().delete("/sandbox/faults");
    }
}
