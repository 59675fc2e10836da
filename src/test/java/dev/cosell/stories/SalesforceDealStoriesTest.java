package dev.cosell.stories;

import java.util.Map;

/** The stories of deals that began in the CRM, lived through with Salesforce. */
@InWorld("salesforce")
class SalesforceDealStoriesTest extends DealStories {
    @Override
    protected String addSolutionRow(String crmId, Map<String, Object> solution) {
        Map<String, Object> row = Map.of("Solution_Id__c", solution.get("id"), "Name", solution.get("name"),
                "Opportunity__c", crmId);
        return (String) ((SalesforceDriver) crm())
                .asApplication("POST", "/services/data/v56.0/sobjects/Microsoft_Solution__c", row).get("id");
    }

    @Override
    protected void deleteSolutionRow(String rowId) {
        ((SalesforceDriver) crm()).asApplication("DELETE",
                "/services/data/v56.0/sobjects/Microsoft_Solution__c/" + rowId, null);
    }

    @Override
    protected void writeSolutionId(String rowId, String solutionId) {
        ((SalesforceDriver) crm()).asApplication("PATCH",
                "/services/data/v56.0/sobjects/Microsoft_Solution__c/" + rowId, Map.of("Solution_Id__c", solutionId));
    }

    @Override
    protected Map<String, Object> hidden() {
        return Map.of("Referral_Visibility__c", "Private");
    }

    @Override
    protected Map<String, Object> withoutHelp() {
        return SalesforceDriver.nothing("How_can_Microsoft_help__c");
    }

    @Override
    protected Map<String, Object> contact() {
        return Map.of("contact", Map.of("FirstName", "Moira", "LastName", "Kerr", "Email", "m.kerr@northshore.example",
                "Phone", "+44 131 4960000"));
    }
}
