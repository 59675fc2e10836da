#!/usr/bin/env bash
# camel-quartz 4.18.0 with Quartz 2.5.2 on its JDBC job store: a cron schedule keeps the time zone of its first start. trigger.timeZone that is added or changed
# later does nothing, as long as the cron expression stays as it is; nor does another zone of the machine: whoever names none has stored that of the process
# which started first, and a container in UTC goes on firing by the clock of the server it replaced. The line of the log at the start looks the same each time
# ("is scheduled. Next fire date is null"). With a changed expression the zone comes along.
# What follows: name trigger.timeZone from the first start on; where it changes, the schedule needs another name, or its stored trigger has to be deleted.
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
import java.time.Instant;
import java.util.Map;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.quartz.QuartzComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.h2.tools.RunScript;

/** Argument: the cron expression and further options of the route. Says what is stored when it has run. */
public class Node {
    static final String URL = "jdbc:h2:file:./store";

    public static void main(String[] args) throws Exception {
        try (Connection db = DriverManager.getConnection(URL, "sa", "")) {
            if (!db.getMetaData().getTables(null, null, "QRTZ_TRIGGERS", null).next()) {
                RunScript.execute(db, new InputStreamReader(Node.class.getResourceAsStream("/org/quartz/impl/jdbcjobstore/tables_h2.sql")));
            }
        }
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.setNameStrategy(new org.apache.camel.impl.engine.ExplicitCamelContextNameStrategy("node"));
            QuartzComponent quartz = new QuartzComponent();
            quartz.setProperties(Map.ofEntries(Map.entry("org.quartz.scheduler.instanceName", "shared"),
                    Map.entry("org.quartz.scheduler.instanceId", "AUTO"), Map.entry("org.quartz.threadPool.threadCount", "1"),
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
                    from("quartz://reports/nightly?cron=" + args[0]).setBody().constant("");
                }
            });
            context.start();
        }
        try (Connection db = DriverManager.getConnection(URL, "sa", ""); ResultSet row = db.createStatement().executeQuery(
                "SELECT TIME_ZONE_ID, NEXT_FIRE_TIME FROM QRTZ_CRON_TRIGGERS NATURAL JOIN QRTZ_TRIGGERS")) {
            row.next();
            System.out.println(row.getString(1) + ", next at " + Instant.ofEpochMilli(row.getLong(2)).toString().substring(11, 16) + " UTC");
        }
    }
}
JAVA
mvn -q -B compile dependency:build-classpath -Dmdep.outputFile=classpath >mvn.log 2>&1 || { cat mvn.log >&2; exit 2; }
run() { echo "$1: $(java -Duser.timezone="$2" -cp "target/classes:$(cat classpath)" Node "$3" 2>node.err || cat node.err)"; }
{
  run 'first start, machine in Tokyo' Asia/Tokyo '0+0+3+*+*+?'
  run 'then, machine in UTC' UTC '0+0+3+*+*+?'
  run 'then, trigger.timeZone=UTC' UTC '0+0+3+*+*+?&trigger.timeZone=UTC'
  run 'then, another minute too' UTC '0+1+3+*+*+?&trigger.timeZone=UTC'
} | tee said
diff - said <<'OUT'
first start, machine in Tokyo: Asia/Tokyo, next at 18:00 UTC
then, machine in UTC: Asia/Tokyo, next at 18:00 UTC
then, trigger.timeZone=UTC: Asia/Tokyo, next at 18:00 UTC
then, another minute too: UTC, next at 03:01 UTC
OUT
echo "camel-quartz 4.18.0: a stored cron schedule keeps the time zone of its first start."
