package dev.cosell.stories;

import java.util.Map;

/** The stories about sign-ins, lived through with Dynamics 365. */
class DynamicsConnectionTest extends ConnectionStories {
    @Override
    protected String name() {
        return "dynamics";
    }

    @Override
    protected void crmRefusesUs(World world) {
        world.crm().api().post("/sandbox/faults", Map.of("path", "/api/data/", "times", 1_000_000, "status", 403,
                "body", Map.of("error",
                        Map.of("code", "0x80072560", "message", "The user is not a member of the organization."))));
    }

    @Override
    protected Map<String, Object> tokenIsRefused() {
        return Map.of("path", "/api/data/", "status", 401, "body", "");
    }

    @Override
    protected void crmAcceptsUs(World world) {
        world.crm().api().delete("/sandbox/faults");
    }
}
