package dev.cosell.stories;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

/** Rows of a customer's own, lived through with Salesforce. */
@InWorld(openedBy = "open")
class SalesforceOwnRowTest extends OwnRowStories {
    private static final Names NAMES = new Names("Engagement__c", "Short_Engagement__c", "Deal_Status__c",
            "Department");

    @TempDir
    static Path routes;

    static World open() {
        return open(routes, "salesforce", "CurrencyIsoCode", "CurrencyIsoCode", "Title", NAMES,
                SalesforceOwnRowTest::prepare);
    }

    private static void prepare(World world) {
        SalesforceDriver salesforce = (SalesforceDriver) world.crm();
        List.of(NAMES.engagement(), NAMES.shortEngagement(), NAMES.status()).forEach(name ->
                salesforce.newField(name, Map.of("type", "Text", "label", name.replace("__c", ""), "length", 100)));
    }

    @Override
    protected Names names() {
        return NAMES;
    }

    @Override
    protected Map<String, Object> contact(Map<String, Object> opportunity) {
        return Api.map(opportunity.get("contact"));
    }
}
