#!/usr/bin/env bash
# camel-yaml-io 4.18.0: doTry is dumped without its doCatch and doFinally. dumpRouteAsYaml, over JMX or in a console, gives YAML that loads again
# and behaves differently: the exception that the running route catches ends the exchange of the dumped one.
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
    <dependency><groupId>org.apache.camel</groupId><artifactId>camel-yaml-io</artifactId><version>4.18.0</version></dependency>
    <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-nop</artifactId><version>2.0.17</version></dependency>
  </dependencies>
  <build><plugins><plugin><artifactId>maven-compiler-plugin</artifactId><version>3.14.1</version></plugin></plugins></build>
</project>
XML
cat > src/main/java/Dump.java <<'JAVA'
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

public class Dump {
    static final String YAML = """
            - route:
                id: orders
                from:
                  uri: direct:orders
                  steps:
                    - doTry:
                        steps:
                          - throwException: { exceptionType: java.lang.IllegalStateException, message: broken }
                        doCatch:
                          - exception: [ java.lang.IllegalStateException ]
                            steps:
                              - setBody: { constant: caught }
                        doFinally:
                          steps:
                            - setHeader: { name: finished, constant: yes }
            """;

    public static void main(String[] args) throws Exception {
        String dumped;
        try (DefaultCamelContext camel = load(YAML)) {
            dumped = PluginHelper.getModelToYAMLDumper(camel).dumpModelAsYaml(camel, camel.getRouteDefinition("orders"));
            System.out.println("written=" + answer(camel));
        }
        System.out.println(dumped);
        try (DefaultCamelContext camel = load(dumped)) {
            System.out.println("dumped=" + answer(camel));
        }
    }

    private static DefaultCamelContext load(String yaml) throws Exception {
        DefaultCamelContext camel = new DefaultCamelContext();
        PluginHelper.getRoutesLoader(camel).loadRoutes(ResourceHelper.fromString("orders.yaml", yaml));
        camel.start();
        return camel;
    }

    private static String answer(DefaultCamelContext camel) {
        try {
            return camel.createProducerTemplate().requestBody("direct:orders", (Object) "", String.class);
        } catch (Exception failed) {
            return failed.getCause().toString();
        }
    }
}
JAVA
mvn -q -B compile dependency:build-classpath -Dmdep.outputFile=cp.txt
out=$(java -cp "target/classes:$(cat cp.txt)" Dump)
echo "camel-yaml-io 4.18.0"
echo "$out"
grep -q '^written=caught$' <<<"$out" && grep -q '^dumped=java.lang.IllegalStateException: broken$' <<<"$out" && ! grep -qE 'doCatch|doFinally' <<<"$out"
