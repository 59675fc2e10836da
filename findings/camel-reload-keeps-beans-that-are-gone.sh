#!/usr/bin/env bash
# Camel 4.18.0: when a YAML file is loaded again by updateRoutes, as route reloading does, a bean that the new text declares differently is replaced, and
# a bean that the new text declares no more stays bound. Routes that come in by the same text go on using it, so an edit that forgets a bean works until
# the next restart, which then fails: No bean could be found in the registry.
# What follows: whoever lets people edit such files at run time has to unbind what is gone, or to try the new text where nothing else is bound.
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
    <dependency><groupId>org.apache.camel</groupId><artifactId>camel-yaml-dsl</artifactId><version>4.18.0</version></dependency>
    <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-nop</artifactId><version>2.0.17</version></dependency>
  </dependencies>
  <build><plugins><plugin><artifactId>maven-compiler-plugin</artifactId><version>3.14.1</version></plugin></plugins></build>
</project>
XML
cat > src/main/java/Reload.java <<'JAVA'
import java.util.List;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

public class Reload {
    /** What a person edits: the words of the greeting, or the bean as a whole. */
    public static class Greeting {
        private String words;

        public void setWords(String words) {
            this.words = words;
        }

        public String say() {
            return words;
        }
    }

    private static final String BEAN = """
            - beans:
                - name: greeting
                  type: Reload$Greeting
                  properties: { words: %s }
            """;
    private static final String ROUTE = """
            - route:
                id: greet
                from:
                  uri: direct:greet
                  steps:
                    - bean: { ref: greeting, method: say }
            """;

    private static Resource file(String text) {
        return ResourceHelper.fromString("file:greet.camel.yaml", text);
    }

    private static String answer(DefaultCamelContext camel) {
        return camel.createProducerTemplate().requestBody("direct:greet", null, String.class);
    }

    public static void main(String[] args) throws Exception {
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            PluginHelper.getRoutesLoader(camel).loadRoutes(file(BEAN.formatted("first") + ROUTE));
            camel.start();
            System.out.println("loaded=" + answer(camel));
            PluginHelper.getRoutesLoader(camel).updateRoutes(List.of(file(BEAN.formatted("second") + ROUTE)));
            System.out.println("edited=" + answer(camel));
            PluginHelper.getRoutesLoader(camel).updateRoutes(List.of(file(ROUTE)));
            System.out.println("deleted=" + answer(camel));
        }
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            PluginHelper.getRoutesLoader(camel).loadRoutes(file(ROUTE));
            camel.start();
            System.out.println("restarted=" + answer(camel));
        } catch (Exception refused) {
            Throwable cause = refused;
            while (cause.getCause() != null) {
                cause = cause.getCause();
            }
            System.out.println("restarted=" + cause.getMessage());
        }
    }
}
JAVA
mvn -q -B compile dependency:build-classpath -Dmdep.outputFile=classpath
java -cp "target/classes:$(cat classpath)" Reload | tee said
grep -qx 'loaded=first' said
grep -qx 'edited=second' said
grep -qx 'deleted=second' said
grep -q '^restarted=No bean could be found in the registry for: greeting' said
echo "Camel 4.18.0: a bean that a reloaded file declares no more stays bound, and a restart finds that it is gone."
