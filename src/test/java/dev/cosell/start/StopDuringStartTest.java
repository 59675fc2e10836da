package dev.cosell.start;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.app.FreePorts;
import dev.cosell.crm.dynamics.DynamicsKey;
import dev.cosell.crm.salesforce.SalesforceKey;
import dev.cosell.settings.Key;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A SIGTERM during the start once ended late, with a sentence that blamed a part which was only being closed. */
class StopDuringStartTest {
    @TempDir
    Path folder;

    @Test
    void a_stop_before_the_start_is_complete_ends_at_once_and_says_so() throws IOException, InterruptedException {
        Path data = folder.resolve("data");
        Path log = folder.resolve("log");
        Process process = new ProcessBuilder(command(data)).redirectErrorStream(true).redirectOutput(log.toFile())
                .start();
        try {
            Awaitility.await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(2))
                    .until(() -> Files.exists(data.resolve("cosell.mv.db")));
            long before = System.nanoTime();
            process.destroy();
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(15));
            assertThat(process.exitValue()).isEqualTo(143);
            assertThat(Files.readString(log)).contains("Stopped before the start was complete.")
                    .doesNotContain("cannot start");
        } finally {
            process.destroyForcibly();
        }
    }

    private static List<String> command(Path data) {
        Map<String, String> values = new LinkedHashMap<>(Map.of("data.directory", data.toString()));
        FreePorts.give(values, Key.HTTP_PORT, Key.MANAGEMENT_PORT, Key.SANDBOX_PARTNER_CENTER_PORT,
                DynamicsKey.SANDBOX_PORT, SalesforceKey.SANDBOX_PORT);
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx512m",
                        "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"),
                        "dev.cosell.Application", "run", "--routes", "routes"));
        values.forEach((key, value) -> command.addAll(List.of("--set", key + "=" + value)));
        return command;
    }
}
