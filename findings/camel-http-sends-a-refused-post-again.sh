#!/usr/bin/env bash
# camel-http 4.18.0 (with HttpClient 5.5.1): an answer 429 or 503 is not given to the route at once. The client below waits as long as Retry-After says, a
# second where there is none, and sends the request again, once, a POST as well; the route's thread sleeps meanwhile, nothing is logged, and the route gets
# the second answer.
#   A body that is text or bytes is sent again; a stream is not, so one and the same step does this or that, depending on what a step before it left.
#   A responseTimeout that is shorter than the pause changes nothing; automaticRetriesDisabled, an option of the component, does.
# What follows: a route that slows down by 429 never sees the first one; each call that a busy service refused counts twice against its limit; a write that a
# gateway refused with 503 behind a service that had done it is done twice; and a pause of five minutes holds a thread for as long.
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
    <dependency><groupId>org.apache.camel</groupId><artifactId>camel-http</artifactId><version>4.18.0</version></dependency>
    <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-nop</artifactId><version>2.0.17</version></dependency>
  </dependencies>
  <build><plugins><plugin><artifactId>maven-compiler-plugin</artifactId><version>3.14.1</version></plugin></plugins></build>
</project>
XML
cat > src/main/java/Busy.java <<'JAVA'
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.impl.DefaultCamelContext;

public class Busy {
    private static final AtomicInteger CALLS = new AtomicInteger();
    private static final byte[] DEAL = "{\"name\":\"Deal\"}".getBytes(StandardCharsets.UTF_8);

    /** Refuses each first call with the status that the path names and takes the next. */
    static HttpServer server() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/", call -> {
            call.getRequestBody().readAllBytes();
            boolean first = CALLS.incrementAndGet() == 1;
            String[] path = call.getRequestURI().getPath().split("/");
            if (first && path.length > 2) {
                call.getResponseHeaders().set("Retry-After", path[2]);
            }
            call.sendResponseHeaders(first ? Integer.parseInt(path[1]) : 201, -1);
            call.close();
        });
        server.start();
        return server;
    }

    public static void main(String[] args) throws Exception {
        HttpServer server = server();
        String url = "http://127.0.0.1:" + server.getAddress().getPort();
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            HttpComponent once = new HttpComponent();
            once.setAutomaticRetriesDisabled(true);
            camel.addComponent("once", once);
            camel.start();
            var template = camel.createProducerTemplate();
            Object[][] tries = {
                {"POST of text, 503, Retry-After: 2", "/503/2", "", new String(DEAL)},
                {"POST of bytes, 503, Retry-After: 2", "/503/2", "", DEAL},
                {"POST of a stream, 503, Retry-After: 2", "/503/2", "", new ByteArrayInputStream(DEAL)},
                {"POST of text, 429, Retry-After: 2", "/429/2", "", new String(DEAL)},
                {"POST of text, 429, no Retry-After", "/429", "", new String(DEAL)},
                {"the same, 500", "/500/2", "", new String(DEAL)},
                {"503 with responseTimeout=1000", "/503/2", "&responseTimeout=1000", new String(DEAL)},
                {"503 with automaticRetriesDisabled", "/503/2", null, new String(DEAL)}};
            for (Object[] each : tries) {
                CALLS.set(0);
                String address = each[2] == null ? "once:" + url + each[1] + "?throwExceptionOnFailure=false"
                        : url + each[1] + "?throwExceptionOnFailure=false" + each[2];
                long begun = System.nanoTime();
                Exchange done = template.request(address, exchange -> exchange.getMessage().setBody(each[3]));
                long seconds = (System.nanoTime() - begun) / 1_000_000_000;
                System.out.println(each[0] + ": " + CALLS + (CALLS.get() == 1 ? " request, " : " requests, ")
                        + (CALLS.get() == 1 ? "at once" : "after " + (seconds >= 2 ? "2 s or more" : "1 s or more")) + ", the route gets "
                        + (done.getException() != null ? done.getException() : done.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE)));
            }
        } finally {
            server.stop(0);
        }
        System.exit(0);
    }
}
JAVA
mvn -q -B compile dependency:build-classpath -Dmdep.outputFile=classpath
echo "camel-http 4.18.0 with $(tr ':' '\n' < classpath | sed -n 's|.*/\(httpclient5-[0-9.]*\)\.jar|\1|p')"
java -cp "target/classes:$(cat classpath)" Busy | tee said
diff said - <<'SAID'
POST of text, 503, Retry-After: 2: 2 requests, after 2 s or more, the route gets 201
POST of bytes, 503, Retry-After: 2: 2 requests, after 2 s or more, the route gets 201
POST of a stream, 503, Retry-After: 2: 1 request, at once, the route gets 503
POST of text, 429, Retry-After: 2: 2 requests, after 2 s or more, the route gets 201
POST of text, 429, no Retry-After: 2 requests, after 1 s or more, the route gets 201
the same, 500: 1 request, at once, the route gets 500
503 with responseTimeout=1000: 2 requests, after 2 s or more, the route gets 201
503 with automaticRetriesDisabled: 1 request, at once, the route gets 503
SAID
