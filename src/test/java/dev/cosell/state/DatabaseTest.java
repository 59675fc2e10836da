package dev.cosell.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.CannotCreateTransactionException;

class DatabaseTest {
    private static final String SECRET = "top-5ecret";

    @TempDir
    Path directory;

    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final Level level = root.getLevel();
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void listen() {
        log.start();
        root.setLevel(Level.DEBUG);
        root.addAppender(log);
    }

    @AfterEach
    void secretsStayedOutOfTheLog() {
        root.detachAppender(log);
        root.setLevel(level);
        assertThat(log.list).extracting(ILoggingEvent::getFormattedMessage).noneMatch(line -> line.contains(SECRET));
    }

    private String h2() {
        return Database.h2(directory.resolve("cosell").toString());
    }

    @Test
    void credentialsMayBeSeparateOrInTheUrl() {
        Database.open(h2(), "admin", SECRET).close();

        try (Database again = Database.open(h2() + ";USER=admin;PASSWORD=" + SECRET, null, null)) {
            assertThat(again.client().sql("SELECT COUNT(*) FROM link").query(Integer.class).single()).isZero();
        }
    }

    @Test
    void aWrongPasswordIsToldWithoutIt() {
        Database.open(h2(), "admin", "right").close();

        assertThatThrownBy(() -> Database.open(h2(), "admin", SECRET)).isInstanceOf(DatabaseUnavailable.class)
                .hasMessageStartingWith(
                        "The database jdbc:h2:file:" + directory.resolve("cosell") + " cannot be opened: Wrong user")
                .hasMessageNotContaining(SECRET).hasNoCause();
    }

    @Test
    void aServerThatIsNotThereIsToldInOneSentence() throws Exception {
        int port;
        try (ServerSocket closedAtOnce = new ServerSocket(0)) {
            port = closedAtOnce.getLocalPort();
        }
        String url = "jdbc:postgresql://localhost:" + port + "/cosell?user=me&password=" + SECRET;

        assertThatThrownBy(() -> Database.open(url, null, null)).isInstanceOf(DatabaseUnavailable.class)
                .hasMessageStartingWith(
                        "The database jdbc:postgresql://localhost:" + port + "/cosell cannot be opened: ")
                .hasMessageContaining("refused").hasMessageNotContaining(SECRET).hasNoCause();
    }

    @Test
    void anUnknownDriverIsToldWithoutThePassword() {
        assertThatThrownBy(() -> Database.open("jdbc:nosuch://host/db?password=" + SECRET, null, null))
                .isInstanceOf(DatabaseUnavailable.class).hasMessageNotContaining(SECRET);
    }

    @Test
    void postgresTakesThePasswordInItsUrl() throws Exception {
        String url = PostgresServer.emptyDatabase() + "&password=" + SECRET;

        try (Database database = Database.open(url, null, null)) {
            assertThat(database.client().sql("SELECT COUNT(*) FROM audit").query(Integer.class).single()).isZero();
        }
    }

    /** As after a write that failed: the file is closed, and its connections look valid. */
    @Test
    void aFileThatH2HasClosedIsOpenedAgain() {
        try (Database database = Database.open(h2(), null, null)) {
            database.client()
                    .sql("INSERT INTO watermark (source, position, moved_at) VALUES ('x', '1', CURRENT_TIMESTAMP)")
                    .update();
            for (int time = 0; time < 2; time++) {
                assertThatThrownBy(() -> database.client().sql("SHUTDOWN IMMEDIATELY").update()).rootCause()
                        .hasMessageContaining("closed");
                assertThat(database.problem()).contains("does not answer");
                Awaitility.await().atMost(Duration.ofSeconds(30))
                        .ignoreExceptionsInstanceOf(CannotCreateTransactionException.class)
                        .until(() -> database.inTransaction(statements -> statements.queryForObject(
                                "SELECT position FROM watermark WHERE source = 'x'",
                                String.class)), "1"::equals);
                // Another pooled connection may fail once more.
                Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> database.problem().isEmpty());
            }
        }
    }

    @Test
    void tablesThatHaveTakenAllStepsAreOpenedWithoutFlyway() throws Exception {
        for (String url : List.of(h2(), PostgresServer.emptyDatabase())) {
            assertThat(saidByFlyway(url)).as("steps of a new database").isNotEmpty();
            assertThat(saidByFlyway(url)).as("again").isEmpty();
        }
    }

    @Test
    void aStepThatIsMissingIsTakenAndOneThatFailedIsNotPassedOver() throws Exception {
        for (String url : List.of(h2(), PostgresServer.emptyDatabase())) {
            try (Database database = Database.open(url, null, null)) {
                database.client().sql("ALTER TABLE backfill DROP COLUMN crms").update();
                database.client().sql("DELETE FROM flyway_schema_history WHERE version = '47'").update();
            }
            try (Database database = Database.open(url, null, null)) {
                database.client().sql("SELECT crms FROM backfill").query().listOfRows();
                database.client().sql("UPDATE flyway_schema_history SET success = FALSE WHERE version = '47'").update();
            }
            assertThatThrownBy(() -> Database.open(url, null, null)).isInstanceOf(DatabaseUnavailable.class);
        }
    }

    @Test
    void anEmptySchemaGetsTablesOfItsOwnThoughAnotherOneThatIsLookedThroughHasThem() throws Exception {
        String url = PostgresServer.emptyDatabase();
        try (Database first = Database.open(url, null, null)) {
            first.client().sql("CREATE SCHEMA second").update();
            first.client().sql("INSERT INTO watermark (source, position, moved_at)"
                    + " VALUES ('x', '1', CURRENT_TIMESTAMP)").update();
        }
        try (Database second = Database.open(url + "&currentSchema=second,public", null, null)) {
            assertThat(second.client().sql("SELECT COUNT(*) FROM watermark").query(Integer.class).single()).isZero();
        }
    }

    private List<ILoggingEvent> saidByFlyway(String url) {
        Logger flyway = (Logger) LoggerFactory.getLogger("org.flywaydb");
        Level before = flyway.getLevel();
        flyway.setLevel(Level.DEBUG);
        log.list.clear();
        try {
            Database.open(url, null, null).close();
        } finally {
            flyway.setLevel(before);
        }
        return log.list.stream().filter(event -> event.getLoggerName().startsWith("org.flywaydb")).toList();
    }

    @Test
    void aSchemaEditedByHandIsToldAsSuch() {
        try (Database database = Database.open(h2(), null, null)) {
            database.client().sql("UPDATE flyway_schema_history SET checksum = 1").update();
        }
        assertThatThrownBy(() -> Database.open(h2(), null, null)).isInstanceOf(DatabaseUnavailable.class)
                .hasMessageContaining("could not be brought up to date").hasMessageNotContaining("\n");
    }
}
