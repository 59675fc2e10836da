package dev.cosell.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import dev.cosell.alerts.Receiver;
import dev.cosell.settings.Key;
import dev.cosell.stories.Api;
import dev.cosell.stories.World;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * What the running application tells Prometheus of what it did, and that the files under {@code deploy/monitoring} ask
 * for nothing else.
 */
class MetricsTest {
    private static final Path MONITORING = Path.of("deploy/monitoring");
    private static final String SECRET = "whsec_" + Base64.getEncoder().encodeToString(new byte[32]);
    private static final Pattern METRIC = Pattern.compile("\\b(?:cosell|jvm|process)_[a-z_]+\\b");

    private static Receiver alerts;
    private static World world;
    private static Api management;
    private static String referralId;
    private static String crmId;
    private static String parkedId;

    /** One deal that is synced, one that is parked, and nobody who takes alerts about it. */
    @BeforeAll
    static void run() throws IOException {
        alerts = new Receiver();
        alerts.answers("/hook", 500);
        world = new World(Map.of("alerts.webhook.url", alerts.address("/hook"), "alerts.webhook.secret", SECRET,
                "alerts.parked", "1", "alerts.interval", "300ms"), Path.of("routes"), "salesforce", "dynamics");
        management = new Api(world.settings().number(Key.MANAGEMENT_PORT));
        referralId = world.newDeal(Map.of("name", "Windmill of Consuegra"));
        crmId = world.crm("salesforce").id(world.opportunityFor(world.crm("salesforce"), referralId));
        world.opportunityFor(world.crm("dynamics"), referralId);
        parkedId = world.crm("dynamics").newOpportunity(world.crm("dynamics").country("GBR"));
        world.eventually(() -> assertThat(world.operations().getParkedCount()).isEqualTo(1));
        world.settle();
    }

    @AfterAll
    static void stop() {
        world.close();
        alerts.close();
    }

    private static String page() {
        return new String(management.raw("GET", "/observe/metrics", null, Map.of()).body(), StandardCharsets.UTF_8);
    }

    private static Map<String, Double> series() {
        return page().lines().filter(line -> !line.startsWith("#")).collect(Collectors.toMap(
                line -> line.substring(0, line.lastIndexOf(' ')), line ->
                Double.valueOf(line.substring(line.lastIndexOf(' ') + 1))));
    }

    @Test
    void syncs_are_counted_by_situation_action_and_outcome() {
        Map<String, Double> series = series();
        Stream.of("salesforce", "dynamics").forEach(crm -> assertThat(series).containsEntry(
                "cosell_sync_seconds_count{action=\"CREATE_OPPORTUNITY\",crm=\"" + crm
                + "\",outcome=\"done\",situation=\"NEW_REFERRAL\"}", 1.0));
        assertThat(sum(series, "cosell_sync_seconds_count{", "crm=\"dynamics\",outcome=\"parked\"")).isPositive();
        assertThat(series.get("cosell_delay_seconds_count{crm=\"salesforce\"}")).isPositive();
        assertThat(series.get("cosell_delay_seconds_bucket{crm=\"salesforce\",le=\"7200.0\"}"))
                .isEqualTo(series.get("cosell_delay_seconds_count{crm=\"salesforce\"}"));
    }

    @Test
    void a_sync_that_fails_counts_as_one_that_comes_again() {
        world.partnerCenter().post("/sandbox/faults", Map.of("status", 503, "times", 1));
        byte[] event = world.event(referralId);
        assertThat(world.deliver(event, world.signed(event)).statusCode()).isEqualTo(200);
        world.eventually(() -> assertThat(sum(series(), "cosell_sync_seconds_count{", "outcome=\"again\""))
                .isPositive());
        world.eventually(() -> assertThat(series()
                .get("cosell_call_seconds_count{outcome=\"failed\",system=\"partner-center\"}")).isPositive());
        world.settle();
    }

    private static double sum(Map<String, Double> series, String... parts) {
        return series.entrySet().stream().filter(entry -> Stream.of(parts).allMatch(entry.getKey()::contains))
                .mapToDouble(Map.Entry::getValue).sum();
    }

    @Test
    void calls_agree_with_what_the_servers_counted() {
        for (String crm : List.of("salesforce", "dynamics")) {
            world.eventually(() -> assertThat(sum(series(), "cosell_call_seconds_count{", "system=\"" + crm + "\""))
                    .isCloseTo((Integer) world.crm(crm).api().get("/sandbox/stats").get("total"), offset(4.0)));
        }
    }

    @Test
    void how_things_stand_is_what_jmx_says() {
        world.eventually(() -> assertThat(series()).containsEntry("cosell_links{crm=\"salesforce\",state=\"LINKED\"}",
                1.0)
                .containsEntry("cosell_backlog{crm=\"dynamics\"}", 0.0)
                .containsEntry("cosell_connection_up{connection=\"partner-center\"}", 1.0)
                .containsEntry("cosell_alarm{check=\"state-database\"}", 0.0)
                .containsEntry("cosell_alarm{check=\"full-sweep\"}", 0.0)
                .containsEntry("cosell_mapping_error", 0.0)
                .containsEntry("cosell_budget_organisation_limit{crm=\"salesforce\"}", 100000.0));
        assertThat(sum(series(), "cosell_links{crm=\"dynamics\"", "PARKED")
                + sum(series(), "cosell_links{crm=\"dynamics\"", "CLAIMED")).isEqualTo(1);
        assertThat(series().get("cosell_route_exchanges_total{route=\"sync-salesforce\"}")).isGreaterThanOrEqualTo(1);
    }

    /** Its check comes after the others and had no series, so that nobody learned that alerts reach nobody. */
    @Test
    void a_channel_whose_alerts_do_not_get_through_is_an_alarm() {
        world.eventually(() -> assertThat(series()).containsEntry("cosell_alarm{check=\"alerts-by-webhook\"}", 1.0)
                .containsEntry("cosell_alarm{check=\"webhook\"}", 0.0)
                .containsEntry("cosell_alarm{check=\"first-sync\"}", 0.0));
    }

    /** A label with an id, a name or a message would make a series for each record. */
    @Test
    void no_label_grows_with_the_records() {
        assertThat(page()).doesNotContain(referralId, crmId, parkedId, "Consuegra", "GBR", "localhost:");
        assertThat(series()).hasSizeLessThan(700);
    }

    @Test
    void the_webhook_port_does_not_serve_them() {
        assertThat(world.application().raw("GET", "/observe/metrics", null, Map.of()).statusCode()).isEqualTo(404);
    }

    // ---- deploy/monitoring ------------------------------------------------------------------------------------------

    private static Set<String> exported() {
        return series().keySet().stream().map(name -> name.split("\\{")[0]).collect(Collectors.toSet());
    }

    private static Set<String> metricsIn(Stream<String> expressions) {
        return expressions.flatMap(expression -> METRIC.matcher(expression).results().map(MatchResult::group))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Every value of this key, however deep. */
    private static Stream<String> values(Object tree, String key) {
        if (tree instanceof Map<?, ?> map) {
            Stream<String> here = map.get(key) instanceof String text ? Stream.of(text) : Stream.empty();
            return Stream.concat(here, map.values().stream().flatMap(child -> values(child, key)));
        }
        return tree instanceof Collection<?> list ? list.stream().flatMap(child -> values(child, key)) : Stream.empty();
    }

    private static Object yaml(String file) throws IOException {
        return new Load(LoadSettings.builder().build()).loadFromString(Files.readString(MONITORING.resolve(file)));
    }

    @Test
    void the_dashboard_asks_for_metrics_that_are_exported() throws IOException {
        Map<String, Object> dashboard = Api.object(Files.readAllBytes(MONITORING.resolve("dashboard.json")));
        List<String> expressions = values(dashboard, "expr").toList();
        assertThat(expressions).hasSizeGreaterThan(20);
        assertThat(exported()).containsAll(metricsIn(Stream.concat(expressions.stream(),
                values(dashboard, "definition"))));
        assertThat(values(dashboard, "title")).doesNotHaveDuplicates();
    }

    @Test
    void the_alarms_ask_for_metrics_that_are_exported() throws IOException {
        Object rules = yaml("alerts.yml");
        assertThat(values(rules, "expr")).hasSizeGreaterThan(7);
        assertThat(exported()).containsAll(metricsIn(values(rules, "expr")));
        assertThat(values(rules, "summary")).hasSameSizeAs(values(rules, "alert").toList());
        assertThat(values(rules, "description")).hasSameSizeAs(values(rules, "alert").toList());
        assertThat(values(rules, "alert")).doesNotHaveDuplicates();
    }

    @Test
    void the_scrape_configuration_reads_the_port_and_the_path_as_shipped() throws IOException {
        Object prometheus = yaml("prometheus.yml");
        assertThat(values(prometheus, "metrics_path")).containsExactly("/observe/metrics");
        assertThat(Files.readString(MONITORING.resolve("prometheus.yml")))
                .contains("\"" + Key.MANAGEMENT_HOST.byDefault() + ":" + Key.MANAGEMENT_PORT.byDefault() + "\"",
                "alerts.yml");
    }
}
