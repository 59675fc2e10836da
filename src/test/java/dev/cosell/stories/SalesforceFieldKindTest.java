package dev.cosell.stories;

import java.nio.file.Path;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.safety.Safelist;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Moments and HTML, lived through with Salesforce. The mapping comes to name the fields while the application runs. */
@InWorld(openedBy = "open")
class SalesforceFieldKindTest extends FieldKindStories {
    private static final String DATA = "/services/data/v56.0/";

    @TempDir
    static Path routes;

    static World open() {
        return new World(Map.of(), routes(routes), SalesforceFieldKindTest::prepare, "salesforce");
    }

    @BeforeAll
    static void name(World world) {
        remap(routes.resolve("mapping-salesforce.camel.yaml"), "CloseDate", "Description",
                "Notes__c | details.notes | richText(2000) | create, update | create, update | newest wins",
                "Closing__c | details.closingDateTime | date | create, update | create, update | crm wins");
        inForce(world, "Closing__c");
    }

    private static void prepare(World world) {
        SalesforceDriver salesforce = (SalesforceDriver) world.crm();
        salesforce.newField("Closing__c", Map.of("type", "DateTime", "label", "Closing"));
        salesforce.newField("Notes__c", Map.of("type", "Html", "label", "Notes", "length", 2000, "visibleLines", 10));
        Object id = Api.list(salesforce.query("SELECT Id FROM Organization").get("records")).get(0).get("Id");
        salesforce.asApplication("PATCH", DATA + "sobjects/Organization/" + id,
                Map.of("TimeZoneSidKey", "Europe/Berlin"));
    }

    @Override
    protected String field() {
        return "Closing__c";
    }

    @Override
    protected String richField() {
        return "Notes__c";
    }

    @Override
    protected String sanitized(String html) {
        return Jsoup.clean(html, "", Safelist.relaxed(), new Document.OutputSettings().prettyPrint(false));
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
