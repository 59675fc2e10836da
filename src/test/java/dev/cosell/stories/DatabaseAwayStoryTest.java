package dev.cosell.stories;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.cosell.settings.Key;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
                        "marketplace-leads.path-secret", LeadStories.SECRET),
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
        return new String(
                new Api(world.settings().number(Key.MANAGEMENT_PORT)).raw("GET", "/observe/health", null, Map.of())
                        .body(),
                StandardCharsets.UTF_8);
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
}
