package dev.cosell.stories;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The stories of options, lived through with Salesforce. */
class SalesforceOptionStoriesTest extends OptionStories {
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

    @Override
    protected String name(Map<String, Object> opportunity) {
        return (String) opportunity.get("Name");
    }

    @Override
    protected Map<String, Object> named(String name) {
        return Map.of("Name", name);
    }

    @Override
    protected boolean takesNotesWhenClosed() {
        return true;
    }
}
