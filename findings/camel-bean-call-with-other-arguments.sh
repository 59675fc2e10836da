#!/usr/bin/env bash
# Camel 4.18.0: a bean call of a route that names its method with arguments, such as method: "mark(${body}, 'x')", is not refused when the method takes
# another number of them. With one too few the last parameter is null; with one too many the last argument is dropped. Nothing is said, neither when
# the route is loaded nor when it runs; a method whose name does not exist is refused.
# What follows: whoever edits a route and forgets an argument gets a wrong result and no error.
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
cat > src/main/java/Arguments.java <<'JAVA'
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

public class Arguments {
    public static class Marks {
        public String mark(Object body, String first, String second) {
            return body + " " + first + " " + second;
        }
    }

    static String call(String method) throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.getRegistry().bind("marks", new Marks());
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:in").bean("marks", method);
                }
            });
            context.start();
            return context.createProducerTemplate().requestBody("direct:in", "body", String.class);
        } catch (Exception refused) {
            return "refused";
        }
    }

    public static void main(String[] args) throws Exception {
        System.out.println("three of three: " + call("mark(${body}, 'a', 'b')"));
        System.out.println("two of three:   " + call("mark(${body}, 'a')"));
        System.out.println("four of three:  " + call("mark(${body}, 'a', 'b', 'c')"));
        System.out.println("no such method: " + call("marked(${body}, 'a')"));
    }
}
JAVA
mvn -q -B compile dependency:build-classpath -Dmdep.outputFile=classpath
java -cp "target/classes:$(cat classpath)" Arguments | tee said
grep -qx 'three of three: body a b' said
grep -qx 'two of three:   body a null' said
grep -qx 'four of three:  body a b' said
grep -qx 'no such method: refused' said
echo "Camel 4.18.0 calls a bean's method with more or fewer arguments than it takes, and says nothing."
