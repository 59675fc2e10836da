package dev.cosell.setup;

import dev.cosell.TemporaryFolder;
import dev.cosell.app.FreePorts;
import dev.cosell.app.SandboxPlan;
import dev.cosell.crm.Crms;
import dev.cosell.crm.dynamics.DynamicsKey;
import dev.cosell.crm.salesforce.SalesforceKey;
import dev.cosell.sandbox.Sandbox;
import dev.cosell.settings.Key;
import dev.cosell.settings.Settings;
import dev.cosell.stories.Api;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Sandbox servers whose CRMs nobody has set up yet, anew before each test. */
abstract class BareCrms {
    static Settings settings;
    static Sandbox sandbox;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() throws IOException {
        Map<String, String> values = new HashMap<>(
                Map.of("sandbox", "external", "data.directory", TemporaryFolder.named("cosell-setup").toString()));
        FreePorts.give(values, Key.SANDBOX_PARTNER_CENTER_PORT, DynamicsKey.SANDBOX_PORT, SalesforceKey.SANDBOX_PORT);
        settings = Crms.SHIPPED.settings(Path.of("no-settings-file"), Map.of(), values);
        sandbox = Sandbox.start(SandboxPlan.of(settings, true));
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @BeforeEach
    void bare() {
        for (String crm : List.of("salesforce", "dynamics")) {
            api(crm).post("/sandbox/reset", Map.of());
            api(crm).post("/sandbox/bare", Map.of());
        }
    }

    static Api api(String crm) {
        return new Api(
                settings.number(crm.equals("salesforce") ? SalesforceKey.SANDBOX_PORT : DynamicsKey.SANDBOX_PORT));
    }
}
