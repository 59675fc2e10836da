package dev.cosell.stories;

import java.util.Map;

@InWorld("dynamics")
class DynamicsFailedPollTest extends FailedPollStories {
    @Override
    void takeAway() {
        crm().api().post("/sandbox/faults", Map.of("method", "GET", "path", "/opportunities$", "times", 1_000_000,
                "status", 400, "body", Map.of("error", Map.of("code", "0x0", "message", words()))));
    }

    @Override
    void giveBack() {
        crm().api().delete("/sandbox/faults");
    }

    @Override
    String words() {
        return "Could not find a property named 'cosell_syncwithpartnercenter' on type 'Microsoft.Dynamics.CRM.opp'";
    }
}
