package dev.cosell.stories;

@InWorld(value = "salesforce", settings = "salesforce.poll-overlap=1s")
class SalesforceLostPositionTest extends LostPositionStories {}
