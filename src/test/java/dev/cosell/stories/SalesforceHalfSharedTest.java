package dev.cosell.stories;

/** The stories of shares that broke off, lived through with Salesforce. */
@InWorld("salesforce")
class SalesforceHalfSharedTest extends HalfSharedStories {}
