#!/usr/bin/env bash
# Camel 4.18.0: a context that starts asks each of its routes whether an id stands twice, and for that walks through all steps of all routes each time. Twice
# as many routes are four times as many looks: with 100 routes each step is asked for its id 203 times, with 200 routes 403 times.
# What follows: the start of an application with many routes takes longer by the square of their number. It is small at 50 routes; in a warm start of some
# 130 routes with 800 steps it was a ninth of what starting Camel cost. A route that is added to a running context is looked at once, with all others.
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
cat > src/main/java/UniqueIds.java <<'JAVA'
import java.util.List;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.SetBodyDefinition;
import org.apache.camel.model.language.ConstantExpression;

public class UniqueIds {
    private static final int STEPS = 10;
    private static long looks;

    /** A step that counts how often somebody asks for its id; that includes the few who need it to make the step. */
    public static class Counted extends SetBodyDefinition {
        public Counted(String id) {
            super(new ConstantExpression("x"));
            setId(id);
        }

        @Override
        public String getId() {
            looks++;
            return super.getId();
        }
    }

    static long start(int routes) throws Exception {
        looks = 0;
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            for (int i = 0; i < routes; i++) {
                RouteDefinition route = new RouteDefinition("direct:" + i);
                route.setId("route-" + i);
                for (int step = 0; step < STEPS; step++) {
                    ProcessorDefinition<?> counted = new Counted("route-" + i + "-step-" + step);
                    route.addOutput(counted);
                }
                context.addRouteDefinitions(List.of(route));
            }
            context.start();
        }
        return looks / (routes * STEPS);
    }

    public static void main(String[] args) throws Exception {
        start(10);
        long fewer = start(100);
        long more = start(200);
        System.out.println("looks at the id of each step: " + fewer + " with 100 routes, " + more + " with 200 routes");
        System.out.println(more - fewer >= 100 && more > 1.7 * fewer ? "as many more as there are routes" : "not by the number of routes");
    }
}
JAVA
mvn -q -B compile dependency:build-classpath -Dmdep.outputFile=classpath
java -cp "target/classes:$(cat classpath)" UniqueIds | tee said
grep -qx 'as many more as there are routes' said
echo "Camel 4.18.0: at the start each route has the ids of all routes gathered again."
