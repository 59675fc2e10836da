package dev.cosell.stories;

class DynamicsHeldStoriesTest extends HeldStories {
    @Override
    protected String name() {
        return "dynamics";
    }
}
