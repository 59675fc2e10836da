#!/usr/bin/env bash
# camel-quartz 4.18.0 with Quartz 2.5.2 on its JDBC job store: an application that starts without one of the routes whose triggers lie in
# the store fires those triggers all the same. Nothing runs, and each firing counts as done: Quartz moves the trigger on, so nobody makes up
# for it. The one warning says that a new endpoint is created, which runs nothing either; later firings are silent.
# What follows: instances that share a store need the same routes, also during an upgrade, and whoever takes a route away has to delete its
# trigger.
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

/** Arguments: how many seconds to run, then the names of the routes. */
public class Node {
    static final String URL = "jdbc:h2:file:./store";

    public static void main(String[] args) throws Exception {
        tables();
        AtomicInteger ran = new AtomicInteger();
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.setNameStrategy(new org.apache.camel.impl.engine.ExplicitCamelContextNameStrategy("node"));
            QuartzComponent quartz = new QuartzComponent();
            quartz.setProperties(Map.ofEntries(Map.entry("org.quartz.scheduler.instanceName", "shared"),
                    Map.entry("org.quartz.scheduler.instanceId", "AUTO"), Map.entry("org.quartz.threadPool.threadCount", "2"),
                    Map.entry("org.quartz.jobStore.class", "org.quartz.impl.jdbcjobstore.JobStoreTX"),
                    Map.entry("org.quartz.jobStore.driverDelegateClass", "org.quartz.impl.jdbcjobstore.StdJDBCDelegate"),
                    Map.entry("org.quartz.jobStore.isClustered", "true"), Map.entry("org.quartz.jobStore.clusterCheckinInterval", "1000"),
                    Map.entry("org.quartz.jobStore.dataSource", "db"), Map.entry("org.quartz.dataSource.db.provider", "hikaricp"),
                    Map.entry("org.quartz.dataSource.db.driver", "org.h2.Driver"), Map.entry("org.quartz.dataSource.db.URL", URL),
                    Map.entry("org.quartz.dataSource.db.user", "sa"), Map.entry("org.quartz.dataSource.db.password", "")));
            context.addComponent("quartz", quartz);
            for (int i = 1; i < args.length; i++) {
                String name = args[i];
                context.addRoutes(new RouteBuilder() {
                    @Override
                    public void configure() {
                        from("quartz://polls/" + name + "?cron=*+*+*+*+*+?").routeId(name).process(exchange -> {
                            if (name.equals("orders")) {
                                ran.incrementAndGet();
                            }
                        });
                    }
                });
            }
            context.start();
            Thread.sleep(Long.parseLong(args[0]) * 1000);
        }
        System.out.println("ran=" + ran.get() + " moved-to=" + next());
    }

    private static void tables() throws Exception {
        try (Connection db = DriverManager.getConnection(URL, "sa", "")) {
            if (!db.getMetaData().getTables(null, null, "QRTZ_TRIGGERS", null).next()) {
                RunScript.execute(db, new InputStreamReader(Node.class.getResourceAsStream("/org/quartz/impl/jdbcjobstore/tables_h2.sql")));
            }
        }
    }

    private static long next() throws Exception {
        try (Connection db = DriverManager.getConnection(URL, "sa", "");
             ResultSet row = db.createStatement().executeQuery("SELECT NEXT_FIRE_TIME FROM QRTZ_TRIGGERS WHERE TRIGGER_NAME = 'orders'")) {
            row.next();
            return row.getLong(1);
        }
    }
}
JAVA
mvn -q -B compile org.apache.maven.plugins:maven-dependency-plugin:3.9.0:build-classpath -Dmdep.outputFile=cp.txt >build.log 2>&1 || { cat build.log; exit 2; }
run() { java -cp "target/classes:$(cat cp.txt)" Node "$@" 2>node.err || { cat node.err >&2; return 1; }; }
first=$(run 5 orders stock)
second=$(run 6 stock)
echo "with the route:    $first"
echo "without the route: $second, $(grep -ci 'warn' node.err || true) warnings:"
grep -i 'warn' node.err | head -2 || true
ran() { sed 's/ran=\([0-9]*\).*/\1/' <<<"$1"; }
moved() { sed 's/.*moved-to=//' <<<"$1"; }
if [ "$(ran "$first")" -ge 3 ] && [ "$(ran "$second")" -eq 0 ] && [ $(( $(moved "$second") - $(moved "$first") )) -ge 3000 ]; then
  echo "As described: the trigger of the missing route went on by $(( ($(moved "$second") - $(moved "$first")) / 1000 )) seconds, and nothing ran."
else
  echo "Changed: the trigger of a missing route no longer fires into nothing."; exit 1
fi
