package dev.cosell.stories;

import java.util.Map;

/** Deals from Microsoft as a seller in Salesforce answers them. */
@InWorld("salesforce")
class SalesforceInboundTest extends InboundStories {
    private static World world;

    @Override
    protected boolean onHold(Map<String, Object> opportunity) {
        return "On Hold".equals(opportunity.get("StageName"));
    }

    @Override
    protected void accept(String crmId) {
        edit(crmId, Map.of("StageName", "Qualification"));
    }

    @Override
    protected void lose(String crmId, String reason) {
        edit(crmId, Map.of("StageName", "Closed Lost", "Loss_Reason__c", reason));
    }

    @Override
    protected void reason(String crmId, String reason) {
        edit(crmId, Map.of("Loss_Reason__c", reason));
    }

    @Override
    protected String lossReason(Map<String, Object> opportunity) {
        return (String) opportunity.get("Loss_Reason__c");
    }

    private static void edit(String crmId, Map<String, Object> fields) {
        world.crm().api().patch("/sandbox/opportunities/" + crmId, fields);
    }
}
