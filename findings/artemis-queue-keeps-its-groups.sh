#!/usr/bin/env bash
# ActiveMQ Artemis 2.44.0: a queue that was made by its first message, before somebody wrote its address settings into broker.xml.
#   redelivery-delay, max-delivery-attempts:  hold for the queue with the broker's next start
#   default-group-rebalance, -pause-dispatch, default-group-buckets:
#                                             hold for queues that are made from then on; the queue that exists keeps what it was made with, although
#                                             getAddressSettings shows the new values for its address. Nothing is logged.
#   the queue named under <addresses> with group-rebalance and the others: they hold with the next start, and its messages stay
# What follows: whoever reads the address settings alone believes that consumers that join get a share of the groups. queueQuery (or the console)
# tells how a queue was made.
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
cat > src/main/java/QueueKeepsItsGroups.java <<'JAVA'
import jakarta.jms.JMSContext;
import java.nio.file.Files;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.api.core.client.ClientSessionFactory;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;

public class QueueKeepsItsGroups {
    private static String folder;

    static EmbeddedActiveMQ broker(boolean settings, boolean named) throws Exception {
        ConfigurationImpl configuration = new ConfigurationImpl();
        configuration.setSecurityEnabled(false).addAcceptorConfiguration("vm", "vm://0").setJournalDirectory(folder + "/journal")
                .setBindingsDirectory(folder + "/bindings").setPagingDirectory(folder + "/paging").setLargeMessagesDirectory(folder + "/large");
        if (settings) {
            configuration.addAddressSetting("work.#", new AddressSettings().setAutoDeleteQueues(false).setRedeliveryDelay(7000)
                    .setDefaultGroupRebalance(true).setDefaultGroupRebalancePauseDispatch(true).setDefaultGroupBuckets(16));
        }
        if (named) {
            configuration.addQueueConfiguration(QueueConfiguration.of("work.old").setRoutingType(RoutingType.ANYCAST).setGroupRebalance(true)
                    .setGroupRebalancePauseDispatch(true).setGroupBuckets(16));
        }
        EmbeddedActiveMQ broker = new EmbeddedActiveMQ().setConfiguration(configuration);
        broker.start();
        return broker;
    }

    static void send(String queue) {
        try (ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory("vm://0"); JMSContext context = factory.createContext()) {
            context.createProducer().send(context.createQueue(queue), "a message");
        }
    }

    static String groups(String queue) throws Exception {
        try (ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory("vm://0");
             ClientSessionFactory sessions = factory.getServerLocator().createSessionFactory(); ClientSession session = sessions.createSession()) {
            ClientSession.QueueQuery made = session.queueQuery(SimpleString.of(queue));
            return "rebalance=" + made.isGroupRebalance() + " pause=" + made.isGroupRebalancePauseDispatch() + " buckets=" + made.getGroupBuckets()
                    + " messages=" + made.getMessageCount();
        }
    }

    static String settings(EmbeddedActiveMQ broker, String address) {
        AddressSettings settings = broker.getActiveMQServer().getAddressSettingsRepository().getMatch(address);
        return "rebalance=" + settings.isDefaultGroupRebalance() + " buckets=" + settings.getDefaultGroupBuckets() + " redelivery-delay="
                + settings.getRedeliveryDelay();
    }

    public static void main(String[] none) throws Exception {
        folder = Files.createTempDirectory("broker").toString();
        EmbeddedActiveMQ broker = broker(false, false);
        send("work.old");
        String before = groups("work.old");
        broker.stop();
        broker = broker(true, false);
        send("work.new");
        String address = settings(broker, "work.old");
        String old = groups("work.old");
        String fresh = groups("work.new");
        broker.stop();
        broker = broker(true, true);
        String named = groups("work.old");
        broker.stop();
        System.out.println("queue made with Artemis' defaults:              " + before);
        System.out.println("after a restart with settings, of its address:  " + address);
        System.out.println("after a restart with settings, the queue:       " + old);
        System.out.println("a queue made after that:                        " + fresh);
        System.out.println("the queue, once it is named under <addresses>:  " + named);
        Runtime.getRuntime().halt(0);
    }
}
JAVA
mvn -q -B compile dependency:copy-dependencies -DoutputDirectory=lib >mvn.log 2>&1 || { cat mvn.log >&2; exit 2; }
java -cp "target/classes:lib/*" QueueKeepsItsGroups | tee out.txt
diff - out.txt <<'OUT'
queue made with Artemis' defaults:              rebalance=false pause=false buckets=-1 messages=1
after a restart with settings, of its address:  rebalance=true buckets=16 redelivery-delay=7000
after a restart with settings, the queue:       rebalance=false pause=false buckets=-1 messages=1
a queue made after that:                        rebalance=true pause=true buckets=16 messages=1
the queue, once it is named under <addresses>:  rebalance=true pause=true buckets=16 messages=1
OUT
