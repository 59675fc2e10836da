#!/usr/bin/env bash
# camel-salesforce 4.18.0: what a route does after a call of Salesforce runs on the threads of the component, also when the route began on one of its caller's. There are ten of them:
# workerPoolMaxSize, 20 by default and called the maximum, is reached only when a thousand answers wait, so raising it alone changes nothing; workerPoolSize has to be raised.
# What follows: however many consumers a route has, ten of its exchanges at a time get behind their first call of Salesforce. And whatever waits there for another call of
# Salesforce, as a bean does that asks with a ProducerTemplate, holds one of the threads that the answer needs, too.
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
    <dependency><groupId>org.apache.camel</groupId><artifactId>camel-salesforce</artifactId><version>4.18.0</version></dependency>
    <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-nop</artifactId><version>2.0.17</version></dependency>
  </dependencies>
  <build><plugins><plugin><artifactId>maven-compiler-plugin</artifactId><version>3.14.1</version></plugin></plugins></build>
</project>
XML
cat > src/main/java/Threads.java <<'JAVA'
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.salesforce.SalesforceComponent;
import org.apache.camel.component.salesforce.SalesforceEndpointConfig;
import org.apache.camel.impl.DefaultCamelContext;

public class Threads {
    private static final int CALLERS = 40;

    static void answer(HttpExchange call, String text) throws java.io.IOException {
        call.getRequestBody().readAllBytes();
        call.getResponseHeaders().set("Content-Type", "application/json;charset=UTF-8");
        call.sendResponseHeaders(200, text.length());
        call.getResponseBody().write(text.getBytes());
        call.close();
    }

    public static void main(String[] args) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 100);
        server.setExecutor(Executors.newCachedThreadPool());
        String url = "http://127.0.0.1:" + server.getAddress().getPort();
        server.createContext("/", call -> answer(call, "{\"totalSize\":0,\"done\":true,\"records\":[]}"));
        server.createContext("/services/oauth2/token", call -> answer(call, "{\"access_token\":\"t\",\"instance_url\":\"" + url
                + "\",\"id\":\"" + url + "/id/00Dxx0000000001AAA/005xx0000000001AAA\",\"token_type\":\"Bearer\",\"issued_at\":\"1\",\"signature\":\"s\"}"));
        server.start();
        for (int[] sizes : new int[][] {{0, 0}, {0, CALLERS}, {CALLERS, CALLERS}}) {
            System.out.println(say(sizes) + ": " + mostAtOnce(url, sizes) + " of " + CALLERS + " at once");
        }
        System.exit(0);
    }

    static String say(int[] sizes) {
        return "workerPoolSize " + (sizes[0] == 0 ? "default" : sizes[0]) + ", workerPoolMaxSize "
                + (sizes[1] == 0 ? "default" : sizes[1]);
    }

    static int mostAtOnce(String url, int[] sizes) throws Exception {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            SalesforceComponent salesforce = new SalesforceComponent();
            salesforce.setLoginUrl(url);
            salesforce.setClientId("client");
            salesforce.setClientSecret("secret");
            if (sizes[0] > 0) {
                salesforce.setWorkerPoolSize(sizes[0]);
            }
            if (sizes[1] > 0) {
                salesforce.setWorkerPoolMaxSize(sizes[1]);
            }
            SalesforceEndpointConfig config = new SalesforceEndpointConfig();
            config.setApiVersion("56.0");
            salesforce.setConfig(config);
            camel.addComponent("salesforce", salesforce);
            camel.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:ask").to("salesforce:query?rawPayload=true").process(exchange -> {
                        most.accumulateAndGet(now.incrementAndGet(), Math::max);
                        Thread.sleep(1500);
                        now.decrementAndGet();
                    });
                }
            });
            camel.start();
            ProducerTemplate template = camel.createProducerTemplate();
            ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
            for (int i = 0; i < CALLERS; i++) {
                callers.submit(() -> template.requestBody("direct:ask", "SELECT Id FROM Account"));
            }
            callers.shutdown();
            callers.awaitTermination(1, TimeUnit.MINUTES);
        }
        return most.get();
    }
}
JAVA
mvn -q -B compile dependency:build-classpath -Dmdep.outputFile=classpath
java -cp "target/classes:$(cat classpath)" Threads | tee said
grep -qx 'workerPoolSize default, workerPoolMaxSize default: 10 of 40 at once' said
grep -qx 'workerPoolSize default, workerPoolMaxSize 40: 10 of 40 at once' said
grep -qx 'workerPoolSize 40, workerPoolMaxSize 40: 40 of 40 at once' said
echo "camel-salesforce 4.18.0: ten threads do what follows a call, and workerPoolMaxSize alone does not make them more."
