package dev.cosell.stories;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.cosell.settings.Key;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PostgreSQL is restarted, and stays away for a while, in the middle of the work. */
class DatabaseAwayStoryTest {
    private static final List<String> CRMS = List.of("salesforce", "dynamics");

    @TempDir
    Path folder;

    private int port;
    private EmbeddedPostgres postgres;
    private World world;

    @BeforeEach
    void begin() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        startPostgres();
        world = new World(
                Map.of("state.url", postgres.getJdbcUrl("postgres", "postgres"), "partner-center.sweep-interval", "1s",
                        "marketplace-leads.path-secret", LeadStories.SECRET, "mcp", "act"),
                Path.of("routes"), "salesforce", "dynamics");
    }

    @AfterEach
    void end() throws IOException {
        world.close();
        postgres.close();
    }

    private void startPostgres() throws IOException {
        postgres = EmbeddedPostgres.builder().setPort(port).setDataDirectory(folder).setCleanDataDirectory(false)
                .start();
    }

    private String health() {
        return text(management("GET", "/observe/health", null));
    }

    private HttpResponse<byte[]> management(String method, String path, Object body) {
        return new Api(world.settings().number(Key.MANAGEMENT_PORT)).raw(method, path,
                body == null ? null : Api.bytes(body), BackfillJob.OPERATOR);
    }

    private static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    private String newDeal() {
        return world.newDeal(Map.of());
    }

    private void arrives(String referralId) {
        CRMS.forEach(crm -> world.opportunityFor(world.crm(crm), referralId));
    }

    @Test
    void a_restart_in_the_middle_of_the_work_parks_nothing_and_loses_nothing() throws Exception {
        String known = newDeal();
        arrives(known);
        world.settle();
        List<String> deals = new ArrayList<>();
        try (Log log = Log.from(Level.ERROR)) {
            for (int i = 0; i < 6; i++) {
                deals.add(newDeal());
            }
            postgres.close();
            deals.add(newDeal());
            world.crm("salesforce").changeValueAndDate(
                    world.crm("salesforce").id(world.crm("salesforce").opportunitiesOf(known).get(0)),
                    61000, "2027-08-08");
            byte[] lead = LeadStories.push("jo@contoso.example");
            assertThat(world.application()
                    .raw("POST", "/webhooks/marketplace-leads/" + LeadStories.SECRET, lead, LeadStories.json())
                    .statusCode())
                    .as("what cannot be stored is not accepted").isEqualTo(503);
            byte[] event = world.event(known);
            assertThat(world.deliver(event, world.signed(event)).statusCode()).as("a hint needs no database")
                    .isEqualTo(200);
            assertThat(health()).contains("\"DOWN\"", "does not answer");
            startPostgres();
            deals.add(newDeal());
            deals.forEach(this::arrives);
            world.eventually(() -> assertThat(world.valueOf(world.referral(known))).isEqualByComparingTo("61000"));
            assertThat(world.parked()).isEmpty();
            assertThat(log.lines()).as("errors").isEmpty();
        }
        world.andAgainNothingHappens();
        assertThat(world.ownReferrals()).hasSize(deals.size() + 1);
    }

    /** Camel only logged it: the hint was acknowledged, and nobody ever learned that its record was done. */
    @Test
    void a_backfill_never_ended_when_the_database_went_away_as_one_of_its_records_was_done() throws Exception {
        CrmDriver salesforce = world.crm("salesforce");
        String deal = newDeal();
        arrives(deal);
        world.firstReadsAreOver();
        world.pausePolls(salesforce);
        salesforce.changeValue(salesforce.id(world.opportunityFor(salesforce, deal)), 77_000);
        int written = writes(deal);
        losesTheConnectionOfWhoIsDoneFirst();

        BackfillJob job = new BackfillJob(world);
        Object id = job.act("/api/backfill", Map.of("source", "salesforce")).get("id");
        world.eventually(() -> assertThat(job.now(id)).containsEntry("phase", "DONE").containsEntry("done", 1));
        assertThat(attempts()).as("attempts to note that it is done").isGreaterThan(1);
        assertThat(world.valueOf(world.referral(deal))).isEqualByComparingTo("77000");
        world.resumePolls(salesforce);
        world.andAgainNothingHappens();
        assertThat(writes(deal)).as("written once").isEqualTo(written + 1);
        assertThat(world.parked()).isEmpty();
    }

    /**
     * Whoever asked about a backfill or a request was told that something went wrong, with an ERROR each time, and an
     * open page went on as if all were well.
     */
    @Test
    void whoever_looks_meanwhile_is_told_that_the_database_does_not_answer_and_sees_when_it_does() throws Exception {
        world.firstReadsAreOver();
        EventLines page = EventLines.listen(world.settings().number(Key.MANAGEMENT_PORT));
        world.eventually(() -> assertThat(page.last()).contains("needsPerson"));
        Map<String, Object> call = Map.of("jsonrpc", "2.0", "id", 1, "method", "tools/call", "params",
                Map.of("name", "request_status", "arguments", Map.of("id", "1")));
        try (Log log = Log.from(Level.ERROR)) {
            postgres.close();
            List<HttpResponse<byte[]>> answers = Stream.<Supplier<HttpResponse<byte[]>>>of(
                    () -> management("GET", "/api/backfills", null),
                    () -> management("POST", "/api/backfill", Map.of("source", "dynamics", "dryRun", true)),
                    () -> management("GET", "/api/requests", null)).parallel().map(Supplier::get).toList();
            assertThat(answers).allSatisfy(answer -> {
                assertThat(answer.statusCode()).as(text(answer)).isEqualTo(503);
                assertThat(text(answer)).contains("The database did not answer");
            });
            assertThat(text(management("POST", "/mcp", call))).contains("The database did not answer");
            world.eventually(() -> assertThat(page.last()).contains("The database did not answer"));
            assertThat(page.all()).contains("event: away");
            startPostgres();
            world.eventually(() -> assertThat(page.last()).contains("needsPerson"));
            assertThat(log.lines()).as("errors").isEmpty();
        }
        assertThat(management("GET", "/api/backfills", null).statusCode()).isEqualTo(200);
        world.andAgainNothingHappens();
    }

    /** How often the audit says that a sync with Salesforce has written. */
    private int writes(String referralId) {
        return (int) world.auditTrail(referralId).stream().filter(line -> line.contains("Amount in Partner Center"))
                .count();
    }

    private void losesTheConnectionOfWhoIsDoneFirst() throws SQLException {
        say("CREATE SEQUENCE attempt", """
                CREATE FUNCTION lose() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                  IF NEW.done_at IS NOT NULL AND nextval('attempt') = 1 THEN
                    PERFORM pg_terminate_backend(pg_backend_pid());
                  END IF;
                  RETURN NEW;
                END $$""",
                "CREATE TRIGGER lose BEFORE UPDATE ON backfill_record FOR EACH ROW EXECUTE FUNCTION lose()");
    }

    private void say(String... statements) throws SQLException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
             Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        }
    }

    private long attempts() throws SQLException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
             Statement statement = connection.createStatement();
             ResultSet last = statement.executeQuery("SELECT last_value FROM attempt")) {
            last.next();
            return last.getLong(1);
        }
    }
}
