#!/usr/bin/env bash
# Camel 4.18.0: the schema of the YAML DSL (schema/camelYamlDsl.json in camel-yaml-dsl, used by editors and by validators in a build) wants a
# boolean for autoStartup of a route and refuses the placeholder "{{flag}}". Camel takes it: the route starts or does not start by the property,
# and the option is text in Camel's own model, so that it may be one. It is the same with the quoted "true", which Camel takes as well.
# What follows: a valid file is underlined in editors, and a check of route files in a build has to look past this.
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
    <dependency><groupId>com.networknt</groupId><artifactId>json-schema-validator</artifactId><version>2.0.8</version></dependency>
    <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-nop</artifactId><version>2.0.17</version></dependency>
  </dependencies>
  <build><plugins><plugin><artifactId>maven-compiler-plugin</artifactId><version>3.14.1</version></plugin></plugins></build>
</project>
XML
cat > src/main/java/Flag.java <<'JAVA'
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Properties;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

public class Flag {
    static String route(String autoStartup) {
        return "- route:\n    id: r\n    autoStartup: " + autoStartup + "\n    from:\n      uri: direct:in\n      steps:\n        - setBody: { constant: out }\n";
    }

    static String state(String autoStartup, String flag) throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            Properties properties = new Properties();
            properties.setProperty("flag", flag);
            context.getPropertiesComponent().setInitialProperties(properties);
            PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString("r.camel.yaml", route(autoStartup)));
            context.start();
            return context.getRouteController().getRouteStatus("r").toString();
        }
    }

    public static void main(String[] args) throws Exception {
        String text;
        try (InputStream in = Flag.class.getResourceAsStream("/schema/camelYamlDsl.json")) {
            text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_4).getSchema(text, InputFormat.JSON);
        for (String value : List.of("false", "\"false\"", "\"{{flag}}\"")) {
            var faults = schema.validate(route(value), InputFormat.YAML);
            System.out.println(value + ": schema " + (faults.isEmpty() ? "takes it" : faults.get(0)) + "; Camel with flag=false " + state(value, "false")
                    + ", with flag=true " + state(value, "true"));
        }
    }
}
JAVA
mvn -q -B compile dependency:copy-dependencies -DoutputDirectory=lib >mvn.log 2>&1 || { cat mvn.log >&2; exit 2; }
java -cp "target/classes:lib/*" Flag | tee out.txt
diff - out.txt <<'OUT'
false: schema takes it; Camel with flag=false Stopped, with flag=true Stopped
"false": schema /0/route/autoStartup: string found, boolean expected; Camel with flag=false Stopped, with flag=true Stopped
"{{flag}}": schema /0/route/autoStartup: string found, boolean expected; Camel with flag=false Stopped, with flag=true Started
OUT
