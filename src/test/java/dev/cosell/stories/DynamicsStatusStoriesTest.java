package dev.cosell.stories;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class DynamicsStatusStoriesTest extends StatusStories {
    private static World world;

    @BeforeAll
    static void start() {
        world = new World(SETTINGS, Path.of("routes"), "dynamics");
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
