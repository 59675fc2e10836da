#!/usr/bin/env bash
# ActiveMQ Artemis 2.44.0: a client of a primary and its backup (shared store) with ha=true&reconnectAttempts=-1, where something stands in
#   front of each broker that takes a connection and closes it half a second later when the broker is away, as load balancers and forwarded
#   ports do.
#   The primary dies, and the backup takes over. The client asks the door of the primary for ever: a connection that could be made counts
#   as the one to keep, each try waits out the whole callTimeout although the door has closed it, and the backup is not asked. Where the
#   door refuses connections, it goes on to the backup at once. With reconnectAttempts=0, failoverAttempts=-1 and
#   useTopologyForLoadBalancing=false it asks the addresses of its list in turn, and goes on behind either door.
# What follows: behind doors that accept, reconnectAttempts=-1 stops a client for as long as the broker that it had is away, and nothing is
# logged. Take the other three options, and name every broker of the group in the list.
#
# Needs a JDK 17 or newer and Maven. Exits with 1 when the behaviour is another one.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir -p src/main/java
cat > pom.xml <<'XML'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId><artifactId>finding</artifactId><version>1</version>
  <properties><maven.compiler.release>17</maven.compiler.release><project.build.sourceEncoding>UTF-8</project.build.sourceEncoding></properties>
  <dependencies>
    <dependency><groupId>org.apache.activemq</groupId><artifactId>artemis-jakarta-server</artifactId><version>2.44.0</version></dependency>
    <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-nop</artifactId><version>2.0.17</version></dependency>
  </dependencies>
  <build><plugins><plugin><artifactId>maven-compiler-plugin</artifactId><version>3.14.1</version></plugin></plugins></build>
</project>
XML
cat > src/main/java/Node.java <<'JAVA'
import java.util.List;
import java.util.Map;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.config.ClusterConnectionConfiguration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.config.ha.SharedStoreBackupPolicyConfiguration;
import org.apache.activemq.artemis.core.config.ha.SharedStorePrimaryPolicyConfiguration;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyConnectorFactory;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;

/** primary|backup, folder, own port, own door, the other's port. */
public class Node {
    static TransportConfiguration connector(String port) {
        return new TransportConfiguration(NettyConnectorFactory.class.getName(), Map.of("host", "127.0.0.1", "port", Integer.parseInt(port)));
    }

    public static void main(String[] is) throws Exception {
        ConfigurationImpl settings = new ConfigurationImpl();
        settings.setSecurityEnabled(false).addAcceptorConfiguration("tcp", "tcp://127.0.0.1:" + is[2])
                .addConnectorConfiguration("self", connector(is[3])).addConnectorConfiguration("other", connector(is[4]))
                .addClusterConfiguration(new ClusterConnectionConfiguration().setName("pair").setConnectorName("self")
                        .setStaticConnectors(List.of("other")).setRetryInterval(200).setReconnectAttempts(-1))
                .setJournalDirectory(is[1] + "/journal").setBindingsDirectory(is[1] + "/bindings")
                .setPagingDirectory(is[1] + "/paging").setLargeMessagesDirectory(is[1] + "/large");
        settings.setHAPolicyConfiguration(is[0].equals("primary") ? new SharedStorePrimaryPolicyConfiguration()
                : new SharedStoreBackupPolicyConfiguration());
        new EmbeddedActiveMQ().setConfiguration(settings).start();
        // Ends when whoever started it does.
        while (System.in.read() >= 0) {
            Thread.onSpinWait();
        }
        Runtime.getRuntime().halt(0);
    }
}
JAVA
cat > src/main/java/Doors.java <<'JAVA'
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;

public class Doors {
    /** Takes connections for the broker behind it. */
    static class Door {
        final ServerSocket socket = new ServerSocket(0);
        final int to;

        Door(int to) throws IOException {
            this.to = to;
            background(() -> {
                while (true) {
                    Socket client = socket.accept();
                    try {
                        Socket broker = new Socket("127.0.0.1", to);
                        background(() -> pass(client, broker));
                        background(() -> pass(broker, client));
                    } catch (IOException away) {
                        Thread.sleep(500);
                        client.close();
                    }
                }
            });
        }

        static Object pass(Socket from, Socket on) throws IOException {
            try (from; on) {
                from.getInputStream().transferTo(on.getOutputStream());
            }
            return null;
        }
    }

    interface Work {
        Object run() throws Exception;
    }

    static FutureTask<Object> background(Work work) {
        FutureTask<Object> task = new FutureTask<>(work::run);
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        thread.start();
        return task;
    }

    static int free() throws IOException {
        try (ServerSocket any = new ServerSocket(0)) {
            return any.getLocalPort();
        }
    }

    static Process node(String role, String folder, Door own, Door other) throws Exception {
        Process node = new ProcessBuilder("java", "-Xmx200m", "-cp", System.getProperty("java.class.path"), "Node", role, folder,
                "" + own.to, "" + own.socket.getLocalPort(), "" + other.to).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        return node;
    }

    static void awaitListening(int port) throws Exception {
        for (int tries = 0; tries < 600; tries++) {
            try (Socket up = new Socket("127.0.0.1", port)) {
                return;
            } catch (IOException notYet) {
                Thread.sleep(100);
            }
        }
        throw new IllegalStateException("No broker listens");
    }

    static Connection connected(ActiveMQConnectionFactory factory) throws Exception {
        for (int tries = 0;; tries++) {
            try {
                return factory.createConnection();
            } catch (JMSException notYet) {
                if (tries == 10) {
                    throw notYet;
                }
            }
        }
    }

    static String sent(MessageProducer producer, Session session, int seconds) throws Exception {
        FutureTask<Object> sending = background(() -> {
            while (true) {
                try {
                    producer.send(session.createTextMessage("text"));
                    return null;
                } catch (JMSException notYet) {
                    Thread.sleep(200);
                }
            }
        });
        try {
            sending.get(seconds, TimeUnit.SECONDS);
            return "sent";
        } catch (TimeoutException never) {
            return "not sent within " + seconds + " s";
        }
    }

    static void story(String name, String options, boolean refuses) throws Exception {
        String folder = Files.createTempDirectory("pair").toString();
        Door first = new Door(free());
        Door second = new Door(free());
        Process primary = node("primary", folder, first, second);
        awaitListening(first.to);
        Process backup = node("backup", folder, second, first);
        ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory("(tcp://127.0.0.1:" + first.socket.getLocalPort()
                + ",tcp://127.0.0.1:" + second.socket.getLocalPort() + ")?callTimeout=5000&" + options);
        Connection connection = connected(factory);
        Session session = connection.createSession();
        MessageProducer producer = session.createProducer(session.createQueue("work"));
        String before = sent(producer, session, 60);
        Thread.sleep(8000);
        primary.destroyForcibly().waitFor();
        if (refuses) {
            first.socket.close();
        }
        awaitListening(second.to);
        System.out.println(name + ": " + before + ", then " + sent(producer, session, 60));
        backup.destroyForcibly().waitFor();
    }

    public static void main(String[] none) throws Exception {
        String inTurn = "ha=true&reconnectAttempts=0&failoverAttempts=-1&useTopologyForLoadBalancing=false";
        story("for ever, the door accepts", "ha=true&reconnectAttempts=-1", false);
        story("for ever, the door refuses", "ha=true&reconnectAttempts=-1", true);
        story("in turn, the door accepts ", inTurn, false);
        story("in turn, the door refuses ", inTurn, true);
        Runtime.getRuntime().halt(0);
    }
}
JAVA
mvn -q -B compile dependency:copy-dependencies -DoutputDirectory=lib >mvn.log 2>&1 || { cat mvn.log >&2; exit 2; }
java -cp "target/classes:lib/*" Doors | tee out.txt
diff - out.txt <<'OUT'
for ever, the door accepts: sent, then not sent within 60 s
for ever, the door refuses: sent, then sent
in turn, the door accepts : sent, then sent
in turn, the door refuses : sent, then sent
OUT
