package dev.cosell.stories;

import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The interrupted stories with Dynamics 365. */
class DynamicsInterruptedTest extends InterruptedStories {
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

    @Override
    protected Map<String, Object> readCall() {
        return Map.of("method", "GET", "path", "/opportunities\\(");
    }

    @Override
    protected Map<String, Object> createCall() {
        return Map.of("method", "PATCH", "path", "/opportunities\\(");
    }

    @Override
    protected void editUnmapped(String crmId) {
        world.crm().api().patch("/sandbox/opportunities/" + crmId, Map.of("stepname", "2-Develop"));
    }
}
