package dev.cosell.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.app.FreePorts;
import dev.cosell.app.SandboxPlan;
import dev.cosell.crm.Crms;
import dev.cosell.crm.dynamics.DynamicsKey;
import dev.cosell.crm.salesforce.SalesforceKey;
import dev.cosell.entra.Visitor;
import dev.cosell.operations.PartnerCenterSignIn;
import dev.cosell.sandbox.Sandbox;
import dev.cosell.settings.Key;
import dev.cosell.settings.Settings;
import dev.cosell.stories.Api;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** The command {@code login} as a person uses it, before the first start and without an application. */
class LoginTest {
    @TempDir
    Path folder;

    private final Map<String, String> values = new HashMap<>();
    /** Settings, of which there are none. */
    private Path none;
    private Settings settings;
    private Sandbox sandbox;
    private Api entra;

    @BeforeEach
    void start() throws IOException {
        none = Files.createFile(folder.resolve("none"));
        values.putAll(Map.of("sandbox", "external", "data.directory", folder.resolve("data").toString()));
        FreePorts.give(values, Key.SANDBOX_PARTNER_CENTER_PORT, DynamicsKey.SANDBOX_PORT, SalesforceKey.SANDBOX_PORT);
        settings = Crms.SHIPPED.settings(none, Map.of(), values);
        sandbox = Sandbox.start(SandboxPlan.of(settings, true));
        entra = new Api(settings.number(Key.SANDBOX_PARTNER_CENTER_PORT));
        entra.post("/sandbox/settings", Map.of("deviceCodeInterval", 1));
    }

    @AfterEach
    void stop() {
        sandbox.close();
    }

    private record Outcome(int code, String out, String err) {}

    /** What the command has printed so far. */
    private final StringWriter printed = new StringWriter();

    private URI address() {
        Awaitility.await().atMost(Duration.ofSeconds(20))
                .until(() -> printed.toString().contains("/oauth2/v2.0/authorize?"));
        return URI.create(printed.toString().lines().filter(line -> line.contains("/oauth2/v2.0/authorize?"))
                .findFirst().orElseThrow());
    }

    private CompletableFuture<Outcome> login(String... more) {
        List<String> line = new ArrayList<>(List.of("login", "--settings", none.toString()));
        values.forEach((key, value) -> line.addAll(List.of("--set", key + "=" + value)));
        line.addAll(List.of(more));
        StringWriter out = printed;
        StringWriter err = new StringWriter();
        return CompletableFuture.supplyAsync(() -> new Outcome(
                new CommandLine(new Commands()).setOut(new PrintWriter(out, true))
                        .setErr(new PrintWriter(err, true)).execute(line.toArray(String[]::new)),
                out.toString(), err.toString()));
    }

    private void somebody(String does, Map<String, Object> how) {
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> !entra.list("/sandbox/device-codes").isEmpty());
        entra.post("/sandbox/device-codes/latest/" + does, how);
    }

    private static Outcome outcome(CompletableFuture<Outcome> running) throws Exception {
        return running.get(60, TimeUnit.SECONDS);
    }

    @Test
    void showsAddressAndCodeAndStoresWhoSignedIn() throws Exception {
        CompletableFuture<Outcome> running = login();
        Awaitility.await().until(() -> !entra.list("/sandbox/device-codes").isEmpty());
        String code = entra.list("/sandbox/device-codes").get(0).get("userCode").toString();
        somebody("approve", Map.of("user", "ana@tidewater.example"));

        Outcome outcome = outcome(running);
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(outcome.out()).contains("/sandbox/device-codes", code, "Signed in as ana@tidewater.example")
                .doesNotContain("sandbox-refresh-");
        assertThat(PartnerCenterSignIn.store(settings, null, Clock.systemUTC()).signIn()).hasValueSatisfying(signIn -> {
            assertThat(signIn.refreshToken()).startsWith("sandbox-refresh-");
            assertThat(signIn.user()).isEqualTo("ana@tidewater.example");
        });
    }

    @ParameterizedTest
    @CsvSource({"decline, was declined", "expire, has expired"})
    void saysInOneSentenceWhyNobodySignedIn(String does, String why) throws Exception {
        CompletableFuture<Outcome> running = login();
        somebody(does, Map.of());
        Outcome outcome = outcome(running);
        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.err()).contains(why, "./cosell login").doesNotContain("Exception");
        assertThat(settings.path(Key.PARTNER_CENTER_SIGN_IN_FILE)).doesNotExist();
    }

    @Test
    void asksSlowerWhenToldSoAndOutlastsAnEntraThatIsAway() throws Exception {
        entra.post("/sandbox/faults", Map.of("path", "/token$", "status", 503, "body", "away"));
        entra.post("/sandbox/faults", Map.of("path", "/token$", "drop", "before"));
        entra.post("/sandbox/faults", Map.of("path", "/token$", "status", 400, "body", Map.of("error", "slow_down")));
        CompletableFuture<Outcome> running = login();
        somebody("approve", Map.of());
        assertThat(outcome(running).code()).isZero();
        assertThat(Api.map(entra.get("/sandbox/stats").get("calls"))).containsEntry("POST /{tenant}/oauth2/v2.0/token",
                4);
    }

    @Test
    void namesWhatIsWrongBeforeAnyCode() throws Exception {
        entra.post("/sandbox/faults", Map.of("path", "/devicecode$", "status", 400, "body",
                Map.of("error", "unauthorized_client", "error_codes", List.of(700016))));
        assertThat(outcome(login()).err()).contains("partner-center.client-id");
        assertThat(outcome(login("--set", "no.such=thing")).err()).contains("no.such");
    }

    @Test
    void saysWhenTheFolderCannotBeWritten() throws Exception {
        Files.writeString(folder.resolve("data"), "a file where the folder should be");
        CompletableFuture<Outcome> running = login();
        somebody("approve", Map.of());
        assertThat(outcome(running).err()).contains("could not be stored", "./cosell login again");
    }

    @Test
    void signsInWithTheBrowserOfThisMachine() throws Exception {
        CompletableFuture<Outcome> running = login("--browser");
        Visitor visitor = new Visitor();
        assertThat(visitor.sees(visitor.accepts(address(), "ana@tidewater.example"))).contains("has arrived");

        Outcome outcome = outcome(running);
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(outcome.out()).contains("Signed in as ana@tidewater.example").doesNotContain("sandbox-refresh-");
        assertThat(PartnerCenterSignIn.store(settings, null, Clock.systemUTC()).signIn()).hasValueSatisfying(signIn ->
                assertThat(signIn.user()).isEqualTo("ana@tidewater.example"));
    }

    @Test
    void signsInWithABrowserOnAnotherMachineWhoseLastAddressIsPasted() throws Exception {
        InputStream before = System.in;
        try (PipedOutputStream keyboard = new PipedOutputStream();
                PipedInputStream in = new PipedInputStream(keyboard, 8192)) {
            System.setIn(in);
            CompletableFuture<Outcome> running = login("--paste");
            URI last = new Visitor().accepts(address(), "ana@tidewater.example");
            assertThat(last).hasHost("localhost").hasNoPort();
            keyboard.write("what now?\n".getBytes(StandardCharsets.UTF_8));
            keyboard.write((last + "\n").getBytes(StandardCharsets.UTF_8));
            Outcome outcome = outcome(running);
            assertThat(outcome.code()).as(outcome.err()).isZero();
            assertThat(outcome.out()).contains("neither the address of the last page",
                    "Signed in as ana@tidewater.example");
        } finally {
            System.setIn(before);
        }
    }

    @Test
    void whereDeviceCodesAreBlockedItNamesTheOtherWay() throws Exception {
        entra.post("/sandbox/settings", Map.of("blockDeviceCodes", true));
        CompletableFuture<Outcome> running = login();
        somebody("approve", Map.of());
        Outcome outcome = outcome(running);
        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.err()).contains("AADSTS53003", "sign in with ./cosell login --browser",
                "--paste where no browser is");
        assertThat(outcome.out()).contains("If the page says that access is blocked");
    }

    @Test
    void keepsTheUserOfTheRegistrationApart() throws Exception {
        assertThat(outcome(login("--webhooks")).err()).contains("set it to own-user first");
        CompletableFuture<Outcome> running = login("--webhooks", "--set", "webhook.sign-in=own-user");
        somebody("approve", Map.of("user", "agent@tidewater.example"));
        assertThat(outcome(running).out()).contains("Signed in as agent@tidewater.example",
                "partner-center-webhooks.json", "Admin agent");
        assertThat(settings.path(Key.PARTNER_CENTER_SIGN_IN_FILE)).doesNotExist();
    }
}
