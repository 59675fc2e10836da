package dev.cosell.stories;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Deals that the other side already knows, lived through with Salesforce. */
@InWorld("salesforce")
class SalesforceKnownDealTest extends KnownDealStories {
    @Override
    protected List<String> spellings(String crmId) {
        return List.of(crmId, crmId.substring(0, 15), " " + crmId.toLowerCase(Locale.ROOT) + " ",
                crmId.toUpperCase(Locale.ROOT),
                "https://example.lightning.force.com/lightning/r/Opportunity/" + crmId + "/view");
    }

    @Override
    protected Map<String, Object> identifier(String text) {
        return field("Referral_Identifier__c", text);
    }

    @Override
    protected Map<String, Object> link(String address) {
        return field("Referral_Link__c", address);
    }

    private static Map<String, Object> field(String name, String value) {
        Map<String, Object> fields = new HashMap<>();
        fields.put(name, value);
        return fields;
    }
}
