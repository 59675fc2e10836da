package dev.cosell.stories;

import dev.cosell.settings.Key;
import dev.cosell.settings.Settings;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/**
 * The application as a process of its own, which can be killed the hard way and started again on the same data folder.
 */
public final class ChildApplication implements AutoCloseable {
    private static final Duration LONGEST_START = Duration.ofMinutes(3);

    private final List<String> command = new ArrayList<>();
    private final int port;
    private final File log;
    private Process process;

    /** @param values settings for the command line */
    public ChildApplication(Map<String, String> values, Settings settings, Path folder, String... javaOptions) {
        command.addAll(Distribution.java("-Xmx512m", "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of(javaOptions));
        command.addAll(Distribution.application());
        command.addAll(List.of("run", "--routes", "routes"));
        values.forEach((key, value) -> command.addAll(List.of("--set", key + "=" + value)));
        port = settings.number(Key.HTTP_PORT);
        log = folder.resolve("application.log").toFile();
    }

    /** Where the child writes what it has to say. */
    public File log() {
        return log;
    }

    public void start() {
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log)).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void awaitReady() {
        Awaitility.await("start of the application, see " + log).atMost(LONGEST_START)
                .pollInterval(Duration.ofMillis(50)).until(this::listens);
    }

    private boolean listens() {
        if (!process.isAlive()) {
            throw new IllegalStateException("The application ended with " + process.exitValue() + ", see " + log);
        }
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("localhost", port), 500);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Of all cores, since its last start. */
    public Duration cpu() {
        return process.info().totalCpuDuration().orElseThrow();
    }

    /** SIGTERM: what an orchestrator says to an instance that has to go. */
    public void terminate() {
        process.destroy();
    }

    /** @param name such as {@code STOP} or {@code CONT} */
    public void signal(String name) {
        try {
            int exit = new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start().waitFor();
            if (exit != 0) {
                throw new IllegalStateException("kill -" + name + " ended with " + exit);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public boolean runs() {
        return process.isAlive();
    }

    /** SIGKILL: no hook runs, nothing is flushed. */
    public void kill() {
        try {
            process.destroyForcibly();
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                throw new IllegalStateException("The application survived SIGKILL");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        if (process != null) {
            kill();
        }
    }
}
