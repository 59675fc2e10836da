package dev.cosell.stories;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The stories of leads lived through with Dynamics 365. */
class DynamicsLeadStoriesTest extends LeadStories {
    private static World world;

    @BeforeAll
    static void start() {
        world = new World(AS_LEADS, Path.of("routes"), "dynamics");
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
    protected String crmName() {
        return "dynamics";
    }
}
