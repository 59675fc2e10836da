#!/usr/bin/env bash
# camel-platform-http-main 4.18.0: which of two routes answers a path that both take, such as /deals/open and /deals/{id}, is decided by which of them started
# first, and not by which of the two is closer. After the closer one was stopped and started, by JMX or in a console, the other one answers for good,
# with "open" as its id, until the process starts anew. Suspended and resumed it keeps its place, and answers 503 meanwhile.
# Loading the file of the closer one anew, as live reload does, is the same as stopping and starting it.
# What follows: an edit or a restart of one route changes what another one answers. Give the two paths that do not meet, or suspend instead of stopping.
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
    <dependency><groupId>org.apache.camel</groupId><artifactId>camel-platform-http-main</artifactId><version>4.18.0</version></dependency>
    <dependency><groupId>org.apache.camel</groupId><artifactId>camel-yaml-dsl</artifactId><version>4.18.0</version></dependency>
    <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-nop</artifactId><version>2.0.17</version></dependency>
  </dependencies>
  <build><plugins><plugin><artifactId>maven-compiler-plugin</artifactId><version>3.14.1</version></plugin></plugins></build>
</project>
XML
cat > src/main/java/Order.java <<'JAVA'
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.apache.camel.main.Main;
import org.apache.camel.spi.Resource;
import org.apache.camel.spi.RouteController;
import org.apache.camel.spi.RoutesLoader;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

public class Order {
    private static Resource file(String id, String path, String answer) {
        return ResourceHelper.fromString("file:" + id + ".camel.yaml", """
                - route:
                    id: %s
                    from: { uri: "platform-http:%s", steps: [ { setBody: { simple: "%s" } } ] }
                """.formatted(id, path, answer));
    }

    private static void say(String when, int port) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/deals/open")).build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        System.out.println(when + ": " + answer.statusCode() + " " + answer.body());
    }

    public static void main(String[] args) throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Main main = new Main();
        main.addInitialProperty("camel.server.enabled", "true");
        main.addInitialProperty("camel.server.host", "127.0.0.1");
        main.addInitialProperty("camel.server.port", String.valueOf(port));
        main.start();
        RoutesLoader loader = PluginHelper.getRoutesLoader(main.getCamelContext());
        RouteController routes = main.getCamelContext().getRouteController();
        Resource open = file("open", "/deals/open", "those that are open");
        Resource one = file("one", "/deals/{id}", "the one named ${header.id}");
        loader.updateRoutes(List.of(open, one));
        say("begun in this order", port);
        routes.suspendRoute("open");
        say("suspended", port);
        routes.resumeRoute("open");
        say("resumed", port);
        routes.stopRoute("open");
        routes.startRoute("open");
        say("stopped and started", port);
        loader.updateRoutes(List.of(open, one));
        say("both loaded anew", port);
        loader.updateRoutes(List.of(open));
        say("its file loaded anew", port);
        main.stop();
        Runtime.getRuntime().halt(0);
    }
}
JAVA
mvn -q -B compile dependency:build-classpath -Dmdep.outputFile=classpath >mvn.log 2>&1 || { cat mvn.log >&2; exit 2; }
java -cp "target/classes:$(cat classpath)" Order | tee said
diff - said <<'OUT'
begun in this order: 200 those that are open
suspended: 503 
resumed: 200 those that are open
stopped and started: 200 the one named open
both loaded anew: 200 those that are open
its file loaded anew: 200 the one named open
OUT
echo "camel-platform-http-main 4.18.0: of two routes that take a path the one that started first answers."
