package dev.cosell.cluster;

import dev.cosell.TemporaryFolder;
import dev.cosell.app.FreePorts;
import dev.cosell.settings.Key;
import dev.cosell.stories.Distribution;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.commons.lang3.StringUtils;
import org.awaitility.Awaitility;

/** A primary broker and its backup, each in a process of its own, with a journal folder that both share. */
public final class BrokerPair implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** What a broker logs when its primary knows of it; the application's own log file would keep that to itself. */
    private static final String BACKUP_ANNOUNCED = "AMQ221031";
    private static final String ACTIVE = "AMQ221007";
    private static final String LOG = "<configuration><appender name='OUT' "
            + "class='ch.qos.logback.core.ConsoleAppender'><encoder>"
            + "<pattern>%d %level %msg%n</pattern></encoder></appender><root level='INFO'><appender-ref "
            + "ref='OUT'/></root></configuration>";

    private final Path folder = TemporaryFolder.named("cosell-pair");
    private final String host;
    private final int primaryPort;
    private final int backupPort;
    private Process primary;
    private Process backup;

    /** Both run, and the backup waits. */
    public BrokerPair() {
        this("localhost");
    }

    /** @param host where both listen; clients look for them at localhost */
    BrokerPair(String host) {
        this.host = host;
        Map<String, String> ports = new HashMap<>();
        FreePorts.give(ports, Key.HTTP_PORT, Key.MANAGEMENT_PORT);
        primaryPort = Integer.parseInt(ports.get(Key.HTTP_PORT.text()));
        backupPort = Integer.parseInt(ports.get(Key.MANAGEMENT_PORT.text()));
        try {
            Files.writeString(folder.resolve("logback.xml"), LOG);
            start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (RuntimeException failed) {
            close();
            throw failed;
        }
    }

    /** As the setting {@code broker.url} wants it. */
    public String url() {
        return "(tcp://localhost:" + primaryPort + ",tcp://localhost:" + backupPort + ")?ha=true&reconnectAttempts=-1";
    }

    List<Integer> ports() {
        return List.of(primaryPort, backupPort);
    }

    /** Both, after {@link #kill}. */
    void start() {
        startPrimary();
        backup = start("backup", backupPort, primaryPort);
        awaitLine("backup", BACKUP_ANNOUNCED, 1);
    }

    private void startPrimary() {
        primary = start("primary", primaryPort, backupPort);
        awaitLine("primary", ACTIVE, 1);
    }

    private Process start(String role, int port, int other) {
        List<String> command = new ArrayList<>(Distribution.java("-Xmx200m", "-XX:TieredStopAtLevel=1",
                "-Dlogback.configurationFile=" + folder.resolve("logback.xml")));
        command.addAll(Distribution.program(BrokerProgram.class));
        command.addAll(List.of(role, String.valueOf(port), String.valueOf(other), folder.toString(), host));
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log(role)).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private File log(String role) {
        return folder.resolve(role + ".log").toFile();
    }

    /** @param words of the broker's log that say that it has come so far, since its start for this time */
    private void awaitLine(String role, String words, int time) {
        Awaitility.await(role + ", see " + log(role)).atMost(PATIENCE).until(() -> lines(role, words) >= time);
    }

    private int lines(String role, String words) {
        try {
            return StringUtils.countMatches(Files.readString(log(role).toPath(), StandardCharsets.UTF_8), words);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitTaking(int port) {
        Awaitility.await("a broker on port " + port + ", see " + folder).atMost(PATIENCE).until(() -> {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(host, port), 500);
                return true;
            } catch (IOException notYet) {
                return false;
            }
        });
    }

    /** SIGKILL; the backup becomes the one that works. */
    public void killPrimary() {
        kill(primary);
    }

    public void awaitBackup() {
        awaitTaking(backupPort);
    }

    /** The primary that was killed is started again and takes over from its backup, which waits again. */
    void startPrimaryAgain() {
        int announced = lines("backup", BACKUP_ANNOUNCED);
        startPrimary();
        awaitLine("backup", BACKUP_ANNOUNCED, announced + 1);
    }

    /** SIGKILL for both: nobody takes over until {@link #start}. */
    void kill() {
        kill(backup);
        kill(primary);
    }

    private static void kill(Process process) {
        try {
            process.destroyForcibly();
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                throw new IllegalStateException("A broker survived SIGKILL");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        for (Process each : new Process[] {primary, backup}) {
            if (each != null) {
                kill(each);
            }
        }
    }
}
