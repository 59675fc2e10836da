#!/usr/bin/env bash
# Kaoto 2.7.1 (npm @kaoto/kaoto, with yaml 2.9.1) and Camel 4.18.0: a number without quotes is text to Camel, which takes it as it stands in the file, and
# a number to Kaoto, which writes it anew when the file is opened and saved without a change.
#   66.0 becomes 66, 01067 becomes 1067, +4917… loses its sign, 0x1F becomes 31, and an id of 20 digits ends in zeros
# A route that asks Salesforce with "apiVersion: 66.0" asks for /services/data/v66 afterwards, an address that Salesforce does not have.
# What follows: the file loads as before and does something else; what looks like a number and is a text wants quotes.
#
# Needs a JDK 17 or newer with Maven, Node.js 18 or newer with npm, and tar. Exits with 1 when the behaviour is another one.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --ignore-scripts --no-audit --no-fund --prefix . yaml@2.9.1
npm pack --silent --ignore-scripts @kaoto/kaoto@2.7.1 >/dev/null
serializer=package/lib/esm/serializers/yaml-camel-resource-serializer.js
tar xzf kaoto-kaoto-2.7.1.tgz "$serializer"
rm kaoto-kaoto-2.7.1.tgz
# What it imports besides yaml belongs to the user interface and to XML.
sed -e "s/^import { SerializerType }.*/const SerializerType = { YAML: 'YAML' };/" \
  -e 's/^import { isXML }.*/const isXML = () => false;/' "$serializer" > serializer.mjs
cat > before.camel.yaml <<'YAML'
- route:
    id: deals
    from:
      uri: direct:deals
      steps:
        - setHeader: { name: postalCode, constant: 01067 }
        - setHeader: { name: phone, constant: +491701234567 }
        - setHeader: { name: version, constant: 1.10 }
        - setHeader: { name: colour, constant: 0x1F }
        - setHeader: { name: id, constant: 12345678901234567890 }
        - setHeader: { name: quoted, constant: "01067" }
        - choice:
            when:
              - simple: ${header.ask}
                steps:
                  - to: { uri: "salesforce:query", parameters: { apiVersion: 66.0, rawPayload: true } }
YAML
cat > save.mjs <<'JS'
import fs from 'node:fs';
import { YamlCamelResourceSerializer } from './serializer.mjs';
const kaoto = new YamlCamelResourceSerializer();
const elements = kaoto.parse(fs.readFileSync('before.camel.yaml', 'utf8'));
fs.writeFileSync('after.camel.yaml', kaoto.serialize({ toJSON: () => elements }));
JS
node save.mjs
mkdir -p src/main/java
cat > pom.xml <<'XML'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId><artifactId>finding</artifactId><version>1</version>
  <properties><maven.compiler.release>17</maven.compiler.release><project.build.sourceEncoding>UTF-8</project.build.sourceEncoding></properties>
  <dependencies>
    <dependency><groupId>org.apache.camel</groupId><artifactId>camel-core</artifactId><version>4.18.0</version></dependency>
    <dependency><groupId>org.apache.camel</groupId><artifactId>camel-salesforce</artifactId><version>4.18.0</version></dependency>
    <dependency><groupId>org.apache.camel</groupId><artifactId>camel-yaml-dsl</artifactId><version>4.18.0</version></dependency>
    <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-nop</artifactId><version>2.0.17</version></dependency>
  </dependencies>
  <build><plugins><plugin><artifactId>maven-compiler-plugin</artifactId><version>3.14.1</version></plugin></plugins></build>
</project>
XML
cat > src/main/java/Run.java <<'JAVA'
import com.sun.net.httpserver.HttpServer;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.camel.component.salesforce.SalesforceComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

public class Run {
    private static volatile String asked;

    public static void main(String[] args) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        String url = "http://127.0.0.1:" + server.getAddress().getPort();
        server.createContext("/", call -> {
            call.getRequestBody().readAllBytes();
            boolean token = call.getRequestURI().getPath().endsWith("/token");
            asked = token ? asked : call.getRequestURI().getPath();
            String text = token ? "{\"access_token\":\"t\",\"instance_url\":\"" + url + "\",\"id\":\"" + url
                    + "/id/00Dxx0000000001AAA/005xx0000000001AAA\",\"token_type\":\"Bearer\",\"issued_at\":\"1\",\"signature\":\"s\"}"
                    : "{\"totalSize\":0,\"done\":true,\"records\":[]}";
            call.getResponseHeaders().set("Content-Type", "application/json;charset=UTF-8");
            call.sendResponseHeaders(200, text.length());
            call.getResponseBody().write(text.getBytes());
            call.close();
        });
        server.start();
        for (String file : List.of("before.camel.yaml", "after.camel.yaml")) {
            try (DefaultCamelContext camel = new DefaultCamelContext()) {
                SalesforceComponent salesforce = new SalesforceComponent();
                salesforce.setLoginUrl(url);
                salesforce.setClientId("client");
                salesforce.setClientSecret("secret");
                camel.addComponent("salesforce", salesforce);
                PluginHelper.getRoutesLoader(camel).loadRoutes(ResourceHelper.fromString(file, Files.readString(Path.of(file))));
                camel.start();
                var template = camel.createProducerTemplate();
                Map<String, Object> headers = template.request("direct:deals", exchange -> { }).getMessage().getHeaders();
                template.requestBodyAndHeader("direct:deals", "SELECT Id FROM Opportunity", "ask", true);
                System.out.print(file + ":");
                for (String name : List.of("postalCode", "phone", "version", "colour", "id", "quoted")) {
                    System.out.print(" " + name + "=" + headers.get(name));
                }
                System.out.println(" asked=" + asked);
            }
        }
        server.stop(0);
        System.exit(0);
    }
}
JAVA
mvn -q -B compile dependency:build-classpath -Dmdep.outputFile=classpath
java -cp "target/classes:$(cat classpath)" Run | tee said
grep -qx 'before.camel.yaml: postalCode=01067 phone=+491701234567 version=1.10 colour=0x1F id=12345678901234567890 quoted=01067 asked=.*/data/v66.0/query/' said
grep -qx 'after.camel.yaml: postalCode=1067 phone=491701234567 version=1.1 colour=31 id=12345678901234567000 quoted=01067 asked=.*/data/v66/query/' said
echo "Kaoto 2.7.1: numbers without quotes are written anew."
