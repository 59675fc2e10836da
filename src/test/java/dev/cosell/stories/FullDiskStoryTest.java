package dev.cosell.stories;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.cosell.queue.QueueDisk;
import dev.cosell.settings.Key;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The disk of the queue fills and empties again while people work on all sides. */
class FullDiskStoryTest {
    private World world;

    @BeforeEach
    void begin() {
        world = new World(
                Map.of("marketplace-leads.path-secret", LeadStories.SECRET, "partner-center.sweep-interval", "1s"),
                Path.of("routes"), "salesforce",
                "dynamics");
    }

    @AfterEach
    void end() {
        world.close();
    }

    private int notified(String referralId) {
        byte[] body = world.event(referralId);
        return world.deliver(body, world.signed(body)).statusCode();
    }

    private int leadPosted() {
        return world.application()
                .raw("POST", "/webhooks/marketplace-leads/" + LeadStories.SECRET,
                        LeadStories.push("jo@contoso.example"),
                        Map.of("Content-Type", "application/json"))
                .statusCode();
    }

    private String health() {
        return new String(management("/observe/health").body(), StandardCharsets.UTF_8);
    }

    private java.net.http.HttpResponse<byte[]> management(String path) {
        return new Api(world.settings().number(Key.MANAGEMENT_PORT)).raw("GET", path, null, Map.of());
    }

    @Test
    void what_happens_meanwhile_is_refused_in_time_said_once_and_made_up_for() {
        String referralId = world.newDeal(Map.of());
        List<String> crms = List.of("salesforce", "dynamics");
        crms.forEach(crm -> world.opportunityFor(world.crm(crm), referralId));
        world.settle();
        try (Log log = Log.from(Level.WARN)) {
            QueueDisk.full(world.camel(), true);
            Instant full = Instant.now();
            assertThat(notified(referralId)).isEqualTo(503);
            assertThat(leadPosted()).isEqualTo(503);
            assertThat(Duration.between(full, Instant.now())).as("answers").isLessThan(Duration.ofSeconds(10));
            Map<String, Object> found = world.crm("salesforce").opportunitiesOf(referralId).get(0);
            world.crm("salesforce").changeValueAndDate(world.crm("salesforce").id(found), 61000, "2027-08-08");
            String other = world.newDeal(Map.of("name", "Made while the disk was full"));
            World.pause(3500);

            assertThat(log.lines().stream().filter(line -> !line.contains("AMQ2222")))
                    .as("polls and sweeps go by in silence").singleElement()
                    .satisfies(line -> assertThat(line).startsWith("ERROR The disk of the queue is full")
                            .contains("data.directory"));
            assertThat(health()).contains("\"DOWN\"", "The disk of the queue is full");
            assertThat(management("/observe/health/ready").statusCode()).isEqualTo(200);
            assertThat(world.valueOf(world.referral(referralId))).isNotEqualByComparingTo("61000");

            QueueDisk.full(world.camel(), false);
            world.eventually(() -> assertThat(world.valueOf(world.referral(referralId))).isEqualByComparingTo("61000"));
            crms.forEach(crm -> world.opportunityFor(world.crm(crm), other));
            assertThat(leadPosted()).isEqualTo(200);
            world.eventually(() -> assertThat(health()).doesNotContain("\"DOWN\""));
            assertThat(world.parked()).isEmpty();
        }
        world.andAgainNothingHappens();
        assertThat(world.ownReferrals()).hasSize(2);
    }

    @Test
    void a_write_that_fails_ends_the_broker_and_it_comes_back_with_all_it_had() {
        world.pauseSync();
        String referralId = world.newDeal(Map.of());
        world.eventually(() -> assertThat(world.backlog()).isGreaterThanOrEqualTo(2));
        world.resumeSync();
        world.partnerCenter().post("/sandbox/faults",
                Map.of("path", "/referrals/" + referralId, "status", 503, "times", 4));
        try (Log log = Log.from(Level.WARN)) {
            QueueDisk.writeFails(world.camel());
            world.eventually(() -> assertThat(notified(referralId)).isEqualTo(503));
            assertThat(health()).contains("The broker of the queue has ended");

            List.of("salesforce", "dynamics").forEach(crm -> world.opportunityFor(world.crm(crm), referralId));
            world.eventually(() -> assertThat(notified(referralId)).isEqualTo(200));
            world.eventually(() -> assertThat(health()).doesNotContain("\"DOWN\""));
            assertThat(log.lines().stream().filter(line -> line.startsWith("ERROR The broker of the queue has ended")))
                    .hasSize(1);
        }
        world.andAgainNothingHappens();
    }

    @Test
    void the_application_stops_in_time_and_what_was_accepted_is_done_after_the_next_start() {
        world.pauseSync();
        String referralId = world.newDeal(Map.of());
        world.eventually(() -> assertThat(world.backlog()).isGreaterThanOrEqualTo(2));
        QueueDisk.full(world.camel(), true);
        assertThat(notified(referralId)).isEqualTo(503);

        Instant asked = Instant.now();
        world.stopApplication();
        assertThat(Duration.between(asked, Instant.now())).isLessThan(Duration.ofSeconds(15));

        world.start();
        world.resumeSync();
        List.of("salesforce", "dynamics").forEach(crm -> world.opportunityFor(world.crm(crm), referralId));
        world.andAgainNothingHappens();
    }
}
