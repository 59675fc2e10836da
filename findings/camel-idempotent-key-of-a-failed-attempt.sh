#!/usr/bin/env bash
# Camel 4.18.0: an idempotent consumer that is not eager adds its key at the end of the exchange, for each attempt that has reached it. When an attempt fails behind it, and
# the caller tries again and ends well without coming to the consumer, the key is added all the same: what nobody has done counts as done.
# Without the second attempt the key is not added; the failed exchange takes it along.
# What follows: where a redelivery reads anew and may find nothing left to do, the key of what the failed attempt has read must be taken out by somebody.
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
cat > src/main/java/Key.java <<'JAVA'
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;

public class Key {
    public static void main(String[] args) throws Exception {
        for (int attempts : new int[] {1, 2}) {
            AtomicInteger attempt = new AtomicInteger();
            AtomicInteger done = new AtomicInteger();
            MemoryIdempotentRepository keys = new MemoryIdempotentRepository();
            try (DefaultCamelContext context = new DefaultCamelContext()) {
                context.addRoutes(new RouteBuilder() {
                    @Override
                    public void configure() {
                        from("direct:sync").errorHandler(defaultErrorHandler().maximumRedeliveries(attempts - 1)
                                .redeliveryDelay(10)).to("direct:look");
                        from("direct:look").errorHandler(noErrorHandler())
                                .process(exchange -> attempt.incrementAndGet())
                                .filter(exchange -> attempt.get() == 1)
                                .idempotentConsumer(constant("version 2"), keys).eager(false)
                                .throwException(new IllegalStateException("somebody was faster"))
                                .process(exchange -> done.incrementAndGet());
                    }
                });
                context.start();
                boolean failed = context.createProducerTemplate().request("direct:sync", exchange -> { }).isFailed();
                System.out.println(attempts + " attempts: failed " + failed + ", done " + done + " times, counts as done "
                        + keys.contains("version 2"));
            }
        }
    }
}
JAVA
mvn -q -B compile dependency:build-classpath -Dmdep.outputFile=classpath
java -cp "target/classes:$(cat classpath)" Key | tee said
grep -qx '1 attempts: failed true, done 0 times, counts as done false' said
grep -qx '2 attempts: failed false, done 0 times, counts as done true' said
echo "Camel 4.18.0: the key of a failed attempt is added when a later one ends well without reaching the idempotent consumer."
