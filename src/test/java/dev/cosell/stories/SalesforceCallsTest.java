package dev.cosell.stories;

/** How many calls a change costs with Salesforce. */
@InWorld("salesforce")
class SalesforceCallsTest extends CallStories {}
