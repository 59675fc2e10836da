package dev.cosell.cluster;

import dev.cosell.settings.Key;
import dev.cosell.settings.Settings;
import dev.cosell.stories.Api;
import dev.cosell.stories.Distribution;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** The sandbox servers in a process of their own. */
public final class SandboxProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Process process;

    /**
     * All servers answer.
     *
     * @param values the settings as they go on the command line; {@code http.port} is the door to notify
     */
    SandboxProcess(Settings settings, Map<String, String> values, Path folder) {
        this(settings, values, folder, "-Xmx400m");
    }

    /** @param heap what Java is told of its memory */
    public SandboxProcess(Settings settings, Map<String, String> values, Path folder, String heap) {
        List<String> command = new ArrayList<>(Distribution.java(heap));
        command.addAll(Distribution.application());
        command.addAll(List.of("sandbox", "--forget"));
        values.forEach((key, value) -> command.addAll(List.of("--set", key + "=" + value)));
        File log = folder.resolve("sandbox.log").toFile();
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Stream.concat(Stream.of(settings.number(Key.SANDBOX_PARTNER_CENTER_PORT)), settings.sandboxPorts().values()
                .stream())
                .forEach(port -> Awaitility.await("a sandbox server, see " + log).atMost(PATIENCE).until(() -> answers(
                        new Api(settings.text(Key.SANDBOX_HOST), port))));
    }

    private boolean answers(Api server) {
        if (!process.isAlive()) {
            throw new IllegalStateException("The sandbox ended with " + process.exitValue());
        }
        try {
            return server.raw("GET", "/sandbox/stats", null, Map.of()).statusCode() == 200;
        } catch (UncheckedIOException notYet) {
            return false;
        }
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
