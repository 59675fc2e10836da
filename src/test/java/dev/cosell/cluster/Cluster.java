package dev.cosell.cluster;

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
import dev.cosell.stories.Api;
import dev.cosell.stories.CrmDriver;
import dev.cosell.stories.DynamicsDriver;
import dev.cosell.stories.OutsideBroker;
import dev.cosell.stories.SalesforceDriver;
import dev.cosell.stories.Silence;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;

/**
 * Several instances of the application as a partner runs them: each in a process of its own, all on one PostgreSQL and
 * one outside broker, a
 * load balancer in front of their doors, and the sandbox behind them. Both CRMs are synced.
 */
final class Cluster implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    static final Duration POLL = Duration.ofSeconds(1);
    private static final String KEY = Base64.getEncoder()
            .encodeToString("the same key for every instance!".getBytes(StandardCharsets.US_ASCII));

    private final Path folder;
    private final FrontDoor frontDoor = new FrontDoor();
    private final OutsideBroker broker;
    private final RealParts parts;
    private final Map<String, String> shared;
    private final AutoCloseable sandbox;
    private final Api portal;
    private final Map<String, CrmDriver> crms = new LinkedHashMap<>();
    private final List<InstanceProcess> instances = new ArrayList<>();

    /** Nobody has started yet. */
    Cluster(Map<String, String> more) {
        this(new OutsideBroker(), more);
    }

    /** @param broker closed with the cluster */
    Cluster(OutsideBroker broker, Map<String, String> more) {
        this(broker, null, broker.url + "?connectionTTL=4000&clientFailureCheckPeriod=1000", more);
    }

    /** With all parts in processes of their own. @param parts closed with the cluster */
    Cluster(RealParts parts, Map<String, String> more) {
        this(null, parts, parts.brokerUrl(), more);
    }

    private Cluster(OutsideBroker broker, RealParts parts, String brokerUrl, Map<String, String> more) {
        this.broker = broker;
        this.parts = parts;
        folder = newFolder();
        shared = shared(brokerUrl, parts == null ? emptyDatabase() : parts.databaseUrl(), more);
        Map<String, String> values = new HashMap<>(shared);
        values.put("http.port", String.valueOf(frontDoor.port()));
        Settings settings = Crms.SHIPPED.settings(Path.of("application.properties"), Map.of(), values);
        sandbox = parts == null ? Sandbox.start(SandboxPlan.of(settings, true))
                : new SandboxProcess(settings, values, folder);
        String host = settings.text(Key.SANDBOX_HOST);
        portal = new Api(host, settings.number(Key.SANDBOX_PARTNER_CENTER_PORT));
        crms.put("salesforce", new SalesforceDriver(new Api(host, settings.number(SalesforceKey.SANDBOX_PORT))));
        crms.put("dynamics", new DynamicsDriver(new Api(host, settings.number(DynamicsKey.SANDBOX_PORT)), portal,
                settings.text(DynamicsKey.URL)));
    }

    /** Two instances, ready for work. */
    static Cluster ofTwo(Map<String, String> more) {
        Cluster cluster = new Cluster(more);
        try {
            InstanceProcess first = cluster.add("first", Map.of());
            InstanceProcess second = cluster.add("second", Map.of());
            first.start();
            second.start();
            first.awaitReady();
            second.awaitReady();
            return cluster;
        } catch (RuntimeException | Error failed) {
            cluster.close();
            throw failed;
        }
    }

    private static Path newFolder() {
        try {
            return Files.createTempDirectory("cosell-cluster");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String emptyDatabase() {
        try {
            return PostgresServer.emptyDatabase();
        } catch (IOException | SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, String> shared(String brokerUrl, String databaseUrl, Map<String, String> more) {
        Map<String, String> values = new HashMap<>(
                Map.of("sandbox", "external", "crms", "salesforce,dynamics", "salesforce.poll-interval", "1s",
                        "dynamics.poll-interval", "1s", "partner-center.sweep-interval", "2s",
                        "partner-center.sign-in-key", KEY, "cluster.take-over", "4s", "sync.brake-share", "100"));
        if (databaseUrl != null) {
            values.putAll(Map.of("state.url", databaseUrl, "broker.url", brokerUrl));
        }
        FreePorts.give(values, Key.SANDBOX_PARTNER_CENTER_PORT, DynamicsKey.SANDBOX_PORT, SalesforceKey.SANDBOX_PORT);
        values.putAll(more);
        return values;
    }

    /** One more instance, which the caller starts. The load balancer knows it from now on. */
    InstanceProcess add(String name, Map<String, String> more) {
        Map<String, String> values = new HashMap<>(shared);
        values.putAll(more);
        InstanceProcess instance = new InstanceProcess(name, folder, values,
                parts == null ? List.of() : parts.javaOptions());
        instances.add(instance);
        frontDoor.leadsTo(instance.port());
        return instance;
    }

    InstanceProcess first() {
        return instances.get(0);
    }

    InstanceProcess second() {
        return instances.get(1);
    }

    List<InstanceProcess> instances() {
        return List.copyOf(instances);
    }

    RealParts parts() {
        return parts;
    }

    /** Where instances and sandbox write their logs. */
    Path folder() {
        return folder;
    }

    /** The settings that all instances have in common. */
    Map<String, String> settings() {
        return Map.copyOf(shared);
    }

    OutsideBroker broker() {
        return broker;
    }

    Api portal() {
        return portal;
    }

    CrmDriver crm(String name) {
        return crms.get(name);
    }

    /** All of them, by name. */
    Map<String, CrmDriver> crms() {
        return crms;
    }

    /** A connection to the database of the instances, for looking. */
    Connection database() throws SQLException {
        return DriverManager.getConnection(shared.get("state.url"));
    }

    void eventually(ThrowingRunnable assertion) {
        Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(100)).untilAsserted(assertion);
    }

    /** A deal that somebody makes in the portal, with complete fields. */
    String newDeal() {
        return (String) portal.post("/sandbox/deals", Map.of()).get("id");
    }

    Map<String, Object> referral(String id) {
        return portal.get("/sandbox/deals/" + id);
    }

    /** Waits for the one opportunity of a referral in one CRM. */
    Map<String, Object> opportunityFor(CrmDriver crm, String referralId) {
        List<Map<String, Object>> found = new ArrayList<>();
        eventually(() -> {
            List<Map<String, Object>> all = crm.opportunitiesOf(referralId);
            assertThat(all).as(crm.name() + " opportunities of " + referralId).hasSize(1);
            found.add(all.get(0));
        });
        return found.get(0);
    }

    /** Ids of all referrals but Microsoft's. */
    List<String> ownReferrals() {
        return portal.list("/sandbox/deals").stream().filter(referral -> !"msft".equals(referral.get("organizationId")))
                .map(referral -> (String) referral.get("id")).toList();
    }

    /** Calls that wrote, by server: {@code partner-center} and the CRMs. */
    Map<String, Integer> writes() {
        Map<String, Integer> writes = new LinkedHashMap<>();
        writes.put("partner-center", (Integer) portal.get("/sandbox/stats").get("writes"));
        crms.forEach((name, crm) -> writes.put(name, (Integer) crm.api().get("/sandbox/stats").get("writes")));
        return writes;
    }

    /** Polls and sweeps go by, each of these deals is announced once more, and nobody is written to. */
    void andAgainNothingHappens(List<String> referralIds) {
        new Silence(portal, new Api(frontDoor.port()), crms.values().stream().map(CrmDriver::api).toList(), POLL)
                .andAgainNothingHappens(referralIds);
    }

    @Override
    public void close() {
        instances.forEach(InstanceProcess::close);
        frontDoor.close();
        for (AutoCloseable part : new AutoCloseable[] {sandbox, broker, parts}) {
            close(part);
        }
    }

    private static void close(AutoCloseable part) {
        try {
            if (part != null) {
                part.close();
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
