package dev.cosell.stories;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Second claimants, lived through with Salesforce. */
class SalesforceSecondClaimantTest extends SecondClaimantStories {
    private static final String TOOLING = "/services/data/v56.0/tooling/";
    private static final List<String> COPIED = List.of("Name", "StageName", "CloseDate", "Amount", "CurrencyIsoCode");

    private World world;

    @BeforeEach
    void start() {
        world = new World("salesforce");
    }

    @AfterEach
    void stop() {
        world.close();
    }

    @Override
    protected World world() {
        return world;
    }

    private SalesforceDriver salesforce() {
        return (SalesforceDriver) crm();
    }

    @Override
    protected void allowTheSameIdentifierTwice() {
        Map<String, Object> found = salesforce().asApplication("GET", TOOLING
                + "query?q=SELECT+Id+FROM+CustomField+WHERE+TableEnumOrId='Opportunity'+AND+DeveloperName='Referral_Identifier'",
                null);
        Object id = Api.list(found.get("records")).get(0).get("Id");
        salesforce().asApplication("PATCH", TOOLING + "sobjects/CustomField/" + id,
                Map.of("Metadata", Map.of("type", "Text", "label",
                        "Referral Identifier", "length", 100, "externalId", true, "unique", false)));
    }

    @Override
    protected String copyOf(String crmId, Map<String, Object> fields) {
        Map<String, Object> copy = new HashMap<>();
        crm().opportunity(crmId).forEach((name, value) -> {
            if (name.endsWith("__c") || COPIED.contains(name)) {
                copy.put(name, value);
            }
        });
        copy.put("Name", copy.get("Name") + " (copy)");
        copy.putAll(fields);
        return crm().newOpportunity(copy);
    }

    @Override
    protected Map<String, Object> identifier(String text) {
        Map<String, Object> fields = new HashMap<>();
        fields.put("Referral_Identifier__c", text);
        return fields;
    }

    @Override
    protected Map<String, Object> microsoftsAnswer(String text) {
        return Map.of("Microsoft_CRM_Identifier__c", text, "Microsoft_Sellers__c", "Ms. Seller");
    }
}
