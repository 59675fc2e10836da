package dev.cosell.stories;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class DynamicsSetupStoriesTest extends SetupStories {
    private static World world;

    @BeforeAll
    static void start() {
        world = worldOf("dynamics");
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @Override
    protected World world() {
        return world;
    }

    @Override
    protected String solutions() {
        return "cosell_opportunity_solutions";
    }
}
