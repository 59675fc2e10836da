package dev.cosell.stories;

class SalesforceHeldStoriesTest extends HeldStories {
    @Override
    protected String name() {
        return "salesforce";
    }
}
