package dev.cosell.stories;

import java.util.Map;

@InWorld("salesforce")
class SalesforceBackfillTest extends BackfillStories {
    @Override
    protected void signInEnds() {
        crm().api().post("/sandbox/faults", Map.of("path", "oauth2/token", "times", 1_000_000, "status", 400, "body",
                Map.of("error", "invalid_client", "error_description", "invalid client credentials")));
        crm().api().post("/sandbox/sessions/expire", Map.of());
    }

    @Override
    protected void signInIsGoodAgain() {
        crm().api().delete("/sandbox/faults");
    }
}
