package dev.cosell.sync.steps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.state.Database;
import dev.cosell.state.ReadyDatabase;
import dev.cosell.sync.books.SeenVersions;
import dev.cosell.verbs.Changes;
import dev.cosell.verbs.Changes.Change;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeenFilterTest {
    @TempDir
    Path folder;

    private Database database;
    private SeenVersions seen;
    private SeenFilter filter;

    @BeforeEach
    void open() {
        database = Database.open(ReadyDatabase.h2(folder.resolve("cosell")), null, null);
        seen = new SeenVersions(database, Clock.systemUTC());
        filter = new SeenFilter(seen);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void aRouteCanCallIt() throws Exception {
        seen.add(SeenVersions.key("salesforce", "salesforce", "a", "1"));
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.getRegistry().bind("seen", filter);
            context.start();
            Changes rest = context.createFluentProducerTemplate()
                    .to("bean:seen?method=unseen(${body}, 'salesforce')")
                    .withBody(new Changes(List.of(new Change("a", "1"), new Change("b", "1")), "p", false))
                    .request(Changes.class);
            assertThat(rest.changes()).containsExactly(new Change("b", "1"));
        }
    }

    /** What an idempotent consumer asks. */
    @Test
    void what_was_added_stays_until_it_is_removed() {
        assertThat(filter.add("key")).isTrue();
        assertThat(filter.confirm("key")).isTrue();
        assertThat(filter.add("key")).isFalse();
        assertThat(filter.contains("key")).isTrue();
        assertThat(filter.remove("key")).isTrue();
        assertThat(filter.contains("key")).isFalse();
        filter.add("another");
        filter.clear();
        assertThat(filter.contains("another")).isFalse();
    }
}
