package dev.cosell.stories;

/** All stories lived through with Salesforce. */
@InWorld("salesforce")
class SalesforceStoriesTest extends SyncStories {}
