package dev.cosell.stories;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class SalesforceSetupStoriesTest extends SetupStories {
    private static World world;

    @BeforeAll
    static void start() {
        world = worldOf("salesforce");
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
        return "solutions";
    }
}
