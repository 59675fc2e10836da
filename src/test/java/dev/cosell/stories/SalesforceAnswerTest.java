package dev.cosell.stories;

/** Microsoft's answers as a seller in Salesforce sees them. */
@InWorld("salesforce")
class SalesforceAnswerTest extends AnswerStories {
    @Override
    protected Words words() {
        return new Words("Microsoft_Status__c", "Microsoft_Sellers__c", "Microsoft_CRM_Identifier__c",
                "Sync_with_Partner_Center__c");
    }
}
