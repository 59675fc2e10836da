package dev.cosell.stories;

@InWorld("salesforce")
class SalesforceMissingPartTest extends MissingPartStories {}
