package dev.cosell.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.settings.Key;
import dev.cosell.stories.World;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page is open while the database is away. */
class PageWithoutDatabaseTest {
    @TempDir
    Path folder;

    private EmbeddedPostgres started(int port) throws IOException {
        return EmbeddedPostgres.builder().setPort(port).setDataDirectory(folder).setCleanDataDirectory(false).start();
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }

    /** It said that all is well, and that this is live. */
    @Test
    void a_page_without_news_says_so_and_why_and_since_when() throws Exception {
        int port = freePort();
        EmbeddedPostgres postgres = started(port);
        try (World world = new World(Map.of("state.url", postgres.getJdbcUrl("postgres", "postgres")),
                Path.of("routes"), "salesforce", "dynamics");
             Browser browser = new Browser(world.settings().number(Key.MANAGEMENT_PORT))) {
            world.settle();
            browser.open("#overview");
            browser.sees("live");
            browser.sees("Connections");
            postgres.close();
            browser.sees("The database did not answer");
            browser.sees("What is shown is as it was at");
            browser.sees("no news since");
            assertThat(browser.barriers()).isEmpty();
            browser.picture("away");
            browser.follow("Deals");
            browser.sees("This cannot be shown");

            postgres = started(port);
            browser.sees("live");
            browser.seesNoMore("The database did not answer");
            browser.sees("Name, customer or an id");
            world.andAgainNothingHappens();
        } finally {
            postgres.close();
        }
    }
}
