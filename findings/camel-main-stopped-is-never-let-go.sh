#!/usr/bin/env bash
# Camel 4.18.0, camel-main: each Main that was started hangs a hook for the end of the process on the JVM, and stop() does not take it down. The hook
# leads to the Main, to its CamelContext and to everything bound there, so a process that starts and stops several of them, such as a test JVM, keeps all
# of them for good: embedded databases, brokers, caches of classes. With SimpleMainShutdownStrategy, which has no hook, none is left.
# What follows: tests that start an application again and again fill their heap until the collector is most of their work.
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
    <dependency><groupId>org.apache.camel</groupId><artifactId>camel-main</artifactId><version>4.18.0</version></dependency>
    <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-nop</artifactId><version>2.0.17</version></dependency>
  </dependencies>
  <build><plugins><plugin><artifactId>maven-compiler-plugin</artifactId><version>3.14.1</version></plugin></plugins></build>
</project>
XML
cat > src/main/java/Kept.java <<'JAVA'
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.main.Main;
import org.apache.camel.main.SimpleMainShutdownStrategy;

public class Kept {
    private static WeakReference<CamelContext> stopped(boolean hook) throws Exception {
        Main main = new Main();
        if (!hook) {
            main.setShutdownStrategy(new SimpleMainShutdownStrategy());
        }
        main.start();
        CamelContext camel = main.getCamelContext();
        main.stop();
        return new WeakReference<>(camel);
    }

    private static long kept(boolean hook) throws Exception {
        List<WeakReference<CamelContext>> all = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            all.add(stopped(hook));
        }
        long left = 20;
        for (int tries = 0; tries < 20 && left > 0; tries++) {
            System.gc();
            Thread.sleep(100);
            left = all.stream().filter(each -> each.get() != null).count();
        }
        return left;
    }

    public static void main(String[] args) throws Exception {
        System.out.println("without a hook, kept of 20: " + kept(false));
        System.out.println("as it comes, kept of 20: " + kept(true));
    }
}
JAVA
mvn -q -B compile dependency:build-classpath -Dmdep.outputFile=classpath
java -cp "target/classes:$(cat classpath)" Kept | tee said
without=$(sed -n 's/^without a hook, kept of 20: //p' said)
[ "$without" -le 1 ]
grep -qx 'as it comes, kept of 20: 20' said
echo "Camel 4.18.0: a Main that was stopped stays in memory with its context until the process ends."
