package dev.cosell.stories;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The stories of options, lived through with Dynamics 365. */
class DynamicsOptionStoriesTest extends OptionStories {
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

    @Override
    protected String name(Map<String, Object> opportunity) {
        return (String) opportunity.get("name");
    }

    @Override
    protected Map<String, Object> named(String name) {
        return Map.of("name", name);
    }

    @Override
    protected boolean takesNotesWhenClosed() {
        return false;
    }
}
