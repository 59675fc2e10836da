#!/usr/bin/env bash
# Camel 4.18.0: the condition of a loop with doWhile is asked after each round with the body as it was before the last step, when that step is a bean.
# The bean's answer is the body of everything behind the loop, only the condition does not see it yet. With a setBody as the last step it does.
# What follows: a loop that ends when a bean has found something goes one round more, and its beans work on once more what they have handled already.
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
cat > src/main/java/Loop.java <<'JAVA'
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

public class Loop {
    public static class Counter {
        private int rounds;

        public String next(String before) {
            return ++rounds < 10 ? "round " + rounds : "end";
        }
    }

    public static void main(String[] args) throws Exception {
        for (String last : new String[] {"a bean", "a setBody behind the bean"}) {
            Counter counter = new Counter();
            try (DefaultCamelContext context = new DefaultCamelContext()) {
                context.getRegistry().bind("counter", counter);
                context.addRoutes(new RouteBuilder() {
                    @Override
                    public void configure() {
                        var loop = from("direct:start").loopDoWhile(simple("${body} != 'round 3' && ${body} != 'end'"))
                                .bean("counter", "next");
                        if (!last.equals("a bean")) {
                            loop.setBody(simple("${body}"));
                        }
                    }
                });
                context.start();
                Object body = context.createProducerTemplate().requestBody("direct:start", "begin");
                System.out.println("last step " + last + ": " + counter.rounds + " rounds, then the body is " + body);
            }
        }
    }
}
JAVA
mvn -q -B compile dependency:build-classpath -Dmdep.outputFile=classpath
java -cp "target/classes:$(cat classpath)" Loop | tee said
grep -qx 'last step a bean: 4 rounds, then the body is round 4' said
grep -qx 'last step a setBody behind the bean: 3 rounds, then the body is round 3' said
echo "Camel 4.18.0: the condition of a loop with doWhile does not see what a bean as its last step has answered."
