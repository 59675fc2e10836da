package dev.cosell.stories;

import java.util.Map;

/** The stories of deals that began in the CRM, lived through with Dynamics 365. */
@InWorld("dynamics")
class DynamicsDealStoriesTest extends DealStories {
    @Override
    protected String addSolutionRow(String crmId, Map<String, Object> solution) {
        Map<String, Object> row = Map.of("cosell_solutionid", solution.get("id"), "cosell_name", solution.get("name"),
                "cosell_OpportunityId@odata.bind", "/opportunities(" + crmId + ")");
        return (String) ((DynamicsDriver) crm()).created("/api/data/v9.2/cosell_partnercentersolutions", row)
                .get("cosell_partnercentersolutionid");
    }

    @Override
    protected void deleteSolutionRow(String rowId) {
        ((DynamicsDriver) crm()).asApplication("DELETE", "/api/data/v9.2/cosell_partnercentersolutions(" + rowId + ")",
                null);
    }

    @Override
    protected Map<String, Object> hidden() {
        return Map.of("cosell_referralvisibility", 727000000);
    }

    @Override
    protected Map<String, Object> withoutHelp() {
        return SalesforceDriver.nothing("cosell_howcanmicrosofthelp");
    }

    @Override
    protected Map<String, Object> contact() {
        Map<String, Object> person = Map.of("firstname", "Moira", "lastname", "Kerr", "emailaddress1",
                "m.kerr@northshore.example", "telephone1",
                "+44 131 4960000");
        Object id = ((DynamicsDriver) crm()).created("/api/data/v9.2/contacts", person).get("contactid");
        return Map.of("parentcontactid@odata.bind", "/contacts(" + id + ")");
    }
}
