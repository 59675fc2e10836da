package dev.cosell.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.app.FreePorts;
import dev.cosell.app.SandboxPlan;
import dev.cosell.crm.Crms;
import dev.cosell.crm.dynamics.DynamicsKey;
import dev.cosell.crm.salesforce.SalesforceKey;
import dev.cosell.sandbox.Sandbox;
import dev.cosell.settings.Key;
import dev.cosell.settings.Settings;
import dev.cosell.state.PostgresServer;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A new process starts on the PostgreSQL and the broker of the old one, which is then told to go while deals come in.
 */
class RollOutStoryTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private final Map<String, CrmDriver> crms = new HashMap<>();
    private final List<String> deals = new ArrayList<>();
    private Api portal;

    private Map<String, String> shared(OutsideBroker broker) throws IOException, SQLException {
        Map<String, String> values = new HashMap<>(
                Map.of("sandbox", "external", "crms", "salesforce,dynamics", "salesforce.poll-interval", "1s",
                        "dynamics.poll-interval", "1s", "partner-center.sweep-interval", "1s", "broker.url", broker.url,
                        "state.url", PostgresServer.emptyDatabase()));
        FreePorts.give(values, Key.SANDBOX_PARTNER_CENTER_PORT, DynamicsKey.SANDBOX_PORT, SalesforceKey.SANDBOX_PORT);
        return values;
    }

    private Map<String, String> instance(Map<String, String> shared, String name) throws IOException {
        Map<String, String> values = new HashMap<>(shared);
        values.put("data.directory", Files.createDirectory(folder.resolve(name)).resolve("data").toString());
        FreePorts.give(values, Key.HTTP_PORT, Key.MANAGEMENT_PORT);
        return values;
    }

    private static Settings settings(Map<String, String> values) {
        return Crms.SHIPPED.settings(Path.of("application.properties"), Map.of(), values);
    }

    private void newDeals(int count) {
        for (int i = 0; i < count; i++) {
            deals.add((String) portal.post("/sandbox/deals", Map.of()).get("id"));
        }
    }

    private boolean ready(Settings settings) {
        try {
            HttpResponse<byte[]> answer = new Api(settings.number(Key.MANAGEMENT_PORT)).raw("GET",
                    "/observe/health/ready", null, Map.of());
            return answer.statusCode() == 200;
        } catch (RuntimeException away) {
            return false;
        }
    }

    @Test
    @Tag("long")
    void nothing_is_lost_or_doubled_and_the_old_one_is_gone_in_time() throws Exception {
        try (OutsideBroker broker = new OutsideBroker()) {
            Map<String, String> shared = shared(broker);
            Map<String, String> first = instance(shared, "first");
            Map<String, String> second = instance(shared, "second");
            Settings before = settings(first);
            Settings after = settings(second);
            try (Sandbox sandbox = Sandbox.start(SandboxPlan.of(before, true));
                 ChildApplication old = new ChildApplication(first, before, folder.resolve("first"));
                 ChildApplication young = new ChildApplication(second, after, folder.resolve("second"))) {
                open(before);
                old.start();
                old.awaitReady();
                newDeals(5);
                young.start();
                newDeals(10);
                young.awaitReady();
                Awaitility.await().atMost(PATIENCE).until(() -> ready(after));
                newDeals(10);

                crms.get("salesforce").api().post("/sandbox/faults",
                        Map.of("path", "/services/data", "delayMillis", 3000, "times", 4));
                Instant told = Instant.now();
                old.terminate();
                Awaitility.await().atMost(PATIENCE).until(() -> !ready(before));
                assertThat(old.runs()).as("work in flight ends when no new work comes any more").isTrue();
                newDeals(5);
                Awaitility.await().atMost(PATIENCE).until(() -> !old.runs());
                assertThat(Duration.between(told, Instant.now())).isLessThan(Duration.ofSeconds(25));
                newDeals(5);

                everythingArrivesOnce();
                new Silence(portal, new Api(after.number(Key.HTTP_PORT)), crms.get("salesforce").api(),
                        Duration.ofSeconds(1))
                        .andAgainNothingHappens(deals.subList(0, 3));
                everythingArrivesOnce();
            }
        }
    }

    @Test
    void a_second_start_on_the_same_data_folder_is_refused_with_a_sentence() throws Exception {
        try (World world = new World("salesforce")) {
            Map<String, String> values = new HashMap<>(
                    Map.of("sandbox", "external", "crms", "salesforce", "data.directory",
                            world.settings().text(Key.DATA_DIRECTORY)));
            FreePorts.give(values, Key.HTTP_PORT, Key.MANAGEMENT_PORT);
            try (ChildApplication second = new ChildApplication(values, settings(values), folder)) {
                second.start();
                Awaitility.await().atMost(PATIENCE).until(() -> !second.runs());
                assertThat(second.log()).content().contains("cannot be opened", "Another program holds its file")
                        .doesNotContain("delete it");
            }
            world.opportunityFor(world.newDeal(Map.of()));
        }
    }

    private void open(Settings settings) {
        portal = new Api(settings.number(Key.SANDBOX_PARTNER_CENTER_PORT));
        crms.put("salesforce", new SalesforceDriver(new Api(settings.number(SalesforceKey.SANDBOX_PORT))));
        crms.put("dynamics", new DynamicsDriver(new Api(settings.number(DynamicsKey.SANDBOX_PORT)), portal,
                settings.text(DynamicsKey.URL)));
    }

    private void everythingArrivesOnce() {
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> crms.forEach((name, crm) ->
        assertThat(deals).allSatisfy(deal -> assertThat(crm.opportunitiesOf(deal)).as(name + " " + deal).hasSize(1))));
        assertThat(portal.list("/sandbox/deals").stream()
                .filter(referral -> !"msft".equals(referral.get("organizationId")))).hasSize(deals.size());
    }
}
