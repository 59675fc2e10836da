package dev.cosell.stories;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class SalesforceStatusStoriesTest extends StatusStories {
    private static World world;

    @BeforeAll
    static void start() {
        world = new World(SETTINGS, Path.of("routes"), "salesforce");
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
