package dev.cosell.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.cosell.settings.Key;
import dev.cosell.settings.Setting;
import dev.cosell.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The compose file is what Compose takes, and what it and the proxy's file say of the application is true. */
class ComposeTest {
    private static final Path FILE = Path.of("deploy/compose.yaml");
    private static final Path SPECIFICATION = Path.of("src/test/resources/compose/compose-spec.json");
    private static final Path PROXY = Path.of("deploy/proxy/haproxy.cfg");
    private static final Pattern SERVER = Pattern.compile("^\\s+server (\\S+) (\\S+):(\\d+)$", Pattern.MULTILINE);
    private static final String SECRETS = "/run/secrets/";
    /** Of the secrets those that the manual fills; the others are empty files. */
    private static final Set<String> USED = Set.of("state-password", "broker-password", "partner-center-sign-in-key",
            "webhook-path-secret", "salesforce-client-secret");
    private static final List<String> INSTANCES = List.of("cosell-1", "cosell-2");

    @TempDir
    Path folder;

    private final Image image = new Image();
    private final Map<String, Object> file = merged(Yaml.read(FILE));

    /** With what a {@code <<} brings along, as Compose reads it. */
    @SuppressWarnings("unchecked")
    private static <T> T merged(T value) {
        if (value instanceof List<?> list) {
            return (T) list.stream().map(ComposeTest::merged).toList();
        }
        if (!(value instanceof Map<?, ?> map)) {
            return value;
        }
        Object brought = merged(map.get("<<"));
        Map<String, Object> all = new HashMap<>(brought == null ? Map.of() : (Map<String, Object>) brought);
        map.forEach((key, each) -> all.put(key.toString(), merged(each)));
        all.remove("<<");
        return (T) all;
    }

    private Map<String, Object> services() {
        return Yaml.map(file, "services");
    }

    private static List<Error> faults(Object document) throws IOException {
        ObjectNode text = (ObjectNode) new ObjectMapper().readTree(Files.readString(SPECIFICATION));
        // No address, which the validator would want it to be.
        text.remove("$id");
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7).getSchema(text);
        return schema.validate(new ObjectMapper().writeValueAsString(document), InputFormat.JSON);
    }

    private Settings settings(String service) throws IOException {
        Map<String, String> variables = new HashMap<>();
        Yaml.map(file, "services", service, "environment")
                .forEach((name, value) -> variables.put(name, value.toString()));
        for (Map.Entry<String, String> each : variables.entrySet()) {
            if (each.getKey().endsWith("_FILE")) {
                String name = each.getValue().substring(SECRETS.length());
                String value = USED.contains(name) ? GivenSettings.someSecret(each.getKey()) : "";
                each.setValue(Files.writeString(folder.resolve(name), value).toString());
            }
        }
        variables.putAll(Map.of("PARTNER_CENTER_TENANT", "contoso", "PARTNER_CENTER_CLIENT_ID", "app",
                "SALESFORCE_CLIENT_ID", "app", "CRMS", "salesforce", "SALESFORCE_LOGIN_URL",
                "https://example.my.salesforce.com"));
        return GivenSettings.read(Path.of("application.properties"), variables);
    }

    @Test
    void the_file_has_only_what_the_compose_specification_knows() throws IOException {
        assertThat(faults(file)).isEmpty();
        Map<String, Object> other = merged(Yaml.read(FILE));
        Yaml.map(other, "services", "proxy").put("port", "443:8443");
        assertThat(faults(other)).as("a misspelled key would be found").isNotEmpty();
    }

    @Test
    void a_variable_is_a_setting_and_secrets_are_files_that_the_service_is_given() {
        for (String service : INSTANCES) {
            List<Object> given = Yaml.list(file, "services", service, "secrets");
            Yaml.map(file, "services", service, "environment").forEach((name, value) -> {
                boolean isFile = name.endsWith("_FILE");
                Setting setting = GivenSettings.of(isFile ? name.substring(0, name.length() - 5) : name);
                assertThat(isFile).as(name).isEqualTo(GivenSettings.isSecret(setting));
                if (isFile) {
                    assertThat(value.toString()).isEqualTo(SECRETS + setting.text().replace('.', '-'));
                    assertThat(given).contains(value.toString().substring(SECRETS.length()));
                }
            });
        }
    }

    /** An address of Slack, a refresh token, a user of the page: a secret that no line named arrived nowhere. */
    @Test
    void every_secret_of_the_application_is_passed_on() {
        assertThat(GivenSettings.secrets()).hasSizeGreaterThan(15).contains(Key.ALERTS_SLACK_URL);
        for (String service : INSTANCES) {
            assertThat(Yaml.map(file, "services", service, "environment").keySet()).containsAll(
                    GivenSettings.secrets().stream().map(secret -> secret.variable() + "_FILE").toList());
        }
    }

    /** Compose starts nothing where one of the files is missing. */
    @Test
    void the_manual_makes_a_file_for_every_secret() throws IOException {
        String made = Files.readString(Path.of("docs/production.md")).split("## Compose")[1].split("## ")[0];
        assertThat(made).contains("for each in $(sed -n 's|.*{file: secrets/\\(.*\\)}|\\1|p' ../compose.yaml); do");
        List<String> found = Pattern.compile("(?m)^.*\\{file: secrets/(.*)}$").matcher(Files.readString(FILE)).results()
                .map(line -> line.group(1)).toList();
        assertThat(found).containsExactlyInAnyOrderElementsOf(Yaml.map(file, "secrets").keySet());
    }

    /** A new version is started out of another folder, and has to be the same installation there. */
    @Test
    void the_installation_has_the_same_name_in_every_folder() {
        assertThat(file).containsEntry("name", "cosell");
    }

    @Test
    void every_secret_is_a_file_outside_of_version_control() throws IOException {
        Set<Object> used = new HashSet<>();
        Yaml.map(file, "services").values().forEach(service -> used.addAll(Yaml.list(service, "secrets")));
        assertThat(used).isEqualTo(Yaml.map(file, "secrets").keySet());
        assertThat(Yaml.map(file, "secrets").values()).allSatisfy(secret ->
                assertThat((String) Yaml.at(secret, "file")).startsWith("secrets/"));
        assertThat(Files.readAllLines(Path.of(".gitignore"))).contains("deploy/secrets/");
        assertThat(Yaml.texts(Yaml.map(file, "services")).filter(text -> text.contains(SECRETS)))
                .allSatisfy(text -> assertThat(Pattern.compile(SECRETS + "([a-z-]+)").matcher(text).results()
                        .map(found -> (Object) found.group(1))).isSubsetOf(used));
    }

    @Test
    void the_settings_can_be_read_and_name_services() throws IOException {
        for (String service : INSTANCES) {
            Settings settings = settings(service);
            assertThat(settings.sandbox()).isFalse();
            assertThat(Yaml.map(file, "services")).containsKeys(GivenSettings.hosts(settings).toArray(String[]::new));
            assertThat(settings.text(Key.BROKER_URL)).doesNotContainIgnoringCase("password");
        }
    }

    @Test
    void everything_is_mounted_where_the_image_has_it() {
        for (String service : INSTANCES) {
            Map<String, Object> instance = Yaml.map(file, "services", service);
            assertThat(instance).containsEntry("read_only", true).containsEntry("cap_drop", List.of("ALL"));
            Stream<String> places = Stream.of("volumes", "tmpfs").flatMap(kind -> Yaml.list(instance, kind).stream())
                    .map(mount -> mount.toString().split(":"))
                    .map(mount -> mount[0].startsWith("/") ? mount[0] : mount[1]);
            assertThat(places).allMatch(image::has).contains(image.folder() + "/routes");
            assertThat(Yaml.list(instance, "tmpfs")).contains(image.folder() + "/data:uid=" + image.user());
        }
        Stream<String> ours = services().values().stream().flatMap(service -> Yaml.list(service, "volumes").stream())
                .map(mount -> mount.toString().split(":")[0]);
        assertThat(ours).allMatch(source -> source.startsWith(".") ? Files.exists(FILE.resolveSibling(source))
                : Yaml.map(file, "volumes").containsKey(source));
    }

    @Test
    void the_proxy_leads_to_the_doors_of_the_instances_and_to_nothing_else() throws IOException {
        String proxy = Files.readString(PROXY);
        List<MatchResult> servers = SERVER.matcher(proxy).results().toList();
        assertThat(servers).extracting(server -> server.group(2)).containsExactlyElementsOf(INSTANCES);
        assertThat(servers).extracting(server -> Integer.valueOf(server.group(3))).containsOnly(image.port());
        assertThat(proxy).contains("deny deny_status 404 unless { path_beg /webhooks/ }",
                "crt /run/secrets/proxy-certificate").doesNotContain("%HU", "%r", "%{+Q}r", "option httplog");
        assertThat(Yaml.list(file, "services", "proxy", "ports")).containsExactly("443:8443");
        assertThat(proxy).contains("bind :8443 ssl");
        assertThat(services().entrySet().stream().filter(service -> Yaml.at(service.getValue(), "ports") != null)
                .map(Map.Entry::getKey)).as("what can be reached from outside").containsExactly("proxy");
    }

    @Test
    void both_brokers_are_of_the_version_that_was_tested() throws IOException {
        String pom = Files.readString(Path.of("pom.xml"));
        Set<String> images = services().values().stream().map(service -> (String) Yaml.at(service, "image"))
                .filter(name -> name.startsWith("apache/")).collect(Collectors.toSet());
        assertThat(images).singleElement().satisfies(name ->
                assertThat(pom).contains("<artemis.version>" + name.split(":")[1] + "</artemis.version>"));
    }
}
