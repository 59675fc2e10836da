package dev.cosell.stories;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** All stories lived through with Salesforce. */
class SalesforceStoriesTest extends SyncStories {
    private static World world;

    @BeforeAll
    static void start() {
        world = new World("salesforce");
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
