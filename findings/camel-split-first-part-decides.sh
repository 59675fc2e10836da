#!/usr/bin/env bash
# Camel 4.18.0: a split with one of Camel's own strategies that collect results (GroupedBodyAggregationStrategy, StringAggregationStrategy and the flexible
# one): what becomes of a part that fails depends on which part it is. When the first one fails, the exchange fails. When any other one does, the
# exchange ends well, and the body with which that part failed is among the results as if it were one.
# When the failure of the first part is handled by onException, the steps behind the split are left out, without a word; of any other part they run.
# Without a strategy, or with UseLatestAggregationStrategy, it is the same for each part.
# What follows: a test whose first part fails proves nothing. Say stopOnException, or look at the exception of each part in a strategy of your own.
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
cat > src/main/java/Parts.java <<'JAVA'
import java.util.List;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;
import org.apache.camel.builder.AggregationStrategies;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.processor.aggregate.UseLatestAggregationStrategy;

public class Parts {
    private static void work(Exchange exchange) {
        String part = exchange.getMessage().getBody(String.class);
        if (part.equals("bad")) {
            throw new IllegalStateException();
        }
        exchange.getMessage().setBody(part + "-done");
    }

    private static void route(RouteBuilder builder, String name, AggregationStrategy strategy, boolean handled) {
        var route = builder.from("direct:" + name + handled);
        if (handled) {
            route.onException(IllegalStateException.class).handled(true).process(e -> { }).end();
        }
        var split = strategy == null ? route.split().tokenize(",") : route.split(builder.body().tokenize(","), strategy);
        if (name.equals("stopping")) {
            split = split.stopOnException();
        }
        split.process(Parts::work).end().process(e -> e.setVariable("after", e.getMessage().getBody()));
    }

    public static void main(String[] args) throws Exception {
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            camel.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    for (boolean handled : new boolean[] {false, true}) {
                        route(this, "grouped", AggregationStrategies.groupedBody(), handled);
                        route(this, "string", AggregationStrategies.string("+"), handled);
                        route(this, "flexible", AggregationStrategies.flexible().accumulateInCollection(java.util.ArrayList.class), handled);
                        route(this, "stopping", AggregationStrategies.groupedBody(), handled);
                        route(this, "latest", new UseLatestAggregationStrategy(), handled);
                        route(this, "none", null, handled);
                    }
                }
            });
            camel.start();
            for (boolean handled : new boolean[] {false, true}) {
                for (String name : List.of("grouped", "string", "flexible", "stopping", "latest", "none")) {
                    for (String text : List.of("bad,b", "a,bad")) {
                        Exchange ended = camel.createProducerTemplate().send("direct:" + name + handled, e -> e.getMessage().setBody(text));
                        Object after = ended.getVariable("after");
                        System.out.println((handled ? "handled   " : "unhandled ") + name + " " + text + ": " + (ended.isFailed() ? "fails" : "ends well")
                                + ", behind the split: " + (after instanceof List<?> list ? list.get(0) + "+" + list.get(1) : after));
                    }
                }
            }
        }
    }
}
JAVA
mvn -q -B compile dependency:build-classpath -Dmdep.outputFile=classpath >mvn.log 2>&1 || { cat mvn.log >&2; exit 2; }
java -cp "target/classes:$(cat classpath)" Parts | tee said
diff - said <<'OUT'
unhandled grouped bad,b: fails, behind the split: null
unhandled grouped a,bad: ends well, behind the split: a-done+bad
unhandled string bad,b: fails, behind the split: null
unhandled string a,bad: ends well, behind the split: a-done+bad
unhandled flexible bad,b: fails, behind the split: null
unhandled flexible a,bad: ends well, behind the split: a-done+bad
unhandled stopping bad,b: fails, behind the split: null
unhandled stopping a,bad: fails, behind the split: null
unhandled latest bad,b: fails, behind the split: null
unhandled latest a,bad: fails, behind the split: null
unhandled none bad,b: fails, behind the split: null
unhandled none a,bad: fails, behind the split: null
handled   grouped bad,b: ends well, behind the split: null
handled   grouped a,bad: ends well, behind the split: a-done+bad
handled   string bad,b: ends well, behind the split: null
handled   string a,bad: ends well, behind the split: a-done+bad
handled   flexible bad,b: ends well, behind the split: null
handled   flexible a,bad: ends well, behind the split: a-done+bad
handled   stopping bad,b: ends well, behind the split: null
handled   stopping a,bad: ends well, behind the split: null
handled   latest bad,b: ends well, behind the split: null
handled   latest a,bad: ends well, behind the split: null
handled   none bad,b: ends well, behind the split: bad,b
handled   none a,bad: ends well, behind the split: a,bad
OUT
echo "Camel 4.18.0: the first part of a split decides whether a failure counts."
