package dev.cosell.cluster;

import dev.cosell.app.FreePorts;
import dev.cosell.crm.Crms;
import dev.cosell.operations.SyncMXBean;
import dev.cosell.settings.Key;
import dev.cosell.settings.Settings;
import dev.cosell.stories.Api;
import dev.cosell.stories.ChildApplication;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import javax.management.JMException;
import javax.management.JMX;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import org.awaitility.Awaitility;

/**
 * One application of the cluster, in a process of its own: it can be killed, told to go, and started again under the
 * same name.
 */
final class InstanceProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final String name;
    private final Settings settings;
    private final ChildApplication child;
    private final Api door;
    private final Api management;
    private final int jmxPort;

    /**
     * @param shared      the settings of all instances; ports and data folder are this one's own
     * @param javaOptions what Java is told beside
     */
    InstanceProcess(String name, Path folder, Map<String, String> shared, List<String> javaOptions) {
        this.name = name;
        Map<String, String> values = new HashMap<>(shared);
        values.putIfAbsent("data.directory", folder.resolve(name).resolve("data").toString());
        FreePorts.give(values, Key.HTTP_PORT, Key.MANAGEMENT_PORT);
        jmxPort = freePort();
        settings = Crms.SHIPPED.settings(Path.of("application.properties"), Map.of(), values);
        List<String> options = new ArrayList<>(List.of("-Djava.rmi.server.hostname=127.0.0.1",
                "-Dcom.sun.management.jmxremote.host=127.0.0.1", "-Dcom.sun.management.jmxremote.port=" + jmxPort,
                "-Dcom.sun.management.jmxremote.authenticate=false", "-Dcom.sun.management.jmxremote.ssl=false"));
        options.addAll(javaOptions);
        child = new ChildApplication(values, settings, made(folder.resolve(name)), options.toArray(String[]::new));
        door = new Api(settings.number(Key.HTTP_PORT));
        management = new Api(settings.number(Key.MANAGEMENT_PORT));
    }

    private static int freePort() {
        Map<String, String> port = new HashMap<>();
        FreePorts.give(port, Key.HTTP_PORT);
        return Integer.parseInt(port.values().iterator().next());
    }

    private static Path made(Path folder) {
        try {
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String name() {
        return name;
    }

    Settings settings() {
        return settings;
    }

    int port() {
        return settings.number(Key.HTTP_PORT);
    }

    /** Where notifications come in. */
    Api door() {
        return door;
    }

    void start() {
        child.start();
    }

    /** Waits until its health says that it is ready. */
    void awaitReady() {
        if (!comesUp()) {
            throw new IllegalStateException(name + " ended, see " + child.log());
        }
    }

    /** Waits until its health says that it is ready, or it has ended. */
    boolean comesUp() {
        Awaitility.await("health of " + name + ", see " + child.log()).atMost(PATIENCE)
                .until(() -> !child.runs() || ready());
        return child.runs();
    }

    boolean ready() {
        try {
            return management.raw("GET", "/observe/health/ready", null, Map.of()).statusCode() == 200;
        } catch (UncheckedIOException away) {
            return false;
        }
    }

    /** SIGKILL. */
    void kill() {
        child.kill();
    }

    /** SIGTERM, and waits for its end. */
    void stop() {
        child.terminate();
        awaitEnd();
    }

    void awaitEnd() {
        Awaitility.await("end of " + name + ", see " + child.log()).atMost(PATIENCE).until(() -> !child.runs());
    }

    boolean runs() {
        return child.runs();
    }

    /** What it has taken of all cores since its last start. */
    Duration cpu() {
        return child.cpu();
    }

    /** SIGSTOP: it does nothing any more, and its connections stay open. */
    void freeze() {
        child.signal("STOP");
    }

    /** SIGCONT. */
    void thaw() {
        child.signal("CONT");
    }

    /** Where it writes, over all its starts. It stays when the application is closed. */
    File logFile() {
        return child.log();
    }

    /** What it has written so far, over all its starts. */
    List<String> log() {
        try {
            return Files.readAllLines(child.log().toPath(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Asks or tells the MBean of the sync in this instance. */
    <T> T sync(Function<SyncMXBean, T> question) {
        return jmx("dev.cosell:type=Sync,name=cosell-sync", SyncMXBean.class, question);
    }

    /** Asks or tells an MXBean of this instance. */
    <B, T> T jmx(String bean, Class<B> type, Function<B, T> question) {
        return connected(server -> question.apply(JMX.newMXBeanProxy(server, new ObjectName(bean), type)));
    }

    /** An attribute of any MBean of this instance. */
    Object attribute(String bean, String attribute) {
        return connected(server -> server.getAttribute(new ObjectName(bean), attribute));
    }

    private <T> T connected(Question<T> question) {
        String url = "service:jmx:rmi:///jndi/rmi://127.0.0.1:" + jmxPort + "/jmxrmi";
        try (JMXConnector connector = JMXConnectorFactory.connect(new JMXServiceURL(url))) {
            return question.ask(connector.getMBeanServerConnection());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (JMException e) {
            throw new IllegalStateException(e);
        }
    }

    @FunctionalInterface
    private interface Question<T> {
        T ask(MBeanServerConnection server) throws JMException, IOException;
    }

    @Override
    public void close() {
        child.close();
    }
}
