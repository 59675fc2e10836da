#!/usr/bin/env bash
# ActiveMQ Artemis 2.44.0: message groups on a queue with group-rebalance, which a second consumer joins.
#   messages come one after the other:  the groups are dealt out anew in turn, half of them to each consumer
#   messages come in a flood:           who works them off faster at that moment gets more of the groups, because a consumer whose window is full
#                                       is passed over; and keeps them for good: once both are equally fast, the shares stay as they are
# What follows: an instance that joins under load, when its virtual machine is cold, is left with a small share of the records until the next consumer joins.
# A benchmark that adds instances in a flood measures that, and not what they can do.
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
cat > src/main/java/Shares.java <<'JAVA'
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSProducer;
import jakarta.jms.Message;
import java.nio.file.Files;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;

public class Shares {
    static final int GROUPS = 200;

    static final class Worker {
        final Set<String> groups = ConcurrentHashMap.newKeySet();
        volatile long millis;

        Worker(ActiveMQConnectionFactory factory, String queue, AtomicInteger done) {
            JMSContext context = factory.createContext();
            JMSConsumer consumer = context.createConsumer(context.createQueue(queue));
            consumer.setMessageListener(message -> {
                try {
                    groups.add(message.getStringProperty("JMSXGroupID"));
                    Thread.sleep(millis);
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
                done.incrementAndGet();
            });
        }
    }

    static void send(JMSContext context, String queue, int rounds, boolean flood, AtomicInteger done) throws InterruptedException {
        JMSProducer producer = context.createProducer();
        int begun = done.get();
        int sent = 0;
        for (int round = 0; round < rounds; round++) {
            for (int group = 0; group < GROUPS; group++) {
                Message message = context.createTextMessage("x".repeat(200));
                try {
                    message.setStringProperty("JMSXGroupID", "group " + group);
                } catch (jakarta.jms.JMSException e) {
                    throw new IllegalStateException(e);
                }
                producer.send(context.createQueue(queue), message);
                sent++;
                while (!flood && done.get() < begun + sent) {
                    Thread.sleep(1);
                }
            }
        }
        while (done.get() < begun + sent) {
            Thread.sleep(5);
        }
    }

    static int share(Worker worker) {
        int percent = 100 * worker.groups.size() / GROUPS;
        worker.groups.clear();
        return percent;
    }

    public static void main(String[] none) throws Exception {
        String folder = Files.createTempDirectory("broker").toString();
        ConfigurationImpl configuration = new ConfigurationImpl();
        configuration.setSecurityEnabled(false).setPersistenceEnabled(false).addAcceptorConfiguration("vm", "vm://0")
                .setJournalDirectory(folder + "/journal").setBindingsDirectory(folder + "/bindings").setPagingDirectory(folder + "/paging")
                .setLargeMessagesDirectory(folder + "/large");
        for (String queue : new String[] {"calm", "busy"}) {
            configuration.addQueueConfiguration(QueueConfiguration.of(queue).setRoutingType(RoutingType.ANYCAST).setGroupRebalance(true)
                    .setGroupRebalancePauseDispatch(true));
        }
        EmbeddedActiveMQ broker = new EmbeddedActiveMQ().setConfiguration(configuration);
        broker.start();
        ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory("vm://0");
        factory.setConsumerWindowSize(8000);
        JMSContext context = factory.createContext();
        StringBuilder seen = new StringBuilder();
        boolean as = true;
        for (String queue : new String[] {"calm", "busy"}) {
            boolean flood = queue.equals("busy");
            AtomicInteger done = new AtomicInteger();
            Worker first = new Worker(factory, queue, done);
            send(context, queue, 2, true, done);
            Worker second = new Worker(factory, queue, done);
            second.millis = 10;
            send(context, queue, flood ? 10 : 1, flood, done);
            share(first);
            int joined = share(second);
            second.millis = 0;
            send(context, queue, 10, true, done);
            int later = share(second);
            seen.append(queue).append(": the second gets ").append(joined).append(" % of the groups, and has ").append(later)
                    .append(" % once it is as fast as the first\n");
            as &= joined == later && (flood ? joined < 35 : joined >= 45 && joined <= 55);
        }
        System.out.print(seen);
        broker.stop();
        System.exit(as ? 0 : 1);
    }
}
JAVA
mvn -q -B compile dependency:copy-dependencies -DoutputDirectory=lib >mvn.log 2>&1 || { cat mvn.log >&2; exit 2; }
java -cp "target/classes:lib/*" Shares
