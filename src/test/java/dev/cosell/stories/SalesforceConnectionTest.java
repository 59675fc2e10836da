package dev.cosell.stories;

import java.util.Map;

/** The stories about sign-ins, lived through with Salesforce. */
class SalesforceConnectionTest extends ConnectionStories {
    @Override
    protected String name() {
        return "salesforce";
    }

    @Override
    protected void crmRefusesUs(World world) {
        world.crm().api().post("/sandbox/faults", Map.of("path", "oauth2/token", "times", 1_000_000, "status", 400,
                "body", Map.of("error", "inactive_user", "error_description", "user is inactive")));
        world.crm().api().post("/sandbox/sessions/expire", Map.of());
    }

    @Override
    protected void crmAcceptsUs(World world) {
        world.crm().api().delete("/sandbox/faults");
    }
}
