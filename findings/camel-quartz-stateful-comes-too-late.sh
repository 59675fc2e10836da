#!/usr/bin/env bash
# camel-quartz 4.18.0 with Quartz 2.5.2 on its JDBC job store: a route that gets stateful=true after its first start still runs twice at a
# time. The stored job keeps the class of its first start (CamelJob, where StatefulCamelJob forbids overlapping), and nothing is logged,
# although a changed cron expression of the same route is taken over.
# What follows: a schedule whose overlapping is to be switched off needs another trigger name, or its stored job has to be deleted.
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
import org.h2.tools.RunScript;

/** Arguments: how many seconds to run, then the cron expression and further options of the route. */
public class Node {
    static final String URL = "jdbc:h2:file:./store";

    public static void main(String[] args) throws Exception {
        tables();
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.setNameStrategy(new org.apache.camel.impl.engine.ExplicitCamelContextNameStrategy("node"));
            QuartzComponent quartz = new QuartzComponent();
            quartz.setProperties(Map.ofEntries(Map.entry("org.quartz.scheduler.instanceName", "shared"),
                    Map.entry("org.quartz.scheduler.instanceId", "AUTO"), Map.entry("org.quartz.threadPool.threadCount", "4"),
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
                    from("quartz://polls/orders?cron=" + args[1]).process(exchange -> {
                        most.accumulateAndGet(now.incrementAndGet(), Math::max);
                        Thread.sleep(2500);
                        now.decrementAndGet();
                    });
                }
            });
            context.start();
            Thread.sleep(Long.parseLong(args[0]) * 1000);
        }
        System.out.println("at-a-time=" + most.get() + " cron=" + stored("SELECT CRON_EXPRESSION FROM QRTZ_CRON_TRIGGERS")
                + " class=" + stored("SELECT JOB_CLASS_NAME FROM QRTZ_JOB_DETAILS"));
    }

    private static void tables() throws Exception {
        try (Connection db = DriverManager.getConnection(URL, "sa", "")) {
            if (!db.getMetaData().getTables(null, null, "QRTZ_TRIGGERS", null).next()) {
                RunScript.execute(db, new InputStreamReader(Node.class.getResourceAsStream("/org/quartz/impl/jdbcjobstore/tables_h2.sql")));
            }
        }
    }

    private static String stored(String query) throws Exception {
        try (Connection db = DriverManager.getConnection(URL, "sa", ""); ResultSet row = db.createStatement().executeQuery(query)) {
            row.next();
            return row.getString(1).replace(' ', '+');
        }
    }
}
JAVA
mvn -q -B compile org.apache.maven.plugins:maven-dependency-plugin:3.9.0:build-classpath -Dmdep.outputFile=cp.txt >build.log 2>&1 || { cat build.log; exit 2; }
run() { java -cp "target/classes:$(cat cp.txt)" Node "$@" 2>node.err || { cat node.err >&2; return 1; }; }
first=$(run 5 '*/2+*+*+*+*+?')
second=$(run 7 '*+*+*+*+*+?&stateful=true')
fresh=$(rm -f store.*; run 6 '*+*+*+*+*+?&stateful=true')
echo "first start:                       $first"
echo "changed to stateful, each second:  $second"
echo "stateful from its first start:     $fresh"
if grep -q 'CamelJob$' <<<"$second" && ! grep -q 'StatefulCamelJob' <<<"$second" && grep -q 'cron=\*+' <<<"$second" \
    && [ "$(sed 's/at-a-time=\([0-9]*\).*/\1/' <<<"$second")" -ge 2 ] && grep -q '^at-a-time=1 .*StatefulCamelJob$' <<<"$fresh"; then
  echo "As described: the new expression is in force, stateful is not."
else
  echo "Changed: a stored job takes stateful over now."; exit 1
fi
