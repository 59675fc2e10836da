package dev.cosell.sync.books;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.cosell.state.Database;
import dev.cosell.state.PostgresServer;
import dev.cosell.state.TableSizes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * For the length of a roll-out, the release before works on tables that the new one has already changed. So what each
 * release says to the database is kept as text, with the number of rows it was answered with, and said to the newest
 * tables: a migration that takes away what the release before still needs turns this red.
 */
class ReleasedStatementsTest {
    private static final Path RECORDED = Path.of("src/test/resources/db/statements");
    private static final Pattern VERSION =
            Pattern.compile("<artifactId>cosell-sync[^<]*</artifactId>\\s*<version>([^<]+?)(-SNAPSHOT)?</version>");
    private static final Pattern TEXT =
            Pattern.compile("\"\"\"(.*?)\"\"\"|\"((?:[^\"\\\\\n]|\\\\.)*)\"", Pattern.DOTALL);
    private static final Pattern SQL =
            Pattern.compile("(SELECT|INSERT|UPDATE|DELETE|MERGE|WITH|WHERE|SET|ORDER BY|EXISTS)\\b.*", Pattern.DOTALL);

    /** What is said to an H2 file alone, where there is no roll-out. */
    private static final String OF_ONE_PROCESS = "SELECT DISTINCT crm, engagement_id FROM waiting_related";
    /** What is said of a connection, and of no table. */
    private static final String OF_A_CONNECTION = "SET idle_in_transaction_session_timeout = '10s'";

    static List<Path> releases() throws IOException {
        try (Stream<Path> files = Files.list(RECORDED)) {
            return files.sorted().toList();
        }
    }

    private static Path ofThisRelease() throws IOException {
        Matcher version = VERSION.matcher(Files.readString(Path.of("pom.xml")));
        assertThat(version.find()).isTrue();
        return RECORDED.resolve(version.group(1) + ".txt");
    }

    private static List<RecordedStatement> spoken() throws Exception {
        return heard(database -> new EveryStatement(database, "").say());
    }

    private static List<RecordedStatement> heard(Consumer<Database> speaker) throws Exception {
        String url = PostgresServer.emptyDatabase();
        try (RecordingDriver driver = new RecordingDriver();
             Database database = Database.open(RecordingDriver.url(url), null, null)) {
            driver.listen();
            speaker.accept(database);
            return driver.heard();
        }
    }

    /** Says them in their order; what was answered otherwise than to their own release. */
    private static List<String> otherwise(List<RecordedStatement> statements, Database newest) throws Exception {
        List<String> otherwise = new ArrayList<>();
        try (Connection connection = newest.dataSource().getConnection()) {
            for (RecordedStatement statement : statements) {
                int rows = statement.run(connection);
                if (rows != statement.rows()) {
                    otherwise.add(rows + " rows instead of " + statement.rows() + ": " + statement.sql()
                            + " " + statement.values());
                }
            }
        }
        return otherwise;
    }

    @ParameterizedTest
    @MethodSource("releases")
    void what_a_release_says_is_answered_by_the_newest_tables_as_by_its_own(Path release) throws Exception {
        List<RecordedStatement> statements = RecordedStatement.read(Files.readString(release));
        assertThat(statements).isNotEmpty();
        try (Database newest = Database.open(PostgresServer.emptyDatabase(), null, null)) {
            assertThat(otherwise(statements, newest)).isEmpty();
            // What the release before has written is read, and written again, by this one.
            new EveryStatement(newest, "newest-").say();
        }
    }

    /**
     * When a statement was added or changed, the recorded text is written anew below target: copy it. Some values are
     * another each time, such as the ids of instances.
     */
    @Test
    void what_this_release_says_is_recorded() throws Exception {
        List<RecordedStatement> spoken = spoken();
        String text = "# What this version says to the database, with the rows it changed or found and its values.\n"
                + RecordedStatement.text(spoken);
        Path below = Files.createDirectories(Path.of("target/statements"));
        Path written = Files.writeString(below.resolve(ofThisRelease().getFileName()), text);

        assertThat(ofThisRelease()).exists();
        assertThat(RecordedStatement.read(Files.readString(ofThisRelease())))
                .as("the statements of this version; copy " + written)
                .extracting(RecordedStatement::sql, RecordedStatement::rows).isEqualTo(tuples(spoken));
    }

    private static List<Tuple> tuples(List<RecordedStatement> statements) {
        return statements.stream().map(statement -> tuple(statement.sql(), statement.rows())).toList();
    }

    /** Not recorded: it asks for each table there is, so every new table changes what it says. */
    private static String saidOfWhateverTables() throws Exception {
        return heard(database -> new TableSizes(database).now()).stream().map(RecordedStatement::sql)
                .collect(Collectors.joining("\n"));
    }

    /**
     * So that no statement is left out when one is added to the application. The tables of the schedules and the list
     * of steps are left out: they are Quartz' and Flyway's, and change with a version of those.
     */
    @Test
    void every_statement_in_the_sources_is_among_them() throws Exception {
        String recorded = Files.readString(ofThisRelease()) + OF_ONE_PROCESS + OF_A_CONNECTION
                + saidOfWhateverTables();
        List<String> missing = new ArrayList<>();
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java/dev/cosell"))) {
            for (Path source : sources.filter(ReleasedStatementsTest::isOfTheApplication).toList()) {
                String code = Files.readString(source);
                if (!knowsTheDatabase(code)) {
                    continue;
                }
                pieces(code).filter(piece -> !recorded.contains(piece))
                        .forEach(piece -> missing.add(source.getFileName() + ": " + piece));
            }
        }
        assertThat(missing).as("to be said by EveryStatement").isEmpty();
    }

    private static boolean isOfTheApplication(Path file) {
        return file.toString().endsWith(".java") && !file.toString().contains("/sandbox/");
    }

    private static boolean knowsTheDatabase(String code) {
        return Stream.of("JdbcTemplate", "JdbcClient", "Database ").anyMatch(code::contains);
    }

    private static Stream<String> pieces(String code) {
        return TEXT.matcher(code).results().map(found -> found.group(1) == null ? found.group(2) : found.group(1))
                .map(text -> text.replaceAll("\\s*\\R\\s*", " ").replace("\\\"", "\"").strip())
                .filter(text -> SQL.matcher(text).matches())
                .filter(text -> !text.contains("qrtz_") && !text.contains("flyway_schema_history"));
    }
}
