#!/usr/bin/env bash
# camel-quartz 4.18.0 with Quartz 2.5.2 on its JDBC job store, clustered: its documentation gives "Camel" as the default group of a trigger, but
# the group is "Camel_" with the name of the Camel context behind it. Two nodes of a cluster whose contexts have names of their own, such as the
# name of the host, have a trigger each for one and the same route, and each of them fires. Nothing says so. With a group in the address
# (quartz:polls/orders) there is one trigger, but it keeps the name of the context that stored it, and the other node fails each firing
# that it takes: "No CamelContext could be found with name".
# What follows: the same name for the contexts of all nodes, or a component and a job factory that do not look at it.
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
    <dependency><groupId>org.apache.camel</groupId><artifactId>camel-quartz</artifactId><version>4.18.0</version></dependency>
    <dependency><groupId>com.zaxxer</groupId><artifactId>HikariCP</artifactId><version>7.0.2</version></dependency>
    <dependency><groupId>com.h2database</groupId><artifactId>h2</artifactId><version>2.4.240</version></dependency>
    <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-simple</artifactId><version>2.0.17</version></dependency>
  </dependencies>
  <build><plugins><plugin><artifactId>maven-compiler-plugin</artifactId><version>3.14.1</version></plugin></plugins></build>
</project>
XML
cat > src/main/java/Node.java <<'JAVA'
import java.io.InputStreamReader;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.quartz.QuartzComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.impl.engine.ExplicitCamelContextNameStrategy;
import org.h2.tools.RunScript;

/** Arguments: the name of the context, the address of the schedule, how many seconds to run. */
public class Node {
    static final String URL = "jdbc:h2:file:./store";

    public static void main(String[] args) throws Exception {
        tables();
        AtomicInteger ran = new AtomicInteger();
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.setNameStrategy(new ExplicitCamelContextNameStrategy(args[0]));
            QuartzComponent quartz = new QuartzComponent();
            quartz.setPrefixInstanceName(false);
            quartz.setProperties(Map.ofEntries(Map.entry("org.quartz.scheduler.instanceName", "shared"),
                    Map.entry("org.quartz.scheduler.instanceId", "AUTO"), Map.entry("org.quartz.threadPool.threadCount", "2"),
                    Map.entry("org.quartz.jobStore.class", "org.quartz.impl.jdbcjobstore.JobStoreTX"),
                    Map.entry("org.quartz.jobStore.driverDelegateClass", "org.quartz.impl.jdbcjobstore.StdJDBCDelegate"),
                    Map.entry("org.quartz.jobStore.isClustered", "true"), Map.entry("org.quartz.jobStore.clusterCheckinInterval", "1000"),
                    Map.entry("org.quartz.jobStore.dataSource", "db"), Map.entry("org.quartz.dataSource.db.provider", "hikaricp"),
                    Map.entry("org.quartz.dataSource.db.driver", "org.h2.Driver"), Map.entry("org.quartz.dataSource.db.URL", URL),
                    Map.entry("org.quartz.dataSource.db.user", "sa"), Map.entry("org.quartz.dataSource.db.password", "")));
            context.addComponent("quartz", quartz);
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from(args[1] + "?cron=*+*+*+*+*+?&stateful=true").process(exchange -> ran.incrementAndGet());
                }
            });
            context.start();
            Thread.sleep(Long.parseLong(args[2]) * 1000);
        }
        System.out.println(ran.get() + " " + groups());
    }

    private static void tables() throws Exception {
        try (Connection db = DriverManager.getConnection(URL, "sa", "")) {
            if (!db.getMetaData().getTables(null, null, "QRTZ_TRIGGERS", null).next()) {
                RunScript.execute(db, new InputStreamReader(Node.class.getResourceAsStream("/org/quartz/impl/jdbcjobstore/tables_h2.sql")));
            }
        }
    }

    private static String groups() throws Exception {
        try (Connection db = DriverManager.getConnection(URL, "sa", "");
             ResultSet row = db.createStatement().executeQuery("SELECT TRIGGER_GROUP FROM QRTZ_TRIGGERS ORDER BY 1")) {
            String groups = "";
            while (row.next()) {
                groups += row.getString(1) + ",";
            }
            return groups;
        }
    }
}
JAVA
mvn -q -B compile org.apache.maven.plugins:maven-dependency-plugin:3.9.0:build-classpath -Dmdep.outputFile=cp.txt >build.log 2>&1 || { cat build.log; exit 2; }
# node NAME ADDRESS SECONDS
node() { java -cp "target/classes:$(cat cp.txt)" Node "$@" 2>"$1.err" || { cat "$1.err" >&2; return 1; }; }
node host-a quartz:orders 5 >a.out
node host-b quartz:orders 5 >b.out
rm -f store.*
node host-a quartz:polls/orders 4 >/dev/null
node host-b quartz:polls/orders 6 >c.out
failed=$(grep -c 'No CamelContext could be found with name: host-a' host-b.err || true)
read -r a _ <a.out
read -r b groups <b.out
read -r c _ <c.out
echo "without a group: host-a ran $a times, host-b $b times; the store has a trigger in each of the groups $groups"
echo "with a group:    host-b ran $c times after host-a had stored the trigger, and failed $failed times"
if [ "$a" -ge 2 ] && [ "$b" -ge 2 ] && [ "$groups" = "Camel_host-a,Camel_host-b," ] && [ "$c" -eq 0 ] && [ "$failed" -ge 2 ]; then
  echo "As described: a trigger for each context; and a common one fails where the context has another name."
else
  echo "Changed."; exit 1
fi
