#!/usr/bin/env bash
# ActiveMQ Artemis 2.44.0: message groups and consumers that hold no stock (consumerWindowSize=0).
#   When the group of the message at the head of the queue belongs to a consumer that works, nobody gets anything: the other consumers wait although
#   messages of their own groups, or of none's, stand behind it. The broker leaves its loop of deliveries at the first group whose consumer is busy.
#   With a stock (a window above 0) the consumer that works takes that message in advance, and the others go on.
#   What a stock costs: when one message fails and its session is rolled back, those in stock go back too and wait out the redelivery delay, with a
#   delivery count that says they were never tried.
# What follows: n consumers with groups and no stock do the work of far fewer than n.
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
cat > src/main/java/BusyGroup.java <<'JAVA'
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;

public class BusyGroup {
    private static final int DELAY = 3000;

    record Worker(Session session, MessageConsumer consumer) {
        static Worker of(Connection connection, String queue) throws JMSException {
            Session session = connection.createSession(Session.SESSION_TRANSACTED);
            return new Worker(session, session.createConsumer(session.createQueue(queue)));
        }

        String take(long millis) throws JMSException {
            Message message = consumer.receive(millis);
            return message == null ? "nothing" : ((TextMessage) message).getText();
        }
    }

    static void send(Connection connection, String queue, String... texts) throws JMSException {
        try (Session session = connection.createSession(Session.AUTO_ACKNOWLEDGE)) {
            for (String text : texts) {
                TextMessage message = session.createTextMessage(text);
                message.setStringProperty("JMSXGroupID", text.substring(0, 1));
                session.createProducer(session.createQueue(queue)).send(message);
            }
        }
    }

    /** The first works on group A for as long as it likes; what does the second get? */
    static String second(int window, String queue) throws Exception {
        try (ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory("vm://0")) {
            factory.setConsumerWindowSize(window);
            try (Connection connection = factory.createConnection()) {
                connection.start();
                Worker first = Worker.of(connection, queue);
                Worker second = Worker.of(connection, queue);
                send(connection, queue, "A1");
                String begun = first.take(5000);
                send(connection, queue, "B1");
                String own = second.take(5000);
                second.session().commit();
                send(connection, queue, "A2", "B2");
                String while1 = second.take(2000);
                first.session().commit();
                String then = first.take(5000);
                String after = while1.equals("nothing") ? second.take(5000) : while1;
                return begun + " and " + own + " taken; A2 and B2 sent; the second gets " + while1 + " while A1 is worked on; then " + then + " and "
                        + after;
            }
        }
    }

    /** One message fails; how long do those wait that were held in stock? */
    static String stock(int window, String queue) throws Exception {
        try (ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory("vm://0")) {
            factory.setConsumerWindowSize(window);
            try (Connection connection = factory.createConnection()) {
                connection.start();
                send(connection, queue, "A1", "B1", "C1");
                Worker only = Worker.of(connection, queue);
                String failed = only.take(5000);
                Thread.sleep(500);
                only.session().rollback();
                long begin = System.nanoTime();
                StringBuilder come = new StringBuilder();
                for (int i = 0; i < 3; i++) {
                    Message next = only.consumer().receive(2L * DELAY);
                    boolean late = System.nanoTime() - begin > DELAY * 1_000_000L / 2;
                    come.append(", ").append(((TextMessage) next).getText()).append(late ? " after the delay" : " at once").append(" (delivery ")
                            .append(next.getIntProperty("JMSXDeliveryCount")).append(")");
                }
                return failed + " fails" + come;
            }
        }
    }

    public static void main(String[] none) throws Exception {
        ConfigurationImpl configuration = new ConfigurationImpl();
        configuration.setSecurityEnabled(false).setPersistenceEnabled(false).addAcceptorConfiguration("vm", "vm://0")
                .addAddressSetting("work.#", new AddressSettings().setRedeliveryDelay(DELAY).setDefaultGroupBuckets(-1));
        for (String queue : new String[] {"work.0", "work.1", "work.2", "work.3"}) {
            configuration.addQueueConfiguration(QueueConfiguration.of(queue).setRoutingType(RoutingType.ANYCAST));
        }
        EmbeddedActiveMQ broker = new EmbeddedActiveMQ().setConfiguration(configuration);
        broker.start();
        System.out.println("window 0:      " + second(0, "work.0"));
        System.out.println("window 10000:  " + second(10_000, "work.1"));
        System.out.println("window 0:      " + stock(0, "work.2"));
        System.out.println("window 10000:  " + stock(10_000, "work.3"));
        Runtime.getRuntime().halt(0);
    }
}
JAVA
mvn -q -B compile dependency:copy-dependencies -DoutputDirectory=lib >mvn.log 2>&1 || { cat mvn.log >&2; exit 2; }
java -cp "target/classes:lib/*" BusyGroup | tee out.txt
diff - out.txt <<'OUT'
window 0:      A1 and B1 taken; A2 and B2 sent; the second gets nothing while A1 is worked on; then A2 and B2
window 10000:  A1 and B1 taken; A2 and B2 sent; the second gets B2 while A1 is worked on; then A2 and B2
window 0:      A1 fails, B1 at once (delivery 1), C1 at once (delivery 1), A1 after the delay (delivery 2)
window 10000:  A1 fails, A1 after the delay (delivery 2), B1 after the delay (delivery 1), C1 after the delay (delivery 1)
OUT
