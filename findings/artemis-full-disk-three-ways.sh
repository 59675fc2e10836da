#!/usr/bin/env bash
# ActiveMQ Artemis 2.44.0, disk beyond its limit (min-disk-free or max-disk-usage), persistent sends of a JMS client:
#   address-full-policy PAGE, default producer window: send() waits without end (what is left of the window is sent first); a callTimeout of 2 s does not end it
#   PAGE, producerWindowSize=-1:                       the limit does not hold at all, thousands of messages are written on
#   FAIL, default window:                              send() fails at once with "address is full"
# What follows: a client that must answer in time has to keep its own time and send from a thread that it can interrupt, or ask the broker first.
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
cat > src/main/java/FullDisk.java <<'JAVA'
import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.nio.file.Files;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressFullMessagePolicy;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;

public class FullDisk {
    private static final int WANTED = 2000;

    static String outcome(int number, AddressFullMessagePolicy policy, String window) throws Exception {
        String folder = Files.createTempDirectory("broker").toString();
        ConfigurationImpl configuration = new ConfigurationImpl();
        configuration.setSecurityEnabled(false).addAcceptorConfiguration("vm", "vm://" + number).setMinDiskFree(Long.MAX_VALUE / 2)
                .setDiskScanPeriod(100).setJournalDirectory(folder + "/journal").setBindingsDirectory(folder + "/bindings")
                .setPagingDirectory(folder + "/paging").setLargeMessagesDirectory(folder + "/large")
                .addAddressSetting("#", new AddressSettings().setAddressFullMessagePolicy(policy).setDefaultQueueRoutingType(RoutingType.ANYCAST)
                        .setDefaultAddressRoutingType(RoutingType.ANYCAST));
        EmbeddedActiveMQ broker = new EmbeddedActiveMQ().setConfiguration(configuration);
        broker.start();
        while (!broker.getActiveMQServer().getPagingManager().isDiskFull()) {
            Thread.onSpinWait();
        }
        ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory("vm://" + number + window);
        factory.setCallTimeout(2000);
        Connection connection = factory.createConnection();
        Session session = connection.createSession();
        MessageProducer producer = session.createProducer(session.createQueue("q"));
        AtomicInteger sent = new AtomicInteger();
        AtomicReference<String> refused = new AtomicReference<>();
        Thread sender = new Thread(() -> {
            try {
                while (sent.get() < WANTED) {
                    BytesMessage message = session.createBytesMessage();
                    message.writeBytes(new byte[1024]);
                    producer.send(message);
                    sent.incrementAndGet();
                }
            } catch (JMSException fault) {
                refused.set(fault.getMessage());
            }
        });
        sender.setDaemon(true);
        sender.start();
        sender.join(20_000);
        String taken = sent.get() == WANTED ? "all sent" : sent.get() == 0 ? "nothing sent" : "some sent";
        return taken + ", " + (sender.isAlive() ? "waits after 20 s" : refused.get() == null ? "no error" : refused.get().replaceAll("(?s).*(AMQ\\d+).*", "$1"));
    }

    public static void main(String[] args) throws Exception {
        System.out.println("PAGE, default window: " + outcome(1, AddressFullMessagePolicy.PAGE, ""));
        System.out.println("PAGE, window -1: " + outcome(2, AddressFullMessagePolicy.PAGE, "?producerWindowSize=-1"));
        System.out.println("FAIL, default window: " + outcome(3, AddressFullMessagePolicy.FAIL, ""));
        Runtime.getRuntime().halt(0);
    }
}
JAVA
mvn -q -B compile dependency:copy-dependencies -DoutputDirectory=lib >mvn.log 2>&1 || { cat mvn.log >&2; exit 2; }
java -cp "target/classes:lib/*" FullDisk | tee out.txt
diff - out.txt <<'OUT'
PAGE, default window: nothing sent, waits after 20 s
PAGE, window -1: all sent, no error
FAIL, default window: nothing sent, AMQ219058
OUT
