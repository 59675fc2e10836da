package dev.cosell.stories;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** All stories lived through with Dynamics 365. */
class DynamicsStoriesTest extends SyncStories {
    private static World world;

    @BeforeAll
    static void start() {
        world = new World("dynamics");
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @Override
    protected World world() {
        return world;
    }
}
