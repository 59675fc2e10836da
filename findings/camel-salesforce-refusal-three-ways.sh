#!/usr/bin/env bash
# camel-salesforce 4.18.0: one and the same refusal (400 with an array of errors, as Salesforce documents it) comes out of three operations in three ways:
#   query      an exception with the errors, read
#   raw        an exception without errors; the whole answer is its message
#   composite  with rawPayload=true no exception at all: the refusal is the body, and only the header CamelHttpResponseCode tells it from an answer
# What follows: whoever sorts faults by SalesforceException.getErrors(), for example to wait when the code is REQUEST_LIMIT_EXCEEDED, sees no code of a raw call; and
# a route with a doTry around a raw composite goes on with the refusal as if it were the answer.
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
cat > src/main/java/Refusals.java <<'JAVA'
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.net.InetSocketAddress;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.component.salesforce.SalesforceComponent;
import org.apache.camel.component.salesforce.SalesforceEndpointConfig;
import org.apache.camel.component.salesforce.api.SalesforceException;
import org.apache.camel.impl.DefaultCamelContext;

public class Refusals {
    private static final String REFUSAL = "[{\"errorCode\":\"INVALID_FIELD\",\"message\":\"No such column\"}]";

    static void answer(HttpExchange call, int status, String text) throws java.io.IOException {
        call.getRequestBody().readAllBytes();
        call.getResponseHeaders().set("Content-Type", "application/json;charset=UTF-8");
        call.sendResponseHeaders(status, text.length());
        call.getResponseBody().write(text.getBytes());
        call.close();
    }

    static String say(String operation, Exchange after) {
        Exception thrown = after.getException();
        if (thrown == null) {
            return operation + ": no exception, status " + after.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE)
                    + ", the body is " + (REFUSAL.equals(after.getMessage().getBody(String.class)) ? "the refusal" : "another one");
        }
        SalesforceException found = null;
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            found = cause instanceof SalesforceException salesforce && (found == null || found.getErrors() == null
                    || found.getErrors().isEmpty()) ? salesforce : found;
        }
        int errors = found.getErrors() == null ? 0 : found.getErrors().size();
        return operation + ": SalesforceException, status " + found.getStatusCode() + ", errors " + errors + ", the message is "
                + (REFUSAL.equals(found.getMessage()) ? "the whole refusal" : "another one");
    }

    public static void main(String[] args) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        String url = "http://127.0.0.1:" + server.getAddress().getPort();
        server.createContext("/", call -> answer(call, 400, REFUSAL));
        server.createContext("/services/oauth2/token", call -> answer(call, 200, "{\"access_token\":\"t\",\"instance_url\":\"" + url
                + "\",\"id\":\"" + url + "/id/00Dxx0000000001AAA/005xx0000000001AAA\",\"token_type\":\"Bearer\",\"issued_at\":\"1\",\"signature\":\"s\"}"));
        server.start();
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            SalesforceComponent salesforce = new SalesforceComponent();
            salesforce.setLoginUrl(url);
            salesforce.setClientId("client");
            salesforce.setClientSecret("secret");
            SalesforceEndpointConfig config = new SalesforceEndpointConfig();
            config.setApiVersion("56.0");
            salesforce.setConfig(config);
            camel.addComponent("salesforce", salesforce);
            camel.start();
            var template = camel.createProducerTemplate();
            System.out.println(say("query", template.request("salesforce:query?rawPayload=true",
                    exchange -> exchange.getMessage().setBody("SELECT Nothing__c FROM Opportunity"))));
            System.out.println(say("raw", template.request("salesforce:raw?rawMethod=GET&rawPath=/services/data/v56.0/limits&rawPayload=true",
                    exchange -> { })));
            System.out.println(say("composite", template.request("salesforce:composite?rawPayload=true",
                    exchange -> exchange.getMessage().setBody("{\"compositeRequest\":[]}"))));
        } finally {
            server.stop(0);
        }
        System.exit(0);
    }
}
JAVA
mvn -q -B compile dependency:build-classpath -Dmdep.outputFile=classpath
java -cp "target/classes:$(cat classpath)" Refusals | tee said
diff said - <<'SAID'
query: SalesforceException, status 400, errors 1, the message is another one
raw: SalesforceException, status 400, errors 0, the message is the whole refusal
composite: no exception, status 400, the body is the refusal
SAID
echo "camel-salesforce 4.18.0: the same refusal comes out of query, raw and a raw composite in three ways."
