package dev.cosell.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A database that the next release has already brought up to date, while instances of this one still run. */
class LaterSchemaTest {
    @TempDir
    Path folder;

    private static void isUpdatedByTheNextRelease(String url) {
        Database.open(url, null, null).close();
        Flyway.configure().dataSource(new DriverManagerDataSource(url)).locations("classpath:db/next-release")
                .ignoreMigrationPatterns("*:missing").load().migrate();
    }

    /** In a roll-out, or when it is taken back, an instance may end and start again. */
    private static void startsAndTakesNoStepBack(String url) {
        isUpdatedByTheNextRelease(url);
        for (int start = 0; start < 2; start++) {
            try (Database database = Database.open(url, null, null)) {
                assertThat(database.problem()).isEmpty();
                assertThat(database.client().sql("SELECT COUNT(*) FROM note").query(Integer.class).single()).isZero();
                String steps = "SELECT version FROM flyway_schema_history";
                assertThat(database.client().sql(steps).query(String.class).list()).contains("9001");
            }
        }
    }

    @Test
    void anInstanceOfThisReleaseStartsOnTheTablesOfTheNext() throws Exception {
        startsAndTakesNoStepBack(Database.h2(folder.resolve("next").toString()));
        startsAndTakesNoStepBack(PostgresServer.emptyDatabase());
    }
}
