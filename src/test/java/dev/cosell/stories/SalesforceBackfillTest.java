package dev.cosell.stories;

@InWorld("salesforce")
class SalesforceBackfillTest extends BackfillStories {}
