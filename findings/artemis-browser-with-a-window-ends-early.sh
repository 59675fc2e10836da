#!/usr/bin/env bash
# ActiveMQ Artemis 2.44.0: a queue browser (JMS) of a connection whose consumerWindowSize is smaller than what waits in the queue.
#   It ends early and says nothing: hasMoreElements() answers false after some hundred of 4000 messages, after another number each time, in
#   memory and over TCP. With a window of 0 it shows all. With the default of 1 MB it mostly shows
#   all of these, and now and then, over TCP, not.
# What follows: whoever counts or lists the messages of a queue by a browser, as tools and Camel's browse of a JMS endpoint do, takes a
# connection of its own with consumerWindowSize=0, or asks the management of the queue.
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
cat > src/main/java/Browsing.java <<'JAVA'
import jakarta.jms.Connection;
import jakarta.jms.Message;
import jakarta.jms.QueueBrowser;
import jakarta.jms.Session;
import java.net.ServerSocket;
import java.util.Enumeration;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;

public class Browsing {
    static int seen(String url, int window, String queue) throws Exception {
        try (ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory(url)) {
            factory.setConsumerWindowSize(window);
            try (Connection connection = factory.createConnection(); Session session = connection.createSession()) {
                connection.start();
                QueueBrowser browser = session.createBrowser(session.createQueue(queue));
                int seen = 0;
                for (Enumeration<?> messages = browser.getEnumeration(); messages.hasMoreElements();) {
                    Message message = (Message) messages.nextElement();
                    seen += message == null ? 0 : 1;
                }
                return seen;
            }
        }
    }

    public static void main(String[] none) throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        ConfigurationImpl configuration = new ConfigurationImpl();
        configuration.setSecurityEnabled(false).setPersistenceEnabled(false).addAcceptorConfiguration("vm", "vm://0")
                .addAcceptorConfiguration("tcp", "tcp://127.0.0.1:" + port)
                .addQueueConfiguration(QueueConfiguration.of("work").setRoutingType(RoutingType.ANYCAST));
        EmbeddedActiveMQ broker = new EmbeddedActiveMQ().setConfiguration(configuration);
        broker.start();
        try (ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory("vm://0"); Connection connection = factory.createConnection();
             Session session = connection.createSession()) {
            for (int i = 0; i < 4000; i++) {
                Message message = session.createTextMessage("message " + i);
                message.setStringProperty("id", "5bad2cd3-f86e-4497-8f0f-" + i);
                session.createProducer(session.createQueue("work")).send(message);
            }
        }
        for (String url : new String[] {"vm://0", "tcp://127.0.0.1:" + port}) {
            for (int window : new int[] {0, 8000}) {
                int seen = seen(url, window, "work");
                System.out.println(url.substring(0, 3).replace(":", " ") + " window " + window + ": "
                        + (seen == 4000 ? "all 4000" : "ends early"));
            }
        }
        Runtime.getRuntime().halt(0);
    }
}
JAVA
mvn -q -B compile dependency:copy-dependencies -DoutputDirectory=lib >mvn.log 2>&1 || { cat mvn.log >&2; exit 2; }
java -cp "target/classes:lib/*" Browsing | tee out.txt
diff - out.txt <<'OUT'
vm  window 0: all 4000
vm  window 8000: ends early
tcp window 0: all 4000
tcp window 8000: ends early
OUT
