package dev.cosell.stories;

import java.util.Map;

/** Values that one side lacks or rounds, lived through with Salesforce. */
@InWorld("salesforce")
class SalesforceValueStoriesTest extends ValueStories {
    @Override
    protected String amountField() {
        return "Amount";
    }

    @Override
    protected String currency(Map<String, Object> opportunity) {
        return (String) opportunity.get("CurrencyIsoCode");
    }
}
