package dev.cosell.stories;

import java.util.List;
import java.util.Map;

@InWorld("salesforce")
class SalesforceFailedPollTest extends FailedPollStories {
    @Override
    void takeAway() {
        hide(List.of("Opportunity.Sync_with_Partner_Center__c"));
    }

    @Override
    void giveBack() {
        hide(List.of());
    }

    private void hide(List<String> fields) {
        crm().api().post("/sandbox/settings", Map.of("hiddenFields", fields));
    }

    @Override
    String words() {
        return "INVALID_FIELD";
    }
}
