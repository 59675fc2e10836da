package dev.cosell.stories;

@InWorld("salesforce")
class SalesforceStatusStoriesTest extends StatusStories {}
