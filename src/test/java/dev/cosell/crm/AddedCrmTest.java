package dev.cosell.crm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cosell.app.CheckRun;
import dev.cosell.app.FreePorts;
import dev.cosell.app.SandboxPlan;
import dev.cosell.check.Report;
import dev.cosell.crm.toy.ToyCrm;
import dev.cosell.crm.toy.ToyDriver;
import dev.cosell.crm.toy.ToyKey;
import dev.cosell.crm.toy.ToyServer;
import dev.cosell.sandbox.Sandbox;
import dev.cosell.settings.Key;
import dev.cosell.settings.Setting;
import dev.cosell.settings.Settings;
import dev.cosell.settings.SettingsFault;
import dev.cosell.setup.Setup;
import dev.cosell.stories.Api;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the settings, the set-up and the check do with a CRM that is added to the list. */
class AddedCrmTest {
    private static final Crms CRMS = ToyCrm.amongTheOthers();

    @TempDir
    Path folder;

    private String fault(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("application.properties"), text);
        return catchThrowableOfType(SettingsFault.class, () -> CRMS.settings(file, Map.of(), Map.of())).getMessage();
    }

    @Test
    void itsSettingsAreReadAndRefusedLikeAllOthers() throws IOException {
        assertThat(fault("\ntoy.poll-intervall = 5s\n")).contains("line 2", "did you mean \"toy.poll-interval\"?");
        assertThat(fault("toy.poll-interval = 5\ntoy.url = ftp://toys\n"))
                .contains("line 1: toy.poll-interval = 5 must be a time", "line 2: toy.url");
        assertThat(fault("crms = toy, hubspot\n"))
                .contains("line 1: crms = toy, hubspot must name salesforce, dynamics, toy or several of them");
        assertThat(fault("crms = toy\ntoy.url = https://toys.example\n")).contains("toy.token is not set", "TOY_TOKEN")
                .doesNotContain("salesforce.");
        assertThat(fault("toy.token = very-secret\ntoy.url = x\n")).doesNotContain("very-secret");
    }

    @Test
    void withoutCredentialsItsStandInIsUsedAndItsSecretIsNoPlaceholder() {
        Settings settings = CRMS.settings(folder.resolve("none"), Map.of("SANDBOX_TOY_PORT", "7007"), Map.of());
        assertThat(settings.crms()).containsExactly("salesforce", "dynamics", "toy");
        assertThat(settings.text(ToyKey.URL)).isEqualTo("http://localhost:7007");
        assertThat(settings.placeholders()).containsEntry("toy.poll-interval-millis", "5000")
                .containsEntry("toy.enabled", "true").doesNotContainKey("toy.token");
    }

    @Test
    void itIsSetUpAndCheckedLikeAllOthers() throws Exception {
        Map<String, String> values = new HashMap<>(
                Map.of("sandbox", "external", "crms", "toy", "data.directory", folder.toString()));
        FreePorts.give(values,
                Stream.concat(Stream.of(Key.SANDBOX_PARTNER_CENTER_PORT),
                        CRMS.all().stream().flatMap(crm -> crm.sandboxPort().stream()))
                        .toArray(Setting[]::new));
        Settings settings = CRMS.settings(folder.resolve("none"), Map.of(), values);
        Path routes = ToyCrm.routes();
        Vertx vertx = Vertx.vertx();
        try (Sandbox sandbox = Sandbox.start(SandboxPlan.of(settings, true)); ToyServer toy = new ToyServer(vertx)) {
            toy.listen("127.0.0.1", settings.number(ToyKey.SANDBOX_PORT));
            new ToyDriver(new Api(settings.number(ToyKey.SANDBOX_PORT))).newOpportunity(Map.of());

            StringWriter said = new StringWriter();
            assertThat(Setup.run("toy", CRMS.named("toy")::setUp, settings, routes, false, new PrintWriter(said)))
                    .isTrue();
            assertThat(said.toString()).contains("Toy at http://localhost", "Nothing to do", "Show the sellers");

            Report report = CheckRun.run(CRMS, settings, routes);
            assertThat(report.findings()).filteredOn(finding -> finding.where().equals("toy"))
                    .extracting(finding -> finding.what() + ": " + finding.said())
                    .anySatisfy(line -> assertThat(line).contains("opportunities: 1 are there"))
                    .anySatisfy(line -> assertThat(line).startsWith("deals known already"));
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }
}
