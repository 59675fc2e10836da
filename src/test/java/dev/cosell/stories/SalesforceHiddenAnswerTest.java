package dev.cosell.stories;

/** Answers of Microsoft that lists hide, as a seller in Salesforce sees them. */
@InWorld("salesforce")
class SalesforceHiddenAnswerTest extends HiddenAnswerStories {
    @Override
    protected Words words() {
        return new Words("Microsoft_Status__c", "Microsoft_CRM_Identifier__c");
    }
}
