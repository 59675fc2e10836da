package dev.cosell.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Databases of builds before the first release, which came to the tables of today in fourteen steps. */
class EarlierSchemaTest {
    @TempDir
    Path directory;

    private String h2(String name) {
        return Database.h2(directory.resolve(name).toString());
    }

    private static JdbcClient earlier(String url, String upTo) {
        DriverManagerDataSource source = new DriverManagerDataSource(url);
        Flyway.configure().dataSource(source).locations("classpath:db/before-first-release")
                .target(MigrationVersion.fromVersion(upTo)).load().migrate();
        return JdbcClient.create(source);
    }

    private static List<String> tables(Database database) {
        return database.client().sql("""
                SELECT table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable
                  || ' ' || COALESCE(character_maximum_length, 0) || ' ' || COALESCE(column_default, '')
                FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> 'flyway_schema_history'
                """).query(String.class).list();
    }

    private static void isTakenOver(String earlier, String fresh) {
        earlier(earlier, "14")
                .sql("INSERT INTO watermark (source, position, moved_at) VALUES ('x', '1', CURRENT_TIMESTAMP)")
                .update();
        for (int start = 0; start < 2; start++) {
            try (Database old = Database.open(earlier, null, null); Database today = Database.open(fresh, null, null)) {
                assertThat(old.client().sql("SELECT position FROM watermark").query(String.class).single())
                        .isEqualTo("1");
                assertThat(tables(old)).isNotEmpty().containsExactlyInAnyOrderElementsOf(tables(today));
            }
        }
    }

    @Test
    void aDatabaseOfAnEarlierBuildGoesOnWithTheTablesOfToday() throws Exception {
        isTakenOver(h2("earlier"), h2("fresh"));
        isTakenOver(PostgresServer.emptyDatabase(), PostgresServer.emptyDatabase());
    }

    @Test
    void oneThatStoppedHalfWayIsRefusedWithTheRemedy() {
        earlier(h2("half"), "9");

        assertThatThrownBy(() -> Database.open(h2("half"), null, null)).isInstanceOf(DatabaseUnavailable.class)
                .hasMessageContaining("start the last such build on this database once");
    }

    /** Both ways to the tables end with the same indexes, too. */
    @Test
    void theIndexesAreThose() throws Exception {
        String earlier = PostgresServer.emptyDatabase();
        earlier(earlier, "14");
        try (Database old = Database.open(earlier, null, null);
                Database today = Database.open(PostgresServer.emptyDatabase(), null, null)) {
            String indexes = "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename <> "
                    + "'flyway_schema_history'";
            assertThat(old.client().sql(indexes).query(String.class).list()).isNotEmpty()
                    .containsExactlyInAnyOrderElementsOf(today.client().sql(indexes).query(String.class).list());
        }
    }
}
