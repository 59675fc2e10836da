package dev.cosell.stories;

/** The stories of leads lived through with Salesforce. */
@InWorld("salesforce")
class SalesforceLeadStoriesTest extends LeadStories {}
