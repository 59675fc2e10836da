package dev.cosell.stories;

@InWorld(openedBy = "open")
class DynamicsSetupStoriesTest extends SetupStories {
    static World open() {
        return worldOf("dynamics");
    }

    @Override
    protected String solutions() {
        return "cosell_opportunity_solutions";
    }
}
