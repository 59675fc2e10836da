#!/usr/bin/env bash
# camel-jms 4.18.0 with ActiveMQ Artemis 2.44.0: a route that puts a message back on its own queue, to try it again behind the others, loses it when its
# sender had named it for the broker's detection of duplicates (_AMQ_DUPL_ID). camel-jms makes a header of that property and writes it on what it sends;
# the broker takes the second message for the first one and drops it. send() succeeds, the consumed message is acknowledged, and only the broker's log has a
# word about it. Messages without that property come again.
# What follows: a retry by sending again works until a careful sender appears. Remove the header _AMQ_DUPL_ID, and whatever else begins with _AMQ_, before
# a message that came from Artemis is sent on.
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
    <dependency><groupId>org.apache.camel</groupId><artifactId>camel-core</artifactId><version>4.18.0</version></dependency>
    <dependency><groupId>org.apache.camel</groupId><artifactId>camel-jms</artifactId><version>4.18.0</version></dependency>
    <dependency><groupId>org.apache.activemq</groupId><artifactId>artemis-jakarta-server</artifactId><version>2.44.0</version></dependency>
    <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-nop</artifactId><version>2.0.17</version></dependency>
  </dependencies>
  <build><plugins><plugin><artifactId>maven-compiler-plugin</artifactId><version>3.14.1</version></plugin></plugins></build>
</project>
XML
cat > src/main/java/Again.java <<'JAVA'
import jakarta.jms.Connection;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.jms.JmsComponent;
import org.apache.camel.impl.DefaultCamelContext;

public class Again {
    public static void main(String[] args) throws Exception {
        EmbeddedActiveMQ broker = new EmbeddedActiveMQ();
        broker.setConfiguration(new ConfigurationImpl().setPersistenceEnabled(false).setSecurityEnabled(false)
                .addAcceptorConfiguration("vm", "vm://0"));
        broker.start();
        ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory("vm://0");
        var attempts = new ConcurrentHashMap<String, AtomicInteger>();
        AtomicInteger sentAgain = new AtomicInteger();
        try (DefaultCamelContext camel = new DefaultCamelContext(); Connection connection = factory.createConnection()) {
            camel.addComponent("jms", JmsComponent.jmsComponentAutoAcknowledge(factory));
            camel.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("jms:queue:work").process(e -> attempts.computeIfAbsent(e.getMessage().getBody(String.class), n -> new AtomicInteger())
                            .incrementAndGet())
                            .filter().simple("${header.attempt} == null").setHeader("attempt").constant("1")
                            .filter().simple("${body} == 'named, header removed'").removeHeaders("_AMQ_*").end()
                            .to("jms:queue:work").process(e -> sentAgain.incrementAndGet());
                }
            });
            camel.start();
            Session session = connection.createSession();
            MessageProducer sender = session.createProducer(session.createQueue("work"));
            for (String what : List.of("without a name", "named", "named, header removed")) {
                TextMessage message = session.createTextMessage(what);
                if (what.startsWith("named")) {
                    message.setStringProperty("_AMQ_DUPL_ID", what);
                }
                sender.send(message);
            }
            Thread.sleep(3000);
        }
        System.out.println("sent again without an error: " + sentAgain + " of 3");
        for (String what : List.of("without a name", "named", "named, header removed")) {
            System.out.println(what + ": worked on " + attempts.get(what) + " times");
        }
        var queue = broker.getActiveMQServer().locateQueue("work");
        System.out.println("left on the queue: " + (queue == null ? 0 : queue.getMessageCount()));
        Runtime.getRuntime().halt(0);
    }
}
JAVA
mvn -q -B compile dependency:build-classpath -Dmdep.outputFile=classpath >mvn.log 2>&1 || { cat mvn.log >&2; exit 2; }
java -cp "target/classes:$(cat classpath)" Again | tee said
diff - said <<'OUT'
sent again without an error: 3 of 3
without a name: worked on 2 times
named: worked on 1 times
named, header removed: worked on 2 times
left on the queue: 0
OUT
echo "camel-jms 4.18.0 and Artemis 2.44.0: a named message that is sent again to its queue is lost."
