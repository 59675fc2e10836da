package dev.cosell.stories;

@InWorld(openedBy = "open")
class SalesforceSetupStoriesTest extends SetupStories {
    static World open() {
        return worldOf("salesforce");
    }

    @Override
    protected String solutions() {
        return "solutions";
    }
}
