package dev.cosell.start;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.cosell.ShippedRoutes;
import dev.cosell.app.Cosell;
import dev.cosell.app.FreePorts;
import dev.cosell.cli.Commands;
import dev.cosell.crm.Crms;
import dev.cosell.crm.dynamics.DynamicsKey;
import dev.cosell.crm.salesforce.SalesforceKey;
import dev.cosell.settings.Key;
import dev.cosell.settings.Setting;
import dev.cosell.stories.Log;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** A start that cannot work ends with one sentence that says where to look, and leaves nothing behind. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class StartFaultsTest {
    private static final List<Setting> PORTS = List.of(Key.HTTP_PORT, Key.MANAGEMENT_PORT,
            Key.SANDBOX_PARTNER_CENTER_PORT,
            DynamicsKey.SANDBOX_PORT, SalesforceKey.SANDBOX_PORT);

    @TempDir
    Path folder;
    private Path routes;
    private Path settings;
    private final Map<String, String> values = new LinkedHashMap<>();

    @BeforeEach
    void freshFolder() throws IOException {
        routes = ShippedRoutes.copyTo(Files.createDirectory(folder.resolve("routes")));
        settings = Files.createFile(folder.resolve("settings"));
        values.put("data.directory", folder.resolve("data").toString());
        values.put("camel.main.jmxManagementMBeansLevel", "RoutesOnly");
        FreePorts.give(values, PORTS.toArray(Setting[]::new));
    }

    private void edit(String name, String old, String replacement) throws IOException {
        String text = Files.readString(routes.resolve(name));
        assertThat(text).contains(old);
        Files.writeString(routes.resolve(name), text.replace(old, replacement));
    }

    /** The application ran on without a door, and only the log knew. */
    @ParameterizedTest
    @ValueSource(strings = {"http.port", "management.port"})
    void aPortThatIsTakenDuringTheStartIsNamedWithItsSetting(String key) throws Exception {
        int port = Integer.parseInt(values.get(key));
        CompletableFuture<ServerSocket> thief = CompletableFuture.supplyAsync(() -> {
            // The look at the ports comes before the first file.
            Awaitility.await().atMost(Duration.ofMinutes(2)).pollInterval(Duration.ofMillis(5))
                    .until(() -> Files.exists(folder.resolve("data")));
            try {
                return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
            } catch (IOException tooLate) {
                throw new UncheckedIOException(tooLate);
            }
        });
        assertThat(failedStart().lines().filter(line -> line.startsWith("Cosell Sync cannot start"))).singleElement()
                .asString().contains("Port " + port, key);
        thief.get(10, TimeUnit.SECONDS).close();
        nothingIsLeft();
    }

    /** What a person reads when the start fails. */
    private String failedStart() {
        List<String> command = new ArrayList<>(
                List.of("run", "--settings", settings.toString(), "--routes", routes.toString()));
        values.forEach((key, value) -> command.addAll(List.of("--set", key + "=" + value)));
        return said(command.toArray(String[]::new));
    }

    private static String said(String... command) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream usual = System.err;
        System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
        int exitCode;
        try {
            exitCode = new CommandLine(new Commands()).execute(command);
        } finally {
            System.setErr(usual);
        }
        String text = said.toString(StandardCharsets.UTF_8);
        assertThat(exitCode).as(text).isEqualTo(1);
        assertThat(text).doesNotContain("\tat ").doesNotContain("Exception");
        return text.strip();
    }

    /** Threads of the broker, the database, the timers and the servers. */
    private static Set<String> ours() {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName)
                .filter(name -> name.contains("cosell") || name.contains("vert.x")
                        || name.contains("SalesforceHttpClient"))
                .collect(Collectors.toSet());
    }

    private void nothingIsLeft() throws IOException {
        Awaitility.await().atMost(Duration.ofSeconds(15))
                .untilAsserted(() -> assertThat(ours()).as("threads left").isEmpty());
        for (Setting key : PORTS) {
            try (ServerSocket socket = new ServerSocket()) {
                socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(),
                        Integer.parseInt(values.get(key.text()))));
            }
        }
        try (Cosell cosell = Cosell.start(Crms.SHIPPED.settings(folder.resolve("none"), Map.of(), values),
                Path.of("routes"))) {
            assertThat(cosell.operations().getParkedCount()).isZero();
        }
    }

    @Test
    void aRuleForAccountsThatNoRowServesIsNamedWithItsSetting() {
        values.put("salesforce.account-match", "Name + DunsNumber, Name");
        assertThat(failedStart()).contains("mapping-salesforce.camel.yaml",
                "salesforce.account-match compares DunsNumber", "salesforceAccountFields");
        values.put("salesforce.account-match", "Name and DunsNumber");
        assertThat(failedStart()).contains("salesforce.account-match", "joined by +");
        values.put("salesforce.account-match", "Name");
        values.put("salesforce.currency", "Euro");
        assertThat(failedStart()).contains("salesforce.currency", "EUR");
    }

    @Test
    void aBadMappingRowIsNamedWithFileAndLine() throws IOException {
        edit("mapping-salesforce.camel.yaml", "details.notes ", "details.notse ");
        edit("mapping-dynamics.camel.yaml", "details.dealValue ", "details.delaValue ");
        assertThat(failedStart()).contains("mapping-salesforce.camel.yaml line 16:", "details.notse", "details.notes",
                "mapping-dynamics.camel.yaml line 13:", "details.delaValue", "details.dealValue");
        nothingIsLeft();
    }

    @Test
    void anUnknownConverterIsNamedWithTheNearestOne() throws IOException {
        edit("mapping-salesforce.camel.yaml", "| money                |", "| monye                |");
        assertThat(failedStart()).contains("mapping-salesforce.camel.yaml line 13:", "monye", "\"money\"")
                .hasLineCount(1);
        nothingIsLeft();
    }

    /**
     * A file edited before the consumers moved into the files of their CRMs, beside a newer sync.camel.yaml: nothing
     * was synced, and nothing said so.
     */
    @Test
    void aCrmWithoutItsConsumerIsNamedWithTheFileThatLacksIt() throws IOException {
        edit("salesforce.camel.yaml", "id: sync-salesforce", "id: sync-of-an-earlier-version");
        assertThat(failedStart()).contains("No route sync-salesforce", "salesforce.camel.yaml");
        nothingIsLeft();
    }

    /** Nothing told of it; each sync that came to the step failed after half a minute and was parked as a defect. */
    @Test
    void aCallOfARouteThatIsNotThereAndAChannelOfAlertsWithoutItsRouteAreToldAtTheStart() throws IOException {
        edit("partner-center.camel.yaml", "uri: direct:partner-center-turn\n", "uri: direct:of-an-earlier-release\n");
        Files.delete(routes.resolve("alerts.camel.yaml"));
        values.put("alerts.teams.url", "https://contoso.webhook.office.com/x");
        try (Log log = Log.from(Level.WARN);
             Cosell cosell = Cosell.start(Crms.SHIPPED.settings(folder.resolve("none"), Map.of(), values), routes)) {
            assertThat(cosell.operations().getBacklog()).isNotEmpty();
            assertThat(log.lines()).anyMatch(line -> line.contains("No route begins with direct:partner-center-turn")
                    && line.contains("the step turn-at-partner-center of the route sync in sync.camel.yaml"));
            assertThat(log.lines()).anyMatch(line -> line.contains("no route alert-to-teams"));
        }
        values.remove("alerts.teams.url");
    }

    @Test
    void aYamlThatDoesNotParseIsNamedWithItsLine() throws IOException {
        edit("sync.camel.yaml", "- setVariable: { id: decide, name: decision, method: { ref: sync, method: decide } }",
                "- setVariable: { id: decide, name: decision, method: { ref: sync, method: decide }");
        assertThat(failedStart()).contains("sync.camel.yaml").containsPattern("line \\d+");
        nothingIsLeft();
    }

    @Test
    void anUnknownStepIsNamedWithItsFile() throws IOException {
        edit("sync.camel.yaml", "- setVariable: { id: decide, name: decision, method: { ref: sync, method: decide } }",
                "- setVarable: { id: decide, name: decision, method: { ref: sync, method: decide } }");
        assertThat(failedStart()).contains("sync.camel.yaml", "setVarable");
        nothingIsLeft();
    }

    @Test
    void anUnknownComponentIsNamedWithItsFile() throws IOException {
        edit("sync.camel.yaml", "- setVariable: { id: decide, name: decision, method: { ref: sync, method: decide } }",
                "- to: { id: decide, uri: \"directt:decide\" }");
        assertThat(failedStart()).contains("directt", "Route reconcile", "sync.camel.yaml");
        nothingIsLeft();
    }

    @Test
    void aFileOfTheVersionBeforeThatWasLeftIsNamedWithItsRoutes() throws IOException {
        Files.copy(routes.resolve("schedules.camel.yaml"), routes.resolve("housekeeping.camel.yaml"));
        assertThat(failedStart())
                .contains("more than once", "housekeeping.camel.yaml, schedules.camel.yaml", "Keep one of each")
                .hasLineCount(1);
        nothingIsLeft();
    }

    @Test
    void aFileThatIsNotUtf8IsNamed() throws IOException {
        Path file = routes.resolve("leads.camel.yaml");
        Files.write(file, ("# für Köln\n" + Files.readString(file)).getBytes(StandardCharsets.ISO_8859_1));
        assertThat(failedStart()).contains("leads.camel.yaml is not UTF-8").hasLineCount(1);
        nothingIsLeft();
    }

    /** The copy decided what went to the CRM, or did not, as the file system listed the two. */
    @Test
    void aBackupCopyOfAMappingIsNamedWithTheBeansThatItDeclaresOnceMore() throws IOException {
        Files.copy(routes.resolve("mapping-salesforce.camel.yaml"),
                routes.resolve("mapping-salesforce.old.camel.yaml"));
        assertThat(failedStart())
                .contains("beans are declared more than once", "salesforceAccountFields",
                        "mapping-salesforce.camel.yaml, mapping-salesforce.old.camel.yaml", "left over")
                .hasLineCount(1);
        nothingIsLeft();
    }

    @Test
    void aBadSettingIsNamed() throws IOException {
        values.put("sync.consumers", "none");
        assertThat(failedStart())
                .isEqualTo("command line: sync.consumers = none must be a whole number above 0 and below 2147483647");
        values.remove("sync.consumers");
        nothingIsLeft();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http.port", "management.port", "sandbox.dynamics-port"})
    void aTakenPortIsNamedWithItsSetting(String key) throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String before = values.put(key, String.valueOf(taken.getLocalPort()));
            assertThat(failedStart()).contains(String.valueOf(taken.getLocalPort()), key).hasLineCount(1);
            values.put(key, before);
        }
        nothingIsLeft();
    }

    @Test
    void anUnreachableDatabaseIsNamedWithoutItsPassword() throws IOException {
        values.putAll(Map.of("state.url", "jdbc:postgresql://127.0.0.1:1/cosell", "state.user", "cosell",
                "state.password", "very-secret"));
        assertThat(failedStart()).contains("database", "127.0.0.1:1").doesNotContain("very-secret").hasLineCount(1);
        values.keySet().removeIf(key -> key.startsWith("state."));
        nothingIsLeft();
    }

    @Test
    void aDataFolderInUseIsNamedAndTheFirstOneRunsOn() throws IOException {
        try (Cosell first = Cosell.start(Crms.SHIPPED.settings(folder.resolve("none"), Map.of(), values),
                Path.of("routes"))) {
            Map<String, String> own = new LinkedHashMap<>(values);
            FreePorts.give(values, PORTS.toArray(Setting[]::new));
            assertThat(failedStart()).contains(folder.resolve("data").toString());
            assertThat(first.operations().getBacklog()).isNotEmpty();
            values.putAll(own);
        }
        nothingIsLeft();
    }

    /** A volume of another user's: the start advised to delete the database. */
    @Test
    void aDataFolderThatCannotBeWrittenToIsNamedWithItsSetting() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        values.put("data.directory", file.resolve("data").toString());
        assertThat(failedStart()).contains("The data folder " + file.resolve("data") + " cannot be written to",
                "Give the user that runs Cosell Sync the right to write there", "data.directory")
                .doesNotContain("delete it").hasLineCount(1);
    }

    @Test
    void aMissingRoutesFolderIsNamed() throws IOException {
        routes = folder.resolve("no-such-folder");
        assertThat(failedStart()).contains("no-such-folder", "--routes").hasLineCount(1);
        nothingIsLeft();
    }

    /** The sandbox was started in place of the real systems, whose credentials stood in the file. */
    @Test
    void aSettingsFileThatWasNamedAndIsNotThereIsNamedWithItsWholePath() throws IOException {
        settings = Path.of("no-such-settings");
        assertThat(failedStart()).contains("--settings names " + settings.toAbsolutePath() + ", which is not there",
                "a relative path begins in " + Path.of("").toAbsolutePath()).hasLineCount(1);
        settings = folder;
        assertThat(failedStart()).contains(folder + ", which is a folder").hasLineCount(1);
        nothingIsLeft();
    }

    @Test
    void theHealthCheckNamesSuchAFileToo() {
        settings = folder.resolve("no-such-settings");
        assertThat(said("health", "--settings", settings.toString()))
                .startsWith("--settings names " + settings + ", which is not there").hasLineCount(1);
    }
}
