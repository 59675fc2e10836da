#!/usr/bin/env bash
# camel-salesforce 4.18.0, rows as objects (DTO): whether a field that was not set is left out of an update, or sent as null, which clears it in Salesforce,
# is decided by the name of the private field in the class. It has to be spelled as Salesforce spells it; @JsonProperty does not count for that.
#   private String NextStep   left out unless it is among getFieldsToNull(), as documented
#   private String nextStep   "NextStep":null with each update
# The classes that Camel's Maven plugin generates from an org are of the first kind. One that is written by hand in Java's usual spelling reads and writes
# all values rightly, and clears in Salesforce whatever the route has not set.
# What follows: an update of one field empties all others of the class, without an error.
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
    <dependency><groupId>org.apache.camel</groupId><artifactId>camel-salesforce</artifactId><version>4.18.0</version></dependency>
    <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-nop</artifactId><version>2.0.17</version></dependency>
  </dependencies>
  <build><plugins><plugin><artifactId>maven-compiler-plugin</artifactId><version>3.14.1</version></plugin></plugins></build>
</project>
XML
cat > src/main/java/Rows.java <<'JAVA'
import com.fasterxml.jackson.annotation.JsonProperty;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.net.InetSocketAddress;
import org.apache.camel.component.salesforce.SalesforceComponent;
import org.apache.camel.component.salesforce.api.dto.AbstractSObjectBase;
import org.apache.camel.impl.DefaultCamelContext;

public class Rows {
    private static volatile String sent;

    static class AsSalesforce {
        public static class Opportunity extends AbstractSObjectBase {
            private Double Amount;
            private String NextStep;

            @JsonProperty("Amount")
            public Double getAmount() {
                return Amount;
            }

            @JsonProperty("Amount")
            public void setAmount(Double amount) {
                Amount = amount;
            }

            @JsonProperty("NextStep")
            public String getNextStep() {
                return NextStep;
            }

            @JsonProperty("NextStep")
            public void setNextStep(String nextStep) {
                NextStep = nextStep;
            }
        }
    }

    static class AsJava {
        public static class Opportunity extends AbstractSObjectBase {
            private Double amount;
            private String nextStep;

            @JsonProperty("Amount")
            public Double getAmount() {
                return amount;
            }

            @JsonProperty("Amount")
            public void setAmount(Double amount) {
                this.amount = amount;
            }

            @JsonProperty("NextStep")
            public String getNextStep() {
                return nextStep;
            }

            @JsonProperty("NextStep")
            public void setNextStep(String nextStep) {
                this.nextStep = nextStep;
            }
        }
    }

    static void answer(HttpExchange call, int status, String text) throws java.io.IOException {
        sent = new String(call.getRequestBody().readAllBytes());
        call.getResponseHeaders().set("Content-Type", "application/json;charset=UTF-8");
        call.sendResponseHeaders(status, text.isEmpty() ? -1 : text.length());
        call.getResponseBody().write(text.getBytes());
        call.close();
    }

    public static void main(String[] args) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        String url = "http://127.0.0.1:" + server.getAddress().getPort();
        server.createContext("/", call -> answer(call, 204, ""));
        server.createContext("/services/oauth2/token", call -> answer(call, 200, "{\"access_token\":\"t\",\"instance_url\":\"" + url
                + "\",\"id\":\"" + url + "/id/00Dxx0000000001AAA/005xx0000000001AAA\",\"token_type\":\"Bearer\",\"issued_at\":\"1\",\"signature\":\"s\"}"));
        server.start();
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            SalesforceComponent salesforce = new SalesforceComponent();
            salesforce.setLoginUrl(url);
            salesforce.setClientId("client");
            salesforce.setClientSecret("secret");
            camel.addComponent("salesforce", salesforce);
            camel.start();
            var template = camel.createProducerTemplate();
            AsSalesforce.Opportunity one = new AsSalesforce.Opportunity();
            one.setId("006xx0000000001AAA");
            one.setAmount(1000.0);
            template.sendBody("salesforce:updateSObject", one);
            System.out.println("spelled as Salesforce does: " + sent);
            AsJava.Opportunity other = new AsJava.Opportunity();
            other.setId("006xx0000000001AAA");
            other.setAmount(1000.0);
            template.sendBody("salesforce:updateSObject", other);
            System.out.println("spelled as Java does:       " + sent);
        } finally {
            server.stop(0);
        }
        System.exit(0);
    }
}
JAVA
mvn -q -B compile dependency:build-classpath -Dmdep.outputFile=classpath
java -cp "target/classes:$(cat classpath)" Rows | tee said
diff said - <<'SAID'
spelled as Salesforce does: {"Amount":1000.0}
spelled as Java does:       {"Amount":1000.0,"NextStep":null}
SAID
echo "camel-salesforce 4.18.0: the name of a private field decides whether an update clears what was not set."
