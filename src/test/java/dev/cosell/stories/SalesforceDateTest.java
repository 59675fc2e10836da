package dev.cosell.stories;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Days in date-time fields, lived through with Salesforce. The mapping comes to name one while the application runs. */
class SalesforceDateTest extends DateStories {
    private static final String DATA = "/services/data/v56.0/";

    @TempDir
    static Path routes;
    private static World world;

    @BeforeAll
    static void start() {
        world = new World(Map.of(), routes(routes), SalesforceDateTest::prepare, "salesforce");
        remap(routes.resolve("mapping-salesforce.camel.yaml"), "CloseDate",
                "Closing__c | details.closingDateTime | date | create, update | create, update | crm wins");
        new SalesforceDateTest().inForce();
    }

    private static void prepare(World world) {
        SalesforceDriver salesforce = (SalesforceDriver) world.crm();
        salesforce.newField("Closing__c", Map.of("type", "DateTime", "label", "Closing"));
        Object id = Api.list(salesforce.query("SELECT Id FROM Organization").get("records")).get(0).get("Id");
        salesforce.asApplication("PATCH", DATA + "sobjects/Organization/" + id, Map.of("TimeZoneSidKey", "Europe/Berlin"));
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @Override
    protected World world() {
        return world;
    }

    @Override
    protected String field() {
        return "Closing__c";
    }

    @Override
    protected String shown(String moment) {
        return moment.replace("Z", ".000+0000");
    }

    @Override
    protected Map<String, Object> askedForFields() {
        return Map.of("path", "/sobjects/Opportunity/describe");
    }
}
