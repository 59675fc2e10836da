package dev.cosell.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.sync.books.Watermarks;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A database of the version before, in which opportunities and solution rows of Dynamics 365 had a position each. */
class DynamicsPositionsTest {
    @TempDir
    Path directory;

    private static String after(String url, Map<String, String> before) {
        DriverManagerDataSource source = new DriverManagerDataSource(url);
        Flyway.configure().dataSource(source).locations("classpath:db/migration").target(MigrationVersion.fromVersion("9")).load().migrate();
        before.forEach((name, position) -> JdbcClient.create(source)
                .sql("INSERT INTO watermark (source, position, moved_at) VALUES (?, ?, CURRENT_TIMESTAMP)").param(name).param(position).update());
        try (Database database = Database.open(url, null, null)) {
            Watermarks positions = new Watermarks(database, Clock.systemUTC());
            assertThat(positions.read("dynamics-solutions")).isNull();
            return positions.read("dynamics");
        }
    }

    private String h2(String name) {
        return Database.h2(directory.resolve(name).toString());
    }

    @Test
    void bothPositionsGoOnWithoutAFullRead() throws Exception {
        Map<String, String> both = Map.of("dynamics", "/opportunities?$deltatoken=1", "dynamics-solutions", "/rows?$deltatoken=2", "salesforce", "x");
        assertThat(after(h2("both"), both)).isEqualTo("/opportunities?$deltatoken=1|/rows?$deltatoken=2");
        assertThat(after(PostgresServer.emptyDatabase(), both)).isEqualTo("/opportunities?$deltatoken=1|/rows?$deltatoken=2");
    }

    @Test
    void oneAloneIsKeptOrReadAnewTogetherWithTheOther() {
        assertThat(after(h2("first"), Map.of("dynamics", "/opportunities?$deltatoken=1"))).isEqualTo("/opportunities?$deltatoken=1");
        assertThat(after(h2("second"), Map.of("dynamics-solutions", "/rows?$deltatoken=2"))).isNull();
    }

    @Test
    void twoThatDoNotFitTogetherKeepTheFirst() {
        String longest = "/opportunities?" + "x".repeat(30_000);
        assertThat(after(h2("long"), Map.of("dynamics", longest, "dynamics-solutions", "/rows?" + "y".repeat(30_000)))).isEqualTo(longest);
    }
}
