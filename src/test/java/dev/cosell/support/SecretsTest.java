package dev.cosell.support;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cosell.app.FreePorts;
import dev.cosell.cli.Commands;
import dev.cosell.crm.Crms;
import dev.cosell.settings.Key;
import dev.cosell.settings.Setting;
import dev.cosell.settings.Settings;
import dev.cosell.stories.Log;
import dev.cosell.stories.World;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * Every secret setting has a value that can be found again. One application syncs deals, parks one and cannot send its
 * alerts, others, one for each way to sign in to Salesforce, are refused by every system; then everything that people
 * can read of them is searched, also for the tokens that the systems have given.
 */
class SecretsTest {
    private static final Marks OURS = Marks.withSandbox();
    private static final Marks SYSTEMS = Marks.ofSystems();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<RefusedApplication> REFUSED = new ArrayList<>();

    private static World world;
    private static Log log;
    private static String parkedId;
    @TempDir
    private static Path folder;

    @BeforeAll
    static void live() throws Exception {
        log = Log.from(Level.DEBUG);
        Map<String, String> values = new HashMap<>(OURS.settings());
        values.putAll(Map.of("alerts.mail.to", "pager.of.quinn@tidewater.example", "alerts.mail.from",
                "sync@tidewater.example", "alerts.mail.host", "localhost", "alerts.mail.port", "1",
                "alerts.parked", "1", "alerts.interval", "200ms", "cli.user", "operator", "mcp", "read"));
        FreePorts.give(values, Key.SANDBOX_PARTNER_CENTER_PORT);
        values.putAll(Map.of("management.sign-in.issuer", "http://localhost:"
                + values.get("sandbox.partner-center-port") + "/contoso/v2.0", "management.sign-in.client-id",
                "sandbox", "management.public-url", "http://localhost:1"));
        values.putAll(Map.of("partner-center.team.first-name", "Quintessa", "partner-center.team.last-name", "Marlowe",
                "partner-center.team.email",
                "quintessa.marlowe@tidewater.example", "partner-center.team.phone", "+1 555 0177342"));
        world = new World(values, Path.of("routes"), "salesforce", "dynamics");
        world.partnerCenter().post("/sandbox/settings", Map.of("redirectUris", "http://localhost:1/sign-in/answer"));
        String referralId = world.newDeal(Map.of("name", "Lighthouse of Peggotty"));
        world.opportunityFor(world.crm("salesforce"), referralId);
        world.opportunityFor(world.crm("dynamics"), referralId);
        parkedId = world.crm("salesforce").newOpportunity(world.crm("salesforce").country("Atlantis"));
        world.eventually(() -> assertThat(world.parked()).anyMatch(line -> line.contains(parkedId)));
        world.eventually(() -> assertThat(log.lines()).anyMatch(line -> line.contains("Alerts by slack do not get")));
        for (RefusedApplication.Way way : RefusedApplication.Way.values()) {
            REFUSED.add(RefusedApplication.start(world, folder, way));
        }
        readable().forEach(Readable::beginBackfill);
        world.settle();
    }

    private static List<Readable> readable() {
        return Stream.concat(Stream.of(new Readable(world.settings(), Map.of("Authorization", "Basic "
                + Base64.getEncoder().encodeToString(("operator:" + Marks.PASSWORD)
                .getBytes(StandardCharsets.UTF_8))))), REFUSED.stream().map(RefusedApplication::readable)).toList();
    }

    @AfterAll
    static void stop() {
        REFUSED.forEach(RefusedApplication::close);
        world.close();
        log.close();
    }

    /** The access tokens that the systems have given to the application, and the refresh tokens. */
    private static List<String> tokens() {
        List<String> tokens = new ArrayList<>();
        Stream.of(world.partnerCenter(), world.crm("salesforce").api()).map(api -> api.get("/sandbox/tokens"))
                .flatMap(given -> given.values().stream()).forEach(given -> ((List<?>) given)
                        .forEach(token -> tokens.add((String) token)));
        assertThat(tokens).as("of Partner Center, Dynamics 365 and Salesforce").hasSizeGreaterThanOrEqualTo(4);
        return tokens;
    }

    /** A secret that is set nowhere could turn up nowhere. */
    @Test
    void every_secret_is_set_in_one_of_the_applications() {
        Stream.of(OURS, SYSTEMS).flatMap(marks -> marks.settings().entrySet().stream()).forEach(mark ->
                assertThat(readable()).as(mark.getKey()).anyMatch(each -> Marks.all()
                        .filter(key -> key.text().equals(mark.getKey()))
                        .anyMatch(key -> each.settings().text(key).equals(mark.getValue()))));
        assertThat(Marks.all().filter(Setting::secret).map(Setting::text)).allMatch(key ->
                OURS.settings().containsKey(key) || SYSTEMS.settings().containsKey(key));
    }

    // ---- the bundle

    private record Said(int code, String out, String err) {}

    private static Said bundle(Settings settings, Path file, String... more) {
        List<String> words = new ArrayList<>(List.of("support-bundle", "--output", file.toString(), "--set",
                "management.port=" + settings.number(Key.MANAGEMENT_PORT),
                "--set", "cli.user=operator", "--set", "cli.password=" + Marks.PASSWORD));
        words.addAll(List.of(more));
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = new CommandLine(new Commands()).setOut(new PrintWriter(out)).setErr(new PrintWriter(err))
                .execute(words.toArray(String[]::new));
        return new Said(code, out.toString(), err.toString());
    }

    private static Map<String, String> unzip(Path file) throws IOException {
        Map<String, String> files = new LinkedHashMap<>();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (ZipEntry entry : zip.stream().map(ZipEntry.class::cast).toList()) {
                try (InputStream content = zip.getInputStream(entry)) {
                    files.put(entry.getName(), new String(content.readAllBytes(), StandardCharsets.UTF_8));
                }
            }
        }
        return files;
    }

    @Test
    void the_bundle_of_a_running_application_has_what_helps_and_nobodys_name() throws IOException {
        Path file = folder.resolve("running.zip");
        Said said = bundle(world.settings(), file);
        assertThat(said.code()).as(said.err()).isZero();
        Map<String, String> files = unzip(file);

        assertThat(files.keySet()).contains("about.json", "settings.json", "routes.json", "health.json", "sync.json",
                "connections.json", "issues.json", "instances.json", "database.json", "data-folder.json",
                "threads.txt", "log.txt", "mapping/mapping-salesforce.camel.yaml");
        JsonNode settings = JSON.readTree(files.get("settings.json"));
        assertThat(settings.path("sync.consumers").asText()).isEqualTo("4");
        assertThat(settings.path("alerts.interval").asText()).isEqualTo("200ms");
        assertThat(settings.path("cli.password").asText()).isEqualTo("(set)");
        assertThat(settings.path("partner-center.team.email").asText()).isEqualTo("(set)");
        assertThat(files.get("issues.json")).contains(parkedId, "BROKEN_RULE PARK")
                .contains("\"codes\" : [ \"CS-202\", \"CS-301\" ]");
        assertThat(JSON.readTree(files.get("health.json")).path("alerts-by-slack").asText()).isEqualTo("DOWN");
        assertThat(JSON.readTree(files.get("database.json")).path("link").asInt()).isGreaterThanOrEqualTo(3);
        assertThat(JSON.readTree(files.get("routes.json")).path("sync.camel.yaml").asText()).hasSize(12);
        assertThat(files.get("about.json")).contains("camel-main-", "java.runtime.version");
        assertThat(files.get("log.txt")).contains("crmId=" + parkedId + "} salesforce: … not synced: …",
                "NEW_REFERRAL → CREATE_OPPORTUNITY", "dev.cosell.alerts.Sender");
        assertThat(files.get("threads.txt")).contains("dev.cosell.queue.Outbox.run", "\"cosell-hint-sender\"");
        assertThat(files.get("mapping/mapping-salesforce.camel.yaml"))
                .isEqualTo(Files.readString(Path.of("routes/mapping-salesforce.camel.yaml")));

        files.keySet().removeIf(name -> name.startsWith("mapping/"));
        String all = String.join("\n", files.values());
        assertThat(OURS.secrets()).allSatisfy(secret -> assertThat(all).doesNotContain(secret));
        assertThat(tokens()).allSatisfy(token -> assertThat(all).doesNotContain(token));
        assertThat(personal()).hasSizeGreaterThan(20)
                .allSatisfy(value -> assertThat(all).doesNotContainIgnoringCase(value));
    }

    /** Names, mail addresses, phone numbers and texts of all records, and of the settings. */
    private static TreeSet<String> personal() throws IOException {
        TreeSet<String> values = new TreeSet<>(List.of("Lighthouse of Peggotty", "Peggotty", "Atlantis", "Quintessa",
                "Marlowe", "quintessa.marlowe@tidewater.example", "0177342", "pager.of.quinn@tidewater.example",
                "tidewater.example"));
        for (Map<String, Object> deal : world.partnerCenter().list("/sandbox/deals")) {
            leaves(JSON.valueToTree(deal), values);
        }
        leaves(JSON.valueToTree(world.crm("salesforce").opportunity(parkedId)), values);
        return values;
    }

    private static void leaves(JsonNode node, TreeSet<String> found) {
        if (node.isContainerNode()) {
            node.forEach(each -> leaves(each, found));
        } else if (node.isTextual() && isPersonal(node.asText())) {
            found.add(node.asText());
        }
    }

    /** Words of an enumeration have neither a blank nor a sign of an address, ids and moments neither. */
    private static boolean isPersonal(String text) {
        return text.contains("@") || text.strip().contains(" ") && text.matches("(?s).*\\p{L}{2}.*")
                || text.matches("\\+?[\\d ]{9,}");
    }

    @Test
    void the_bundle_of_one_that_every_system_refuses_has_no_secret_either() throws IOException {
        for (RefusedApplication refused : REFUSED) {
            Path file = folder.resolve(refused.settings().number(Key.MANAGEMENT_PORT) + ".zip");
            assertThat(bundle(refused.settings(), file).code()).isZero();
            Map<String, String> files = unzip(file);
            assertThat(files.get("connections.json")).contains("BROKEN");
            assertThat(SYSTEMS.secrets())
                    .allSatisfy(secret -> assertThat(String.join("\n", files.values())).doesNotContain(secret));
        }
    }

    @Test
    void without_an_application_there_is_less_in_it() throws IOException {
        Path file = folder.resolve("alone.zip");
        List<String> more = new ArrayList<>(List.of("--url", "http://127.0.0.1:1"));
        OURS.settings().forEach((key, value) -> more.addAll(List.of("--set", key + "=" + value)));
        Said said = bundle(world.settings(), file, more.toArray(String[]::new));
        assertThat(said.code()).isEqualTo(1);
        assertThat(said.err()).contains("does not answer at http://127.0.0.1:1", "There is less in the file");
        Map<String, String> files = unzip(file);
        assertThat(files.keySet()).containsExactlyInAnyOrder("about.json", "settings.json", "routes.json",
                "data-folder.json", "mapping/mapping-salesforce.camel.yaml", "mapping/mapping-dynamics.camel.yaml");
        assertThat(OURS.secrets())
                .allSatisfy(secret -> assertThat(String.join("\n", files.values())).doesNotContain(secret));

        assertThat(bundle(world.settings(), file).code()).as("a file that is there stays").isEqualTo(2);
        Path wrong = folder.resolve("wrong.zip");
        assertThat(bundle(world.settings(), wrong, "--set", "sync.consumers=Marlowe").code()).isEqualTo(1);
        assertThat(unzip(wrong)).containsOnlyKeys("about.json");
    }

    // ---- everything else that people read

    @Test
    void no_secret_is_in_the_log_in_jmx_in_health_in_the_api_in_the_audit_or_on_the_page() {
        Map<String, String> places = new LinkedHashMap<>(Readable.beans());
        readable().forEach(each -> places.putAll(each.places(parkedId)));
        places.putAll(readable().get(0).signInThatIsRefused());
        places.put("log", String.join("\n", log.written()) + String.join("\n", log.lines()));
        assertThat(places).hasSizeGreaterThan(400);
        assertThat(places.get("log")).contains("AADSTS7000215", "invalid_client", "hasn't approved this consumer");
        places.forEach((place, text) -> {
            if (place.contains("MCP")) {
                assertThat(text).as(place).contains("\"result\"");
            } else if (place.endsWith("/api/backfill/1")) {
                assertThat(text).as(place).contains("\"phase\"");
            }
        });
        Stream.of(OURS.secrets(), SYSTEMS.secrets(), tokens()).flatMap(List::stream).distinct().forEach(secret ->
                assertThat(places).allSatisfy((place, text) -> assertThat(text.contains(secret))
                        .as("\"%s\" in %s", secret, place).isFalse()));
        assertThat(places.get("log")).doesNotContainPattern("Bearer [A-Za-z0-9._~+/-]{8}");
    }

    @Test
    void a_setting_that_cannot_be_right_is_told_without_its_secret() {
        Marks.all().filter(Setting::secret).filter(key -> key.fault("wrong mark-of-a-fault") != null).forEach(key -> {
            String told = null;
            try {
                Crms.SHIPPED.settings(Path.of("none"), Map.of(), Map.of(key.text(), "wrong mark-of-a-fault"));
            } catch (RuntimeException fault) {
                told = fault.getMessage();
            }
            assertThat(told).contains(key.text()).doesNotContain("mark-of-a-fault");
        });
    }
}
