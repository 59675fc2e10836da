package dev.cosell.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cosell.ShippedRoutes;
import dev.cosell.app.FreePorts;
import dev.cosell.settings.Key;
import dev.cosell.stories.InWorld;
import dev.cosell.stories.World;
import io.prometheus.jmx.JavaAgent;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.management.JMException;
import javax.management.JMX;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What an operator sees in a JMX console and may do there, on the running application. */
@InWorld(openedBy = "open")
class JmxTest {
    private static final MBeanServer SERVER = ManagementFactory.getPlatformMBeanServer();
    private static final Set<String> WATCHED = Set.of("sync", "reconcile", "read-referral", "read-opportunity",
            "read-other-side", "find-opportunity", "find-referral", "find-rivals",
            "update", "close-opportunity", "create-opportunity", "create-referral", "park", "hint", "sync-salesforce",
            "sync-dynamics",
            "salesforce-poll", "dynamics-poll", "partner-center-sweep", "partner-center-sweep-parts",
            "partner-center-sweep-pages", "partner-center-sweep-keep",
            "partner-center-webhook", "partner-center-registration-check",
            "partner-center-registration", "partner-center-webhook-test", "partner-center-webhook-report",
            "partner-center-webhook-call");

    private static final String MAPPING = "mapping-salesforce.camel.yaml";

    @TempDir
    static Path routes;
    private static World world;
    private static SyncMXBean sync;

    static World open() {
        return new World(Map.of("camel.main.jmxManagementMBeansLevel", "Default"), ShippedRoutes.copyTo(routes),
                "dynamics", "salesforce");
    }

    @BeforeAll
    static void start() throws JMException {
        sync = JMX.newMXBeanProxy(SERVER, new ObjectName(SyncOperations.NAME), SyncMXBean.class);
    }

    private static ObjectName name(String type, String id) throws JMException {
        return new ObjectName("org.apache.camel:context=cosell-sync,type=" + type + ",name=\"" + id + "\"");
    }

    private static Object attribute(ObjectName bean, String attribute) {
        try {
            return SERVER.getAttribute(bean, attribute);
        } catch (JMException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<ObjectName> processors() throws JMException {
        return SERVER.queryNames(new ObjectName("org.apache.camel:context=cosell-sync,type=processors,*"), null)
                .stream()
                .filter(bean -> WATCHED.contains(String.valueOf(attribute(bean, "RouteId")))).toList();
    }

    // ---- Camel's own MBeans
    // ------------------------------------------------------------------------------------------------

    @Test
    void each_route_has_a_stable_name_and_a_description() throws JMException {
        for (String id : WATCHED) {
            ObjectName route = name("routes", id);
            assertThat(SERVER.isRegistered(route)).as(id).isTrue();
            assertThat((String) attribute(route, "Description")).as(id).isNotBlank();
            assertThat(attribute(route, "State")).as(id).isEqualTo("Started");
        }
        SERVER.queryNames(new ObjectName("org.apache.camel:context=cosell-sync,type=routes,*"), null).forEach(route -> {
            assertThat((String) attribute(route, "RouteId")).doesNotMatch("route\\d+");
            assertThat((String) attribute(route, "Description")).as(route.toString()).isNotBlank();
        });
    }

    /** Generated names change with every edit of a file, so nobody can build an alarm on them. */
    @Test
    void no_watched_step_has_a_generated_name() throws JMException {
        Set<String> generated = new TreeSet<>();
        for (ObjectName bean : processors()) {
            String id = (String) attribute(bean, "ProcessorId");
            if (id.matches(
                    "(to|toD|bean|filter|choice|when|otherwise|split|loop|idempotentConsumer|process|log|doTry|doCatch)\\d+")) {
                generated.add(attribute(bean, "RouteId") + "/" + id);
            }
        }
        assertThat(generated).isEmpty();
    }

    @Test
    void the_steps_of_the_sync_show_under_their_names() throws JMException {
        Set<Object> names = processors().stream().map(bean -> attribute(bean, "ProcessorId"))
                .collect(Collectors.toSet());
        assertThat(names).contains("find-link", "who-reports", "seen-this-version", "decide", "what-to-do",
                "update-referral", "update-opportunity",
                "remember-update", "create-it", "close-it", "create-referral-in-partner-center", "tell-the-opportunity",
                "tell-the-seller",
                "remember-parked", "hint-offer", "partner-center-webhook-verify");
    }

    /** The operation once answered that camel-yaml-io was missing, and that library loses every doCatch. */
    @Test
    void each_route_can_be_read_as_it_stands_in_its_file() throws JMException {
        Set<String> catching = new TreeSet<>();
        for (ObjectName route : SERVER.queryNames(new ObjectName("org.apache.camel:context=cosell-sync,type=routes,*"),
                null)) {
            String id = (String) attribute(route, "RouteId");
            String yaml = (String) SERVER.invoke(route, "dumpRouteAsYaml", new Object[] {true},
                    new String[] {"boolean"});
            assertThat(new Load(LoadSettings.builder().build()).loadFromString(yaml))
                    .asInstanceOf(InstanceOfAssertFactories.list(Map.class))
                    .singleElement().extracting(element -> element.get("route"))
                    .asInstanceOf(InstanceOfAssertFactories.MAP)
                    .containsEntry("id", id).containsEntry("description", attribute(route, "Description"))
                    .containsKey("from");
            if (yaml.contains("doCatch:")) {
                catching.add(id);
            }
        }
        assertThat(catching).contains("partner-center-webhook", "create-referral");
    }

    @Test
    void an_echo_counts_as_a_duplicate() throws JMException {
        String referralId = world.newDeal(Map.of());
        world.opportunityFor(world.crm("salesforce"), referralId);
        world.opportunityFor(world.crm("dynamics"), referralId);
        world.settle();
        ObjectName consumer = name("processors", "seen-this-version");
        long before = (Long) attribute(consumer, "DuplicateMessageCount");
        byte[] event = world.event(referralId);
        assertThat(world.deliver(event, world.signed(event)).statusCode()).isEqualTo(200);
        world.eventually(() -> assertThat((Long) attribute(consumer, "DuplicateMessageCount"))
                .isGreaterThanOrEqualTo(before + 2));
    }

    @Test
    void no_secret_shows_in_any_mbean_of_ours() throws JMException {
        Set<ObjectName> endpoints = SERVER
                .queryNames(new ObjectName("org.apache.camel:context=cosell-sync,type=endpoints,*"), null);
        assertThat(endpoints).isNotEmpty();
        for (ObjectName endpoint : endpoints) {
            assertThat(endpoint.toString().toLowerCase(java.util.Locale.ROOT)).doesNotContain("secret")
                    .doesNotContain("password");
        }
    }

    // ---- other tools
    // -------------------------------------------------------------------------------------------------------

    /** Without a configuration the exporter makes some 18,000 series, one for each attribute of each step. */
    @Test
    void the_prometheus_exporter_gets_a_few_hundred_series_with_the_configuration_in_docs() throws Exception {
        Map<String, String> ports = new HashMap<>();
        FreePorts.give(ports, Key.HTTP_PORT);
        int port = Integer.parseInt(ports.get(Key.HTTP_PORT.text()));
        JavaAgent.agentmain("127.0.0.1:" + port + ":docs/monitoring/jmx-exporter.yaml", null);
        List<String> series = series(port);
        assertThat(series).hasSizeBetween(200, 600);
        assertThat(series).filteredOn(line -> line.startsWith("cosell_"))
                .anyMatch(line -> line.startsWith("cosell_backlog{crm=\"salesforce\"}"))
                .anyMatch(line -> line.startsWith("cosell_links{crm=\"dynamics\",state=\"PARKED\"}"))
                .anyMatch(line -> line.startsWith("cosell_connection_state{connection=\"partner-center\",state="))
                .anyMatch(line -> line.startsWith("cosell_budget_calls_today{crm=\"salesforce\"}"))
                .anyMatch(line -> line.startsWith("cosell_route_exchanges_failed_total{route=\"salesforce-poll\"}"))
                .anyMatch(line -> line.startsWith("cosell_oldest_pending_seconds "))
                .noneMatch(line -> line.startsWith("cosell_mapping_error"));
        aMappingErrorOfSeveralLinesCounts(port);
    }

    /** Two bad rows, and most mistakes in YAML, were no fault for the exporter: its pattern ended with the line. */
    private static void aMappingErrorOfSeveralLinesCounts(int port) throws Exception {
        String shipped = Files.readString(routes.resolve(MAPPING));
        try {
            Files.writeString(routes.resolve(MAPPING), shipped.replace("details.notes ", "details.notse ")
                    .replace("details.dealValue ", "details.delaValue "));
            world.eventually(() -> assertThat(sync.getMappingError()).hasLineCount(2));
            assertThat(series(port)).contains("cosell_mapping_error 1.0");
        } finally {
            Files.writeString(routes.resolve(MAPPING), shipped);
            world.eventually(() -> assertThat(sync.getMappingError()).isEmpty());
        }
        assertThat(series(port)).noneMatch(line -> line.startsWith("cosell_mapping_error"));
    }

    private static List<String> series(int port) throws Exception {
        return get(port, "/metrics").lines().filter(line -> !line.startsWith("#")).toList();
    }

    private static String get(int port, String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(30)).build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    // ---- our own MBean
    // -----------------------------------------------------------------------------------------------------

    @Test
    void links_are_counted_by_state() {
        int before = sync.getLinksByState().getOrDefault("salesforce/LINKED", 0);
        String referralId = world.newDeal(Map.of());
        world.opportunityFor(world.crm("salesforce"), referralId);
        world.eventually(() -> assertThat(sync.getLinksByState()).containsEntry("salesforce/LINKED", before + 1));
        assertThat(sync.getMappingError()).isEmpty();
    }

    @Test
    void a_paused_crm_keeps_its_hints_while_the_other_goes_on() {
        assertThat(sync.pause("dynamics")).isEqualTo("Paused: dynamics");
        String referralId;
        try {
            referralId = world.newDeal(Map.of());
            world.opportunityFor(world.crm("salesforce"), referralId);
            world.eventually(() -> assertThat(sync.getBacklog().get("dynamics")).isPositive());
            world.eventually(() -> assertThat(sync.getBacklog()).containsEntry("salesforce", 0));
            world.eventually(() -> assertThat(sync.getOldestPendingSeconds()).isPositive());
            assertThat(world.crm("dynamics").opportunitiesOf(referralId)).isEmpty();
        } finally {
            assertThat(sync.resume("dynamics")).isEqualTo("Resumed: dynamics");
        }
        world.opportunityFor(world.crm("dynamics"), referralId);
        world.eventually(() -> assertThat(sync.getBacklog()).containsEntry("dynamics", 0));
        assertThat(sync.getOldestPendingSeconds()).isZero();
    }

    @Test
    void an_unknown_crm_is_refused_in_plain_words() {
        assertThatThrownBy(() -> sync.pause("hubspot")).hasMessageContaining("hubspot")
                .hasMessageContaining("dynamics, salesforce");
    }

    /**
     * The cause is mended on the account, which does not touch the opportunity: only a person can tell that it is worth
     * another look.
     */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_parked_record_is_synced_after_its_cause_was_mended_elsewhere(boolean byName) {
        String id = world.crm("dynamics").newOpportunity(world.crm("dynamics").country("GBR"));
        world.eventually(() -> assertThat(sync.getParked())
                .anySatisfy(line -> assertThat(line).startsWith("dynamics - " + id + ": ").contains("country")));
        assertThat(sync.getParkedCount()).isPositive();
        world.settle();
        world.crm("dynamics").mendCountry(id);
        world.settle();
        assertThat(world.crm("dynamics").referralId(world.crm("dynamics").opportunity(id))).isNull();

        assertThat(byName ? sync.retryParked(id) : sync.retryAllParked()).startsWith("Looking again at 1");
        world.eventually(
                () -> assertThat(world.crm("dynamics").referralId(world.crm("dynamics").opportunity(id))).isNotNull());
        world.eventually(() -> assertThat(sync.getParked()).noneSatisfy(line -> assertThat(line).contains(id)));
        assertThat(sync.retryParked("no such record")).isEqualTo("Nothing is parked under no such record");
    }
}
