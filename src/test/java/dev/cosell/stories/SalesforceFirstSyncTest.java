package dev.cosell.stories;

@InWorld("salesforce")
class SalesforceFirstSyncTest extends FirstSyncStories {}
