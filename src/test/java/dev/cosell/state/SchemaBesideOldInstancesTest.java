package dev.cosell.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationVersion;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The tables are brought up to date while an instance of the version before works with them, as in a roll-out. */
@Timeout(120)
class SchemaBesideOldInstancesTest {
    /** Longer than our connections may be silent in a transaction. */
    private static final Duration LONG = Duration.ofSeconds(12);

    private final ExecutorService next = Executors.newSingleThreadExecutor();
    private String url;
    private JdbcClient looking;
    private Connection old;

    /** Before the step that makes indexes on two large tables. */
    @BeforeEach
    void anOldInstanceIsAtWork() throws Exception {
        url = PostgresServer.emptyDatabase();
        DriverManagerDataSource source = new DriverManagerDataSource(url);
        Flyway.configure().dataSource(source).locations("classpath:db/schema", "classpath:db/postgresql")
                .target(MigrationVersion.fromVersion("26")).load().migrate();
        looking = JdbcClient.create(source);
        old = DriverManager.getConnection(url);
        old.setAutoCommit(false);
    }

    @AfterEach
    void end() throws SQLException {
        old.close();
        next.shutdownNow();
    }

    private void says(String sql) throws SQLException {
        try (Statement statement = old.createStatement()) {
            statement.execute(sql);
        }
    }

    private Future<Boolean> theNextVersionStarts() {
        Future<Boolean> started = next.submit(() -> {
            try (Database database = Database.open(url, null, null)) {
                return database.problem().isEmpty();
            }
        });
        Awaitility.await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(20))
                .until(() -> looking.sql("SELECT COUNT(*) FROM pg_locks WHERE NOT granted AND relation IS NOT NULL")
                        .query(Integer.class).single() == 1);
        return started;
    }

    /** Flyway's connection with the lock was silent meanwhile, and was ended; so it was at each further start. */
    @Test
    void aStepOfMoreThanTenSecondsNeverSucceeded() throws Exception {
        says("LOCK TABLE audit IN ROW EXCLUSIVE MODE");
        Future<Boolean> started = theNextVersionStarts();
        Awaitility.await().pollDelay(LONG).atMost(LONG.plusSeconds(30)).until(() -> !started.isDone());
        old.rollback();

        assertThat(started.get(60, TimeUnit.SECONDS)).isTrue();
    }

    /** The old one writes a link and then its audit; the step makes an index on audit and then one on links. */
    @Test
    void theStartEndedWhenItsStepAndTheWorkOfAnOldInstanceWaitedForEachOther() throws Exception {
        says("LOCK TABLE link IN ROW EXCLUSIVE MODE");
        Future<Boolean> started = theNextVersionStarts();
        says("LOCK TABLE audit IN ROW EXCLUSIVE MODE");
        old.commit();

        assertThat(started.get(60, TimeUnit.SECONDS)).isTrue();
    }
}
