package dev.cosell.stories;

/** Deals of years ago, met for the first time with Salesforce. */
@InWorld("salesforce")
class SalesforceOldDealTest extends OldDealStories {}
