#!/usr/bin/env bash
# Camel 4.18.0: when a doTry catches the failure of a route that it calls by direct:, the exchange keeps a mark of that failure for good, and no error
# handler looks at it again. A later failure of the same exchange, far behind the doTry, meets no onException, is not tried again and goes to no dead letter
# channel; it comes out bare. An idempotent consumer around all of it takes its key away at the end, although the exchange ended well, so the same
# message does its work again.
# It takes a called route with the error handler that a route has when it says nothing. With the failing step in the doTry itself, or with
# noErrorHandler in the called route, nothing of this happens.
# What follows: whoever moves a step from a doTry into a route of its own gives that route noErrorHandler; or what fails afterwards is lost.
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
    <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-nop</artifactId><version>2.0.17</version></dependency>
  </dependencies>
  <build><plugins><plugin><artifactId>maven-compiler-plugin</artifactId><version>3.14.1</version></plugin></plugins></build>
</project>
XML
cat > src/main/java/Caught.java <<'JAVA'
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;

public class Caught {
    private final AtomicInteger ran = new AtomicInteger();
    private final AtomicInteger policy = new AtomicInteger();
    private final AtomicInteger dead = new AtomicInteger();
    private final MemoryIdempotentRepository keys = new MemoryIdempotentRepository();

    private static void fail(Exchange exchange) {
        throw new IllegalStateException();
    }

    /** @param first the route whose failure is caught */
    private String with(String first) throws Exception {
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            keys.start();
            camel.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:called").process(Caught::fail);
                    from("direct:called-without-handler").errorHandler(noErrorHandler()).process(Caught::fail);
                    from("direct:policy").onException(IllegalStateException.class).handled(true).process(e -> policy.incrementAndGet()).end()
                            .to("direct:begin-" + first).process(Caught::fail);
                    from("direct:retry").errorHandler(defaultErrorHandler().maximumRedeliveries(2).redeliveryDelay(1))
                            .to("direct:begin-" + first).process(e -> {
                                ran.incrementAndGet();
                                fail(e);
                            });
                    from("direct:dead").process(e -> dead.incrementAndGet());
                    from("direct:channel").errorHandler(deadLetterChannel("direct:dead")).to("direct:begin-" + first).process(Caught::fail);
                    from("direct:once").idempotentConsumer(header("key"), keys).to("direct:begin-" + first).process(e -> ran.incrementAndGet());
                    from("direct:begin-inline").errorHandler(noErrorHandler())
                            .doTry().process(Caught::fail).doCatch(IllegalStateException.class).end();
                    for (String called : new String[] {"called", "called-without-handler"}) {
                        from("direct:begin-" + called).errorHandler(noErrorHandler())
                                .doTry().to("direct:" + called).doCatch(IllegalStateException.class).end();
                    }
                }
            });
            camel.start();
            ProducerTemplate sender = camel.createProducerTemplate();
            sender.send("direct:policy", e -> { });
            sender.send("direct:retry", e -> { });
            int tried = ran.getAndSet(0);
            sender.send("direct:channel", e -> { });
            for (int time = 0; time < 2; time++) {
                Exchange ended = sender.send("direct:once", e -> e.getMessage().setHeader("key", "1"));
                if (ended.isFailed()) {
                    throw new IllegalStateException("This one ends well");
                }
            }
            return "onException " + policy + ", tried " + tried + " of 3 times, dead letters " + dead + ", one key worked on " + ran + " times";
        }
    }

    public static void main(String[] args) throws Exception {
        System.out.println("step in the doTry:             " + new Caught().with("inline"));
        System.out.println("called route:                  " + new Caught().with("called"));
        System.out.println("called route, noErrorHandler:  " + new Caught().with("called-without-handler"));
    }
}
JAVA
mvn -q -B compile dependency:build-classpath -Dmdep.outputFile=classpath >mvn.log 2>&1 || { cat mvn.log >&2; exit 2; }
java -cp "target/classes:$(cat classpath)" Caught | tee said
diff - said <<'OUT'
step in the doTry:             onException 1, tried 3 of 3 times, dead letters 1, one key worked on 1 times
called route:                  onException 0, tried 1 of 3 times, dead letters 0, one key worked on 2 times
called route, noErrorHandler:  onException 1, tried 3 of 3 times, dead letters 1, one key worked on 1 times
OUT
echo "Camel 4.18.0: after a caught failure of a called route no error handler works for the exchange any more."
