#!/usr/bin/env bash
# Quartz 2.5.2: in the night in which the clocks go back, a cron trigger of every five seconds (or of every minute, or every ten) fires nothing for a whole
# hour: the first of the two hours that have the same name. CronExpression.isSatisfiedBy says true for the times that are left out. A time zone without
# summer time, and a trigger with an interval (trigger.repeatInterval in camel-quartz), fire on. Quartz' manual warns of firing times in these hours, that
# one may be skipped or repeated; of a poll that runs all day it says nothing.
# What follows: a poll or a heartbeat by cron in a zone with summer time is silent for an hour once a year, which no test sees, and whoever watches over
# it is called at two at night. Give it an interval, or trigger.timeZone=UTC.
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
    <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-nop</artifactId><version>2.0.17</version></dependency>
  </dependencies>
  <build><plugins><plugin><artifactId>maven-compiler-plugin</artifactId><version>3.14.1</version></plugin></plugins></build>
</project>
XML
cat > src/main/java/Night.java <<'JAVA'
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Date;
import java.util.List;
import java.util.TimeZone;
import org.quartz.CronExpression;
import org.quartz.CronScheduleBuilder;
import org.quartz.ScheduleBuilder;
import org.quartz.SimpleScheduleBuilder;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.quartz.TriggerUtils;
import org.quartz.spi.OperableTrigger;

public class Night {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    /** A day of 25 hours. */
    private static final Instant DAY = LocalDate.of(2026, 10, 25).atStartOfDay(BERLIN).toInstant();
    private static final Instant END = LocalDate.of(2026, 10, 26).atStartOfDay(BERLIN).toInstant();

    private static void say(String what, ScheduleBuilder<?> schedule) {
        Trigger trigger = TriggerBuilder.newTrigger().withIdentity("poll").startAt(Date.from(DAY)).withSchedule(schedule).build();
        List<Date> times = TriggerUtils.computeFireTimesBetween((OperableTrigger) trigger, null, Date.from(DAY), Date.from(END.minusMillis(1)));
        Duration longest = Duration.ZERO;
        Instant from = null;
        for (int i = 1; i < times.size(); i++) {
            Duration pause = Duration.between(times.get(i - 1).toInstant(), times.get(i).toInstant());
            if (pause.compareTo(longest) > 0) {
                longest = pause;
                from = times.get(i - 1).toInstant();
            }
        }
        System.out.println(what + ": " + times.size() + " firings, the longest pause " + longest + " after " + from.atZone(BERLIN).toOffsetDateTime());
    }

    public static void main(String[] args) throws Exception {
        TimeZone berlin = TimeZone.getTimeZone(BERLIN);
        say("cron of every 5 s in Berlin", CronScheduleBuilder.cronSchedule("0/5 * * * * ?").inTimeZone(berlin));
        say("cron of every minute in Berlin", CronScheduleBuilder.cronSchedule("0 * * * * ?").inTimeZone(berlin));
        say("cron of every 5 s in UTC", CronScheduleBuilder.cronSchedule("0/5 * * * * ?").inTimeZone(TimeZone.getTimeZone("UTC")));
        say("interval of 5 s", SimpleScheduleBuilder.repeatSecondlyForever(5));
        CronExpression cron = new CronExpression("0/5 * * * * ?");
        cron.setTimeZone(berlin);
        System.out.println("satisfied by 02:30 in summer time: " + cron.isSatisfiedBy(Date.from(Instant.parse("2026-10-25T00:30:00Z"))));
    }
}
JAVA
mvn -q -B compile dependency:build-classpath -Dmdep.outputFile=classpath >mvn.log 2>&1 || { cat mvn.log >&2; exit 2; }
java -cp "target/classes:$(cat classpath)" Night | tee said
diff - said <<'OUT'
cron of every 5 s in Berlin: 17280 firings, the longest pause PT1H5S after 2026-10-25T01:59:55+02:00
cron of every minute in Berlin: 1440 firings, the longest pause PT1H1M after 2026-10-25T01:59+02:00
cron of every 5 s in UTC: 18000 firings, the longest pause PT5S after 2026-10-25T00:00+02:00
interval of 5 s: 18000 firings, the longest pause PT5S after 2026-10-25T00:00+02:00
satisfied by 02:30 in summer time: true
OUT
echo "Quartz 2.5.2: a cron trigger fires nothing in the first of the two hours when the clocks go back."
