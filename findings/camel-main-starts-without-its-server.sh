#!/usr/bin/env bash
# Camel 4.18.0: when the port of camel-main's HTTP server (camel.server.port) or of its management server (camel.management.port) is in use,
# the application starts all the same. Vert.x logs the BindException, and Camel's server goes on as if it listened: the context is Started,
# and health says UP to readiness and liveness. Nobody answers for the application at that port, or somebody else does.
# What follows: whoever needs the door to be open has to knock at it after the start; main.start() returning proves nothing.
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
    <dependency><groupId>org.apache.camel</groupId><artifactId>camel-platform-http-main</artifactId><version>4.18.0</version></dependency>
    <dependency><groupId>org.apache.camel</groupId><artifactId>camel-health</artifactId><version>4.18.0</version></dependency>
    <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-nop</artifactId><version>2.0.17</version></dependency>
  </dependencies>
  <build><plugins><plugin><artifactId>maven-compiler-plugin</artifactId><version>3.14.1</version></plugin></plugins></build>
</project>
XML
cat > src/main/java/Door.java <<'JAVA'
import java.net.InetAddress;
import java.net.ServerSocket;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.main.Main;

public class Door {
    private static boolean up(java.util.Collection<HealthCheck.Result> results) {
        return results.stream().allMatch(result -> result.getState() == HealthCheck.State.UP);
    }

    private static void tried(String server) throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"))) {
            Main main = new Main();
            main.addProperty("camel.health.routesEnabled", "true");
            main.addProperty("camel.health.consumersEnabled", "true");
            main.addProperty("camel." + server + ".enabled", "true");
            main.addProperty("camel." + server + ".host", "127.0.0.1");
            main.addProperty("camel." + server + ".port", String.valueOf(taken.getLocalPort()));
            main.start();
            CamelContext camel = main.getCamelContext();
            System.out.println(server + ": context " + camel.getStatus()
                    + ", ready " + up(HealthCheckHelper.invokeReadiness(camel)) + ", live " + up(HealthCheckHelper.invokeLiveness(camel)));
            main.stop();
        }
    }

    public static void main(String[] args) throws Exception {
        tried("server");
        tried("management");
        System.exit(0);
    }
}
JAVA
mvn -q -B compile dependency:build-classpath -Dmdep.outputFile=classpath
java -cp "target/classes:$(cat classpath)" Door 2>/dev/null | tee said
grep -qx 'server: context Started, ready true, live true' said
grep -qx 'management: context Started, ready true, live true' said
echo "Camel 4.18.0: an application whose port is taken starts without its HTTP server, and health is UP."
