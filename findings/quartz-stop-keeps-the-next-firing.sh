#!/usr/bin/env bash
# Quartz 2.5.2, clustered JDBC store: a scheduler takes the next firing from the database ahead of its time, up to half a minute, and an orderly
# shutdown does not give it back: the trigger stays ACQUIRED, with the name of the instance that is gone. The other instances leave it alone until
# that instance counts as dead. After standby() the scheduler gives it back, so standby first and shutdown a moment later leaves nothing behind.
# What follows: in a roll-out each orderly stop makes a gap in a schedule, as long as after a kill.
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
    <dependency><groupId>org.quartz-scheduler</groupId><artifactId>quartz</artifactId><version>2.5.2</version></dependency>
    <dependency><groupId>com.zaxxer</groupId><artifactId>HikariCP</artifactId><version>7.0.2</version></dependency>
    <dependency><groupId>com.h2database</groupId><artifactId>h2</artifactId><version>2.4.240</version></dependency>
    <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-nop</artifactId><version>2.0.17</version></dependency>
  </dependencies>
  <build><plugins><plugin><artifactId>maven-compiler-plugin</artifactId><version>3.14.1</version></plugin></plugins></build>
</project>
XML
cat > src/main/java/Stop.java <<'JAVA'
import java.io.InputStreamReader;
import java.io.Reader;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.util.Properties;
import org.h2.tools.RunScript;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobExecutionContext;
import org.quartz.Scheduler;
import org.quartz.SimpleScheduleBuilder;
import org.quartz.TriggerBuilder;
import org.quartz.impl.StdSchedulerFactory;

public class Stop {
    public static class Nothing implements Job {
        @Override
        public void execute(JobExecutionContext context) {}
    }

    static String url(String name) {
        return "jdbc:h2:mem:" + name + ";DB_CLOSE_DELAY=-1";
    }

    static Scheduler scheduler(String name) throws Exception {
        Properties settings = new Properties();
        settings.put("org.quartz.scheduler.instanceName", name);
        settings.put("org.quartz.scheduler.instanceId", "first");
        settings.put("org.quartz.threadPool.threadCount", "2");
        settings.put("org.quartz.jobStore.class", "org.quartz.impl.jdbcjobstore.JobStoreTX");
        settings.put("org.quartz.jobStore.isClustered", "true");
        settings.put("org.quartz.jobStore.dataSource", "own");
        settings.put("org.quartz.dataSource.own.provider", "hikaricp");
        settings.put("org.quartz.dataSource.own.driver", "org.h2.Driver");
        settings.put("org.quartz.dataSource.own.URL", url(name));
        settings.put("org.quartz.dataSource.own.user", "");
        settings.put("org.quartz.dataSource.own.password", "");
        return new StdSchedulerFactory(settings).getScheduler();
    }

    static String state(Connection database) throws Exception {
        try (ResultSet row = database.createStatement().executeQuery("SELECT trigger_state FROM qrtz_triggers")) {
            row.next();
            return row.getString(1);
        }
    }

    static void await(Connection database, String wanted) throws Exception {
        for (int i = 0; i < 200 && !state(database).equals(wanted); i++) {
            Thread.sleep(50);
        }
    }

    static String after(String name, boolean standbyFirst) throws Exception {
        try (Connection database = DriverManager.getConnection(url(name), "", "");
                Reader tables = new InputStreamReader(
                        Scheduler.class.getResourceAsStream("/org/quartz/impl/jdbcjobstore/tables_h2.sql"))) {
            RunScript.execute(database, tables);
            Scheduler first = scheduler(name);
            first.scheduleJob(JobBuilder.newJob(Nothing.class).withIdentity("poll").build(),
                    TriggerBuilder.newTrigger().withIdentity("poll").startAt(new java.util.Date(System.currentTimeMillis() + 20_000))
                            .withSchedule(SimpleScheduleBuilder.repeatSecondlyForever(20)).build());
            first.start();
            await(database, "ACQUIRED");
            if (standbyFirst) {
                first.standby();
                await(database, "WAITING");
            }
            first.shutdown(true);
            return state(database);
        }
    }

    public static void main(String[] args) throws Exception {
        System.out.println("after shutdown(true):             " + after("orderly", false));
        System.out.println("after standby(), then shutdown:   " + after("standby", true));
        System.exit(0);
    }
}
JAVA
mvn -q -B compile dependency:build-classpath -Dmdep.outputFile=classpath
java -cp "target/classes:$(cat classpath)" Stop | tee said
grep -qx 'after shutdown(true):             ACQUIRED' said
grep -qx 'after standby(), then shutdown:   WAITING' said
echo "Quartz 2.5.2 leaves the firing that it took ahead of its time to the instance that is gone."
