package dev.cosell.stories;

/** The stories of leads lived through with Salesforce. */
@InWorld("salesforce")
class SalesforceLeadStoriesTest extends LeadStories {
    @Override
    protected OddRecords odd() {
        return new SalesforceOddRecords((SalesforceDriver) crm());
    }
}
