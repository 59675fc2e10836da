package dev.cosell.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import dev.cosell.check.Finding;
import dev.cosell.check.Report;
import dev.cosell.crm.Crms;
import dev.cosell.settings.Key;
import dev.cosell.settings.Settings;
import dev.cosell.stories.Log;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was meant as a setting and is none was passed over in silence, and the default was in force. */
class UnknownVariablesTest {
    private static final String SAID = "settings, SALESFORCE_TOKEN: no setting is called like this environment "
            + "variable. If it was meant for Cosell Sync, correct its name";

    @TempDir
    Path folder;

    private Settings settings(Map<String, String> more) {
        String nobody = "http://localhost:1";
        Map<String, String> values = new HashMap<>(Map.of("data.directory", folder.toString(), "crms", "salesforce",
                "partner-center.url", nobody, "partner-center.login-url", nobody, "partner-center.tenant", "t",
                "partner-center.client-id", "c", "salesforce.login-url", nobody, "salesforce.client-id", "c",
                "salesforce.client-secret", "s"));
        FreePorts.give(values, Key.HTTP_PORT, Key.MANAGEMENT_PORT);
        values.putAll(more);
        return Crms.SHIPPED.settings(Path.of("none"), Map.of("SALESFORCE_TOKEN", "very-secret"), values);
    }

    @Test
    void checkAndValidateWarnOfThem() throws Exception {
        Settings settings = settings(Map.of());
        for (Report report : new Report[] {Validation.run(settings, folder), CheckRun.run(settings, folder)}) {
            assertThat(report.warnings().stream().map(Finding::line)).anySatisfy(line ->
                    assertThat(line).startsWith(SAID).doesNotContain("very-secret"));
        }
    }

    /** Said before anything else can keep the application from starting. */
    @Test
    void theLogOfAStartWarnsOfThem() throws IOException {
        try (Log log = Log.from(Level.WARN);
                ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Settings settings = settings(Map.of("http.host", "127.0.0.1", "http.port", "" + taken.getLocalPort()));
            assertThatThrownBy(() -> Cosell.start(settings, Path.of("routes"))).hasMessageContaining("http.port");
            assertThat(log.lines()).anySatisfy(line -> assertThat(line).contains(SAID).doesNotContain("very-secret"));
        }
    }
}
