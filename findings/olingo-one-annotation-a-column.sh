#!/usr/bin/env bash
# Apache Olingo's client 5.0.0 (odata-client-core) against Dataverse with Prefer: odata.include-annotations="*": a column keeps one annotation.
#   A look-up comes with two or three (its label, its navigation property, its table) in front of its value. The client keeps the first; for the next it makes
#   up a column that is named like the annotation, hangs the one it kept on that, and takes a third for the look-up. So with three the label of the customer
#   hangs on "_customerid_value@Microsoft.Dynamics.CRM.associatednavigationproperty", and with two the look-up has no annotation at all.
#   A choice, which has its label alone, is right.
# What follows: whoever asks a look-up for its label finds another annotation or none, whoever walks through the columns meets some that Dataverse does not
# have, and a row that is written back with them is refused. Ask for one annotation only, or read the columns with "@" in their names as annotations.
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
    <dependency><groupId>org.apache.olingo</groupId><artifactId>odata-client-core</artifactId><version>5.0.0</version></dependency>
  </dependencies>
  <build><plugins><plugin><artifactId>maven-compiler-plugin</artifactId><version>3.14.1</version></plugin></plugins></build>
</project>
XML
cat > src/main/java/Labels.java <<'JAVA'
import com.sun.net.httpserver.HttpServer;
import java.net.InetSocketAddress;
import java.net.URI;
import org.apache.olingo.client.api.ODataClient;
import org.apache.olingo.client.api.domain.ClientEntity;
import org.apache.olingo.client.api.domain.ClientProperty;
import org.apache.olingo.client.core.ODataClientFactory;
import org.apache.olingo.commons.api.format.ContentType;

public class Labels {
    private static final String ID = "11111111-2222-4333-8444-555555555555";
    private static final String LABEL = "OData.Community.Display.V1.FormattedValue";
    private static final String TABLE = "Microsoft.Dynamics.CRM.lookuplogicalname";
    private static final String NAVIGATION = "Microsoft.Dynamics.CRM.associatednavigationproperty";

    /** A row as Dataverse answers it, annotations in front of their columns. */
    private static final String ROW = """
            {"@odata.context":"http://localhost/api/data/v9.2/$metadata#opportunities/$entity","@odata.etag":"W/\\"1\\"",
            "statecode@LABEL":"Open","statecode":0,
            "_customerid_value@LABEL":"Contoso","_customerid_value@NAVIGATION":"customerid_account","_customerid_value@TABLE":"account",
            "_customerid_value":"ID",
            "_owningteam_value@LABEL":"Sales","_owningteam_value@TABLE":"team","_owningteam_value":"ID",
            "name":"Deal","opportunityid":"ID"}
            """.replace("LABEL", LABEL).replace("NAVIGATION", NAVIGATION).replace("TABLE", TABLE).replace("\"ID\"", "\"" + ID + "\"");

    public static void main(String[] args) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/", call -> {
            call.getResponseHeaders().set("Content-Type", "application/json; odata.metadata=minimal");
            call.getResponseHeaders().set("OData-Version", "4.0");
            call.sendResponseHeaders(200, ROW.length());
            call.getResponseBody().write(ROW.getBytes());
            call.close();
        });
        server.start();
        ODataClient client = ODataClientFactory.getClient();
        var request = client.getRetrieveRequestFactory().getEntityRequest(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/api/data/v9.2/opportunities(" + ID + ")"));
        request.setFormat(ContentType.JSON);
        request.setPrefer("odata.include-annotations=\"*\"");
        ClientEntity row = request.execute().getBody();
        for (ClientProperty column : row.getProperties()) {
            StringBuilder line = new StringBuilder(column.getName()).append(" = ").append(column.getValue());
            column.getAnnotations().forEach(each -> line.append("  [").append(each.getTerm()).append(" = ").append(each.getValue()).append(']'));
            System.out.println(line);
        }
        server.stop(0);
        System.exit(0);
    }
}
JAVA
mvn -q -B compile dependency:build-classpath -Dmdep.outputFile=classpath
java -cp "target/classes:$(cat classpath)" Labels 2>/dev/null | tee said
diff said - <<'SAID'
statecode = 0  [OData.Community.Display.V1.FormattedValue = Open]
_customerid_value@Microsoft.Dynamics.CRM.associatednavigationproperty = customerid_account  [OData.Community.Display.V1.FormattedValue = Contoso]
_customerid_value = 11111111-2222-4333-8444-555555555555  [Microsoft.Dynamics.CRM.lookuplogicalname = account]
_owningteam_value@Microsoft.Dynamics.CRM.lookuplogicalname = team  [OData.Community.Display.V1.FormattedValue = Sales]
_owningteam_value = 11111111-2222-4333-8444-555555555555
name = Deal
opportunityid = 11111111-2222-4333-8444-555555555555
SAID
echo "Apache Olingo 5.0.0: the label of a look-up does not hang on the look-up."
