#!/usr/bin/env bash
# camel-opentelemetry2 4.18.0: behind a step that ends on another thread, as calls of camel-salesforce and of other non-blocking components do, there is no
# current span: what a bean adds to Span.current() is lost, a span that it begins is the root of a trace of its own, and lines of the log have no trace id.
# Camel's own spans of these steps are as they should be.
# The thread that began the exchange keeps the span as its current one, though that has ended: work on that thread that Camel does not trace, such as a
# route that excludePatterns names, appears in the trace of the exchange before.
# What follows: in beans ask for the span of the exchange, or hand the context on yourself; do not believe the trace id in a line of the log of such routes.
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
    <dependency><groupId>org.apache.camel</groupId><artifactId>camel-opentelemetry2</artifactId><version>4.18.0</version></dependency>
    <dependency><groupId>io.opentelemetry</groupId><artifactId>opentelemetry-sdk</artifactId><version>1.62.0</version></dependency>
    <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-nop</artifactId><version>2.0.17</version></dependency>
  </dependencies>
  <build><plugins><plugin><artifactId>maven-compiler-plugin</artifactId><version>3.14.1</version></plugin></plugins></build>
</project>
XML
cat > src/main/java/Current.java <<'JAVA'
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.opentelemetry2.OpenTelemetryTracer;
import org.apache.camel.support.AsyncProcessorSupport;

public class Current {
    /** What a bean, or the log, takes for the current span. */
    private static void say(String where) {
        Span span = Span.current();
        String current = !span.getSpanContext().isValid() ? "none" : span.isRecording() ? "a running one"
                : "one that has ended (" + ((ReadableSpan) span).getName() + ")";
        System.out.println(where + ": " + current);
    }

    public static void main(String[] args) throws Exception {
        OpenTelemetrySdk.builder().setTracerProvider(SdkTracerProvider.builder().build()).buildAndRegisterGlobal();
        ExecutorService answers = Executors.newSingleThreadExecutor();
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            OpenTelemetryTracer tracer = new OpenTelemetryTracer();
            tracer.setExcludePatterns("direct:quiet");
            tracer.init(camel);
            camel.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:blocking").process(e -> say("blocking, before the call")).process(e -> { }).process(e -> say("blocking, after it"));
                    from("direct:async").process(e -> say("async, before the call")).process(new AsyncProcessorSupport() {
                        @Override
                        public boolean process(Exchange exchange, AsyncCallback callback) {
                            answers.execute(() -> callback.done(false));
                            return false;
                        }
                    }).process(e -> say("async, after it"));
                    from("direct:quiet").process(e -> say("a route that is not traced"));
                }
            });
            camel.start();
            ProducerTemplate sender = camel.createProducerTemplate();
            sender.sendBody("direct:blocking", "");
            sender.sendBody("direct:quiet", "");
            sender.sendBody("direct:async", "");
            sender.sendBody("direct:quiet", "");
        }
        answers.shutdown();
    }
}
JAVA
mvn -q -B compile dependency:build-classpath -Dmdep.outputFile=classpath >mvn.log 2>&1 || { cat mvn.log >&2; exit 2; }
java -cp "target/classes:$(cat classpath)" Current | tee said
diff - said <<'OUT'
blocking, before the call: a running one
blocking, after it: a running one
a route that is not traced: none
async, before the call: a running one
async, after it: none
a route that is not traced: one that has ended (async)
OUT
echo "camel-opentelemetry2 4.18.0: the current span is lost behind an asynchronous step, and stays with the thread before it."
