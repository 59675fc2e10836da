package dev.cosell.stories;

import dev.cosell.state.ReadyDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;

/** On PostgreSQL; the same stories with Salesforce are on H2. */
@InWorld(openedBy = "onPostgresql")
class DynamicsBackfillTest extends BackfillStories {
    static World onPostgresql() throws IOException, SQLException {
        Map<String, String> settings = OpenedWorld.shared(DynamicsBackfillTest.class);
        settings.put("state.url", ReadyDatabase.postgres());
        return new World(settings, Path.of("routes"), "dynamics");
    }
}
