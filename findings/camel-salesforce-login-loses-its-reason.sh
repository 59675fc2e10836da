#!/usr/bin/env bash
# camel-salesforce 4.18.0: a login that is refused in the form of OAuth (RFC 6749, 5.2) with its third, optional member error_uri ends with a Jackson
# exception about an unknown property; neither the code (invalid_grant) nor the description is in any message. Without that member both are.
# What follows: whoever tells a wrong password from an outage by the text of the failure sees an outage, and the reason is in no log.
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
cat > src/main/java/Login.java <<'JAVA'
import com.sun.net.httpserver.HttpServer;
import java.net.InetSocketAddress;
import org.apache.camel.component.salesforce.SalesforceComponent;
import org.apache.camel.impl.DefaultCamelContext;

public class Login {
    private static final String CODE_AND_REASON = "\"error\":\"invalid_grant\",\"error_description\":\"authentication failure\"";

    /** What the start of a context says that logs in and is refused. */
    static String refused(String answer) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/services/oauth2/token", call -> {
            call.getRequestBody().readAllBytes();
            call.getResponseHeaders().set("Content-Type", "application/json;charset=UTF-8");
            call.sendResponseHeaders(400, answer.length());
            call.getResponseBody().write(answer.getBytes());
            call.close();
        });
        server.start();
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            SalesforceComponent salesforce = new SalesforceComponent();
            salesforce.setLoginUrl("http://127.0.0.1:" + server.getAddress().getPort());
            salesforce.setClientId("client");
            salesforce.setClientSecret("secret");
            camel.addComponent("salesforce", salesforce);
            camel.start();
            return "no failure";
        } catch (Exception failed) {
            boolean told = false;
            String last = "";
            for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
                told |= String.valueOf(cause.getMessage()).contains("authentication failure");
                last = cause.getClass().getSimpleName();
            }
            return last + ", the reason is " + (told ? "told" : "lost");
        } finally {
            server.stop(0);
        }
    }

    public static void main(String[] args) throws Exception {
        System.out.println("two members: " + refused("{" + CODE_AND_REASON + "}"));
        System.out.println("with error_uri: " + refused("{" + CODE_AND_REASON + ",\"error_uri\":\"https://example.com/why\"}"));
        System.exit(0);
    }
}
JAVA
mvn -q -B compile dependency:build-classpath -Dmdep.outputFile=classpath
java -cp "target/classes:$(cat classpath)" Login | tee said
diff said - <<'SAID'
two members: SalesforceException, the reason is told
with error_uri: UnrecognizedPropertyException, the reason is lost
SAID
echo "camel-salesforce 4.18.0: error_uri in the refusal of a login hides the reason."
