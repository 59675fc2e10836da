package dev.cosell.salesforce;

import dev.cosell.verbs.ConnectorFields;

/**
 * API names that customers choose: the connector's fields on the opportunity and the child object with the solutions.
 *
 * @param solutionObject           child object, {@code Microsoft_Solution__c}
 * @param solutionRelationship     its name in sub-queries of the opportunity, {@code Microsoft_Solutions__r}
 * @param solutionIdField          field of the child object with Partner Center's solution id; its name is in
 *     {@code Name}
 * @param solutionOpportunityField field of the child object that points to the opportunity
 */
public record SalesforceFields(String syncField, String referralIdField, String referralLinkField, String auditField,
                               String solutionObject, String solutionRelationship, String solutionIdField,
                               String solutionOpportunityField) implements ConnectorFields {

    /** The names of Microsoft's guide for its Salesforce connector, as far as they are published. */
    public static SalesforceFields defaults() {
        return new SalesforceFields("Sync_with_Partner_Center__c", "Referral_Identifier__c", "Referral_Link__c",
                "Audit__c",
                "Microsoft_Solution__c", "Microsoft_Solutions__r", "Solution_Id__c", "Opportunity__c");
    }
}
