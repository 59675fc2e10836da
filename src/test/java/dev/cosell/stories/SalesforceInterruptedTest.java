package dev.cosell.stories;

import java.util.Map;

/** The interrupted stories with Salesforce. */
@InWorld("salesforce")
class SalesforceInterruptedTest extends InterruptedStories {
    private static World world;

    @Override
    protected Map<String, Object> readCall() {
        return Map.of("method", "GET", "path", "/query/?$");
    }

    @Override
    protected int readsBeforeTheWrite() {
        return 1;
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
