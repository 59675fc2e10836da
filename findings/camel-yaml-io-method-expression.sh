#!/usr/bin/env bash
# camel-yaml-io 4.18.0: a route that sets a body, variable or header with a bean's method ("setBody: { method: { … } }") cannot be dumped as
# YAML. The dumper puts a Java map as text into the JSON that it reads back, and dumpRouteAsYaml, over JMX or in a console, ends with a
# JsonParseException. The route itself runs, and with a simple expression in the same place it is dumped.
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
    public static void main(String[] args) throws Exception {
        String yaml = "- route:\n    id: orders\n    from:\n      uri: direct:orders\n      steps:\n        - setBody: { " + args[0] + " }\n";
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            PluginHelper.getRoutesLoader(camel).loadRoutes(ResourceHelper.fromString("orders.yaml", yaml));
            camel.start();
            System.out.print("runs, answers " + camel.createProducerTemplate().requestBody("direct:orders", (Object) "", String.class) + "; ");
            try {
                PluginHelper.getModelToYAMLDumper(camel).dumpModelAsYaml(camel, camel.getRouteDefinition("orders"));
                System.out.println("dumped");
            } catch (Exception e) {
                System.out.println(e.toString().replace("\n", " "));
            }
        }
    }
}
JAVA
mvn -q -B compile dependency:build-classpath -Dmdep.outputFile=cp.txt
dump() { java -cp "target/classes:$(cat cp.txt)" Dump "$1"; }
simple=$(dump "simple: '\${routeId}'")
method=$(dump "method: { beanType: java.util.UUID, method: randomUUID }")
echo "camel-yaml-io 4.18.0"
echo "  setBody with simple: $simple"
echo "  setBody with method: $method"
[[ $simple == *dumped ]] && [[ $method == "runs, "*JsonParseException* ]]
