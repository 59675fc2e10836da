package dev.cosell.stories;

import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The interrupted stories with Salesforce. */
class SalesforceInterruptedTest extends InterruptedStories {
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

    @Override
    protected Map<String, Object> readCall() {
        return Map.of("method", "GET", "path", "/query$");
    }

    @Override
    protected Map<String, Object> createCall() {
        return Map.of("method", "POST", "path", "/composite$", "skip", 1);
    }

    @Override
    protected void editUnmapped(String crmId) {
        world.crm().api().patch("/sandbox/opportunities/" + crmId, Map.of("NextStep", "Call back"));
    }
}
