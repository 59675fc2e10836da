#!/usr/bin/env bash
# ActiveMQ Artemis 2.44.0: two embedded brokers of one JVM, one after the other, and a connection that breaks while its consumers hold messages.
#   in the first broker:   the messages come again
#   in the second broker:  some stay "delivering" for as long as it runs, although there is no consumer any more; nobody gets them
# The thread that notices the break puts the messages back by what OperationContextImpl keeps with it: a context with the executor of the first broker
# it did so for. That one has ended, so the rest of the roll-back is refused (RejectedExecutionException, AMQ222054 and AMQ222104). The threads
# that notice it, "activemq-client-global", are shared by all clients of the JVM and outlive each broker; here one thread stands for them.
# What follows: who starts a broker again in the same process clears the context (OperationContextImpl.clearContext) before a session of a broken
# connection is closed, as a plugin can (ActiveMQServerSessionPlugin.beforeCloseSession).
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
cat > src/main/java/SecondBroker.java <<'JAVA'
import jakarta.jms.Connection;
import jakarta.jms.Session;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.activemq.artemis.api.core.ActiveMQDisconnectedException;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.Queue;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;

public class SecondBroker {
    /** Stands for a thread of "activemq-client-global", which every client of the JVM shares. */
    private static final ExecutorService CLIENT = Executors.newSingleThreadExecutor();
    private static final int CONSUMERS = 4;
    private static final int MESSAGES = 200;

    /** How many messages are neither waiting nor worked on ten seconds after the connection of their consumers broke. */
    static int stuck(int number) throws Exception {
        String folder = Files.createTempDirectory("broker").toString();
        ConfigurationImpl configuration = new ConfigurationImpl();
        configuration.setSecurityEnabled(false).addAcceptorConfiguration("vm", "vm://" + number).setJournalDirectory(folder + "/journal")
                .setBindingsDirectory(folder + "/bindings").setPagingDirectory(folder + "/paging").setLargeMessagesDirectory(folder + "/large");
        configuration.addAddressSetting("work", new AddressSettings().setRedeliveryDelay(100).setMaxDeliveryAttempts(-1));
        configuration.addQueueConfiguration(QueueConfiguration.of("work").setAddress("work").setRoutingType(RoutingType.ANYCAST));
        EmbeddedActiveMQ broker = new EmbeddedActiveMQ().setConfiguration(configuration);
        broker.start();
        try (ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory("vm://" + number + "?consumerWindowSize=8000");
                Connection connection = factory.createConnection()) {
            connection.start();
            for (int consumer = 0; consumer < CONSUMERS; consumer++) {
                Session session = connection.createSession(Session.SESSION_TRANSACTED);
                session.createConsumer(session.createQueue("work"));
            }
            Session session = connection.createSession(Session.SESSION_TRANSACTED);
            for (int message = 0; message < MESSAGES; message++) {
                session.createProducer(session.createQueue("work")).send(session.createTextMessage("hint"));
            }
            session.commit();
            Queue queue = broker.getActiveMQServer().locateQueue("work");
            Thread.sleep(1000);
            List<RemotingConnection> connections = broker.getActiveMQServer().getSessions().stream()
                    .map(each -> each.getRemotingConnection()).distinct().toList();
            CLIENT.submit(() -> connections.forEach(each -> each.fail(new ActiveMQDisconnectedException("broken")))).get();
            for (int look = 0; look < 100 && queue.getDeliveringCount() > 0; look++) {
                Thread.sleep(100);
            }
            return queue.getDeliveringCount();
        } finally {
            broker.stop();
        }
    }

    public static void main(String[] arguments) throws Exception {
        int first = stuck(1);
        int second = stuck(2);
        System.out.println("first broker: " + first + " messages are stuck, second broker: " + second + ", with no consumer left");
        System.exit(first == 0 && second > 0 ? 0 : 1);
    }
}
JAVA
mvn -q -B compile dependency:copy-dependencies -DoutputDirectory=lib >mvn.log 2>&1 || { cat mvn.log >&2; exit 2; }
java -cp "target/classes:lib/*" SecondBroker
