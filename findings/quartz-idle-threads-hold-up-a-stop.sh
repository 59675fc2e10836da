#!/usr/bin/env bash
# camel-quartz 4.18.0 with Quartz 2.5.2 and its store in memory: a context with one schedule that never fires takes up to half a second to stop,
# though nothing is under way. Camel asks Quartz to wait for running jobs, and Quartz' SimpleThreadPool then joins all of its threads; it wakes
# none of the idle ones, and each of those looks every half second whether it may end. With interruptJobsOnShutdown=true, whose documentation
# speaks of running jobs alone, the same stop takes some milliseconds, because Camel then asks Quartz not to wait.
# What follows: that option where the routes have ended before Quartz stops, as they have in each orderly stop of Camel.
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
    <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-simple</artifactId><version>2.0.17</version></dependency>
  </dependencies>
  <build><plugins><plugin><artifactId>maven-compiler-plugin</artifactId><version>3.14.1</version></plugin></plugins></build>
</project>
XML
cat > src/main/java/Stop.java <<'JAVA'
import java.util.Arrays;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.quartz.QuartzComponent;
import org.apache.camel.impl.DefaultCamelContext;

/** Argument: whether to interrupt jobs at the stop. Says how long the middle one of nine stops took, in milliseconds. */
public class Stop {
    public static void main(String[] args) throws Exception {
        long[] took = new long[9];
        for (int i = 0; i < took.length; i++) {
            DefaultCamelContext context = new DefaultCamelContext();
            QuartzComponent quartz = new QuartzComponent();
            quartz.setInterruptJobsOnShutdown(Boolean.parseBoolean(args[0]));
            context.addComponent("quartz", quartz);
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("quartz:never?cron=0+0+0+1+1+?+2099").to("mock:never");
                }
            });
            context.start();
            Thread.sleep(600);
            long before = System.nanoTime();
            context.stop();
            took[i] = (System.nanoTime() - before) / 1_000_000;
        }
        Arrays.sort(took);
        System.out.println(took[took.length / 2]);
    }
}
JAVA
mvn -q -B compile org.apache.maven.plugins:maven-dependency-plugin:3.9.0:build-classpath -Dmdep.outputFile=cp.txt >build.log 2>&1 || { cat build.log; exit 2; }
usual=$(java -cp "target/classes:$(cat cp.txt)" Stop false 2>usual.err)
told=$(java -cp "target/classes:$(cat cp.txt)" Stop true 2>told.err)
echo "as it comes:                    a stop with nothing under way takes $usual ms"
echo "interruptJobsOnShutdown=true:   $told ms"
if [ "$usual" -ge 150 ] && [ "$told" -lt $((usual / 3)) ]; then
  echo "As described: idle threads hold up the stop, unless jobs are to be interrupted."
else
  echo "Changed."; exit 1
fi
