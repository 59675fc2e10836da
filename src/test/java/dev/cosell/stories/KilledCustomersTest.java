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
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.Predicate;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Deals of three new customers come from all three sides while the application is killed (SIGKILL), as one process on
 * its own database and as two on a shared one. The CRMs are slow at first, so that kills hit creates that are under
 * way. {@code -Dcustomers.deals=200 -Dcustomers.kills=8} makes a long story of it.
 */
@Tag("long")
class KilledCustomersTest {
    private static final int DEALS = Integer.getInteger("customers.deals", 18);
    private static final int KILLS = Integer.getInteger("customers.kills", 1);
    private static final int BACKFILLED = 40;
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration CONVERGENCE = Duration.ofSeconds(60 + DEALS / 2);

    @TempDir
    Path folder;

    private final List<ChildApplication> children = new ArrayList<>();
    private final List<Path> logs = new ArrayList<>();
    private final Random random = new Random(Long.getLong("crash.seed", 20261128L));
    private final List<Customer> customers = List.of(new Customer("Portal " + UUID.randomUUID()),
            new Customer("Sales " + UUID.randomUUID()),
            new Customer("Dynamic " + UUID.randomUUID()));
    private Api portal;
    private Api application;
    private CrmDriver salesforce;
    private CrmDriver dynamics;
    private EmbeddedActiveMQ broker;

    @AfterEach
    void stop() throws Exception {
        children.forEach(ChildApplication::close);
        if (broker != null) {
            broker.stop();
        }
    }

    @Test
    void one_process_killed_again_and_again_doubles_no_customer() throws Exception {
        everyCustomerIsThereOnce(Map.of(), 1);
    }

    @Test
    void two_processes_killed_in_turn_double_no_customer() throws Exception {
        String url = startBroker();
        everyCustomerIsThereOnce(Map.of("broker.url", url, "state.url", PostgresServer.emptyDatabase()), 2);
    }

    private String startBroker() throws Exception {
        Map<String, String> port = new HashMap<>();
        FreePorts.give(port, Key.HTTP_PORT);
        String url = "tcp://localhost:" + port.get(Key.HTTP_PORT.text());
        broker = new EmbeddedActiveMQ();
        broker.setConfiguration(
                new ConfigurationImpl().setPersistenceEnabled(false).setSecurityEnabled(false)
                        .addAcceptorConfiguration("tcp", url)
                        .addAddressSetting("sync.#", new AddressSettings().setRedeliveryDelay(1000)
                                .setRedeliveryMultiplier(2).setMaxRedeliveryDelay(60_000)
                                .setMaxDeliveryAttempts(-1).setAutoDeleteQueues(false).setAutoDeleteAddresses(false)));
        broker.start();
        return url;
    }

    private static Map<String, String> values(Map<String, String> shared) {
        Map<String, String> values = new HashMap<>(
                Map.of("sandbox", "external", "crms", "salesforce, dynamics", "salesforce.poll-interval",
                        POLL.toMillis() + "ms", "dynamics.poll-interval", POLL.toMillis() + "ms",
                        "partner-center.sweep-interval", "2s"));
        values.putAll(shared);
        FreePorts.give(values, Key.SANDBOX_PARTNER_CENTER_PORT, DynamicsKey.SANDBOX_PORT, SalesforceKey.SANDBOX_PORT);
        return values;
    }

    private void everyCustomerIsThereOnce(Map<String, String> shared, int processes) throws IOException {
        Map<String, String> values = values(shared);
        List<Settings> settings = new ArrayList<>();
        for (int process = 0; process < processes; process++) {
            settings.add(child(values, Files.createDirectory(folder.resolve("process" + process))));
        }
        try (Sandbox sandbox = Sandbox.start(SandboxPlan.of(settings.get(0), true))) {
            open(settings.get(0));
            for (ChildApplication child : children) {
                child.start();
                child.awaitReady();
            }
            slow(salesforce.api(), "/composite$");
            slow(dynamics.api(), "batch$");
            Instant begun = Instant.now();
            killWhileDealsCome();
            Instant ended = Instant.now();
            converged();
            Customer.microsoftWasAskedOnce(portal);
            List<String> some = salesforce.api().list("/sandbox/opportunities").stream().map(salesforce::referralId)
                    .limit(5).toList();
            System.out.printf("%d processes, %d deals of %d customers and %d kills in %d ms, all there %d ms later%n",
                    processes, customers.size() * ofEachCustomer(), customers.size(), KILLS,
                    Duration.between(begun, ended).toMillis(), Duration.between(ended, Instant.now()).toMillis());
            new Silence(portal, application, List.of(salesforce.api(), dynamics.api()), POLL)
                    .andAgainNothingHappens(some);
            converged();
        }
    }

    private Settings child(Map<String, String> shared, Path home) {
        Map<String, String> values = new HashMap<>(shared);
        values.put("data.directory", home.resolve("data").toString());
        FreePorts.give(values, Key.HTTP_PORT, Key.MANAGEMENT_PORT);
        Settings settings = Crms.SHIPPED.settings(Path.of("application.properties"), Map.of(), values);
        ChildApplication child = new ChildApplication(values, settings, home);
        children.add(child);
        logs.add(child.log().toPath());
        return settings;
    }

    private void open(Settings settings) {
        portal = new Api(settings.number(Key.SANDBOX_PARTNER_CENTER_PORT));
        application = new Api(settings.number(Key.HTTP_PORT));
        salesforce = new SalesforceDriver(new Api(settings.number(SalesforceKey.SANDBOX_PORT)));
        dynamics = new DynamicsDriver(new Api(settings.number(DynamicsKey.SANDBOX_PORT)), portal,
                settings.text(DynamicsKey.URL));
    }

    private static void slow(Api crm, String path) {
        crm.post("/sandbox/faults", Map.of("path", path, "delayMillis", 700, "times", 40));
    }

    private int each() {
        return DEALS / customers.size() / (KILLS + 1);
    }

    private int ofEachCustomer() {
        return each() * (KILLS + 1);
    }

    private void killWhileDealsCome() {
        for (int round = 0; round <= KILLS; round++) {
            customers.get(0).dealsInPortal(portal, each());
            customers.get(1).opportunitiesIn(salesforce, each());
            customers.get(2).opportunitiesIn(dynamics, each());
            if (round < KILLS) {
                ChildApplication victim = children.get(round % children.size());
                World.pause(200 + random.nextInt(1500));
                victim.kill();
                victim.start();
                victim.awaitReady();
            }
        }
    }

    private void converged() throws IOException {
        Awaitility.await("every deal in both CRMs").atMost(CONVERGENCE).pollInterval(Duration.ofMillis(500))
                .untilAsserted(() -> customers.forEach(customer -> {
            customer.isThereOnce(salesforce, ofEachCustomer());
            customer.isThereOnce(dynamics, ofEachCustomer());
        }));
        for (Path log : logs) {
            assertThat(Files.readAllLines(log)).as("what was parked, see " + log)
                    .noneMatch(line -> line.contains(" not synced: "));
        }
    }

    // ---- a backfill

    /** Until the first sync is let go nobody but the backfill creates anything. */
    @Test
    void a_backfill_that_is_killed_as_it_counts_and_as_it_works_goes_on_where_it_was() throws Exception {
        Settings settings = child(values(Map.of("first-sync", "ask", "first-sync-limit", "1000")), folder);
        try (Sandbox sandbox = Sandbox.start(SandboxPlan.of(settings, true))) {
            open(settings);
            children.get(0).start();
            children.get(0).awaitReady();
            Customer customer = customers.get(1);
            customer.opportunitiesIn(salesforce, BACKFILLED);
            slow(salesforce.api(), "/query");
            slow(portal, "/engagements/referrals$");
            when(settings, "/api/overview", now -> true);

            String job = "/api/backfill/" + acts(settings, "/api/backfill", Map.of("source", "salesforce")).get("id");
            Map<String, Object> counting = when(settings, job, now -> looked(now) > 0);
            assertThat(counting).containsEntry("phase", "COUNTING");
            killed();
            assertThat(looked(when(settings, job, now -> true))).isGreaterThanOrEqualTo(looked(counting));
            Map<String, Object> asks = when(settings, job, now -> now.get("phase").equals("ASKING"));
            assertThat(asks.get("found")).isEqualTo(Map.of("CREATE", BACKFILLED));
            acts(settings, job + "/go", Map.of());
            Map<String, Object> working = when(settings, job, now -> number(now, "done") > 0);
            assertThat(working).containsEntry("phase", "RUNNING");
            killed();
            Map<String, Object> later = when(settings, job, now -> true);
            assertThat(number(later, "done")).isGreaterThanOrEqualTo(number(working, "done"));
            assertThat(later.get("counted")).as("it is not counted anew").isEqualTo(asks.get("counted"));

            Map<String, Object> done = when(settings, job, now -> now.get("phase").equals("DONE"));
            assertThat(done).containsEntry("done", BACKFILLED).containsEntry("pages", asks.get("pages"));
            List<String> ids = customer.opportunities(salesforce).stream().map(salesforce::referralId).toList();
            assertThat(ids).hasSize(BACKFILLED).doesNotContainNull().doesNotHaveDuplicates();
            assertThat(portal.list("/sandbox/deals")).filteredOn(deal -> !"msft".equals(deal.get("organizationId")))
                    .extracting(deal -> deal.get("id")).containsExactlyInAnyOrderElementsOf(ids);
            Customer.microsoftWasAskedOnce(portal);
            new Silence(portal, application, salesforce.api(), POLL).andAgainNothingHappens(ids.subList(0, 3));
        }
    }

    private void killed() {
        children.get(0).kill();
        children.get(0).start();
        children.get(0).awaitReady();
    }

    private static Map<String, Object> acts(Settings settings, String path, Map<String, Object> body) {
        HttpResponse<byte[]> answer = new Api(settings.number(Key.MANAGEMENT_PORT)).raw("POST", path, Api.bytes(body),
                Map.of("Content-Type", "application/json", "X-Requested-With", "test"));
        assertThat(answer.statusCode()).as(new String(answer.body(), StandardCharsets.UTF_8)).isEqualTo(200);
        return Api.object(answer.body());
    }

    /** How the job is as soon as that is so. */
    private static Map<String, Object> when(Settings settings, String job, Predicate<Map<String, Object>> so) {
        return Awaitility.await().atMost(CONVERGENCE).pollInterval(Duration.ofMillis(20)).ignoreExceptions()
                .until(() -> new Api(settings.number(Key.MANAGEMENT_PORT)).get(job), so);
    }

    private static int number(Map<String, Object> job, String name) {
        return (Integer) job.get(name);
    }

    private static int looked(Map<String, Object> job) {
        return Api.map(job.get("found")).values().stream().mapToInt(each -> (Integer) each).sum();
    }
}
