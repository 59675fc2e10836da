package dev.cosell.stories;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;

class SalesforceHeldStoriesTest extends HeldStories {
    private World world;

    @AfterEach
    void stop() {
        if (world != null) {
            world.close();
        }
    }

    @Override
    protected World approving() {
        return world == null ? world = new World(APPROVAL, Path.of("routes"), "salesforce") : world;
    }

    @Override
    protected World timed() {
        return world == null ? world = new World(TIME, Path.of("routes"), "salesforce") : world;
    }
}
