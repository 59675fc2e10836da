#!/usr/bin/env bash
# Camel 4.18.0: two routes that begin with the same direct: name are found out when the consumer of the second one starts, and not before. A context with
# setAutoStartup(false), as for a trial, starts with both and says nothing. When a text with them is loaded over a running one (RoutesLoader.updateRoutes), all
# routes of the text before are gone by then: the routes ahead of the failing one run, those behind it do not. Loading the text before again fails, too, as long
# as the route that took its name runs, because no route of that name is in the text. With that route removed first it works.
# What follows: a reload that tries a text out in a scratch context and puts the old one back on failure loses whole files for good.
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
    <dependency><groupId>org.apache.camel</groupId><artifactId>camel-yaml-dsl</artifactId><version>4.18.0</version></dependency>
    <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-nop</artifactId><version>2.0.17</version></dependency>
  </dependencies>
  <build><plugins><plugin><artifactId>maven-compiler-plugin</artifactId><version>3.14.1</version></plugin></plugins></build>
</project>
XML
cat > src/main/java/Reload.java <<'JAVA'
import java.util.List;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

public class Reload {
    private static Resource text(String... routes) {
        StringBuilder yaml = new StringBuilder();
        for (String route : routes) {
            String[] parts = route.split("=");
            yaml.append("- route: { id: ").append(parts[0]).append(", from: { uri: \"direct:").append(parts[1])
                    .append("\", steps: [ { log: { id: say-").append(parts[0]).append(", message: x } } ] } }\n");
        }
        return ResourceHelper.fromString("file:all.camel.yaml", yaml.toString());
    }

    private static String load(DefaultCamelContext camel, Resource text) {
        try {
            PluginHelper.getRoutesLoader(camel).updateRoutes(List.of(text));
            return "taken";
        } catch (Exception e) {
            return "refused";
        }
    }

    private static String running(DefaultCamelContext camel) {
        return camel.getRoutes().stream().map(route -> route.getRouteId())
                .filter(id -> camel.getRouteController().getRouteStatus(id).isStarted()).sorted().toList().toString();
    }

    public static void main(String[] args) throws Exception {
        Resource before = text("first=a", "second=b", "third=c");
        Resource edited = text("copy=a", "first=a", "second=b", "third=c");
        try (DefaultCamelContext trial = new DefaultCamelContext()) {
            trial.setAutoStartup(false);
            PluginHelper.getRoutesLoader(trial).loadRoutes(edited);
            trial.start();
            System.out.println("trial: " + trial.getStatus());
        }
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            PluginHelper.getRoutesLoader(camel).loadRoutes(before);
            camel.start();
            System.out.println("edit: " + load(camel, edited) + ", running " + running(camel));
            System.out.println("put back: " + load(camel, before) + ", running " + running(camel));
            camel.getRouteController().stopRoute("copy");
            camel.removeRoute("copy");
            System.out.println("put back without the copy: " + load(camel, before) + ", running " + running(camel));
        }
    }
}
JAVA
mvn -q -B compile dependency:build-classpath -Dmdep.outputFile=classpath
java -cp "target/classes:$(cat classpath)" Reload | tee said
grep -qx 'trial: Started' said
grep -qx 'edit: refused, running \[copy\]' said
grep -qx 'put back: refused, running \[copy\]' said
grep -qx 'put back without the copy: taken, running \[first, second, third\]' said
echo "Camel 4.18.0: a reload that fails loses the rest of the file, and the text before cannot be loaded again at once."
