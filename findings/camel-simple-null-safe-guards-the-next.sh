#!/usr/bin/env bash
# Camel 4.18.0: in the Simple language the mark ?. covers what the call behind it gives, not the value in front of it. ${body?.first.second} is null when
# first gives null, although no mark stands before second; ${body.first?.second} fails then, although the mark stands right behind what is null.
# In languages with a null-safe call (Groovy, Kotlin, JavaScript) it is the other way round.
# What follows: a path that is written as in those languages fails for the record that lacks the field, and one with the mark a step too early does not.
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
cat > src/main/java/NullSafe.java <<'JAVA'
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;

public class NullSafe {
    public record Second(String name) {}

    public record First(Second second) {
        public Second getSecond() {
            return second;
        }
    }

    public record Body(First first) {
        public First getFirst() {
            return first;
        }
    }

    static String value(DefaultCamelContext context, String simple, Object body) {
        Exchange exchange = new DefaultExchange(context);
        exchange.getMessage().setBody(body);
        try {
            return String.valueOf(context.resolveLanguage("simple").createExpression(simple).evaluate(exchange, Object.class));
        } catch (RuntimeException failed) {
            return "fails";
        }
    }

    public static void main(String[] args) throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.start();
            Body whole = new Body(new First(new Second("x")));
            Body without = new Body(null);
            System.out.println("whole, no mark:      " + value(context, "${body.first.second}", whole));
            System.out.println("without, no mark:    " + value(context, "${body.first.second}", without));
            System.out.println("without, body?.first: " + value(context, "${body?.first.second}", without));
            System.out.println("without, first?.second: " + value(context, "${body.first?.second}", without));
        }
    }
}
JAVA
mvn -q -B compile dependency:build-classpath -Dmdep.outputFile=classpath
java -cp "target/classes:$(cat classpath)" NullSafe | tee said
grep -qx 'whole, no mark:      Second\[name=x\]' said
grep -qx 'without, no mark:    fails' said
grep -qx 'without, body?.first: null' said
grep -qx 'without, first?.second: fails' said
echo "Camel 4.18.0: ?. covers what the call behind it gives, not the value in front of it."
