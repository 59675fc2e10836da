package dev.cosell.stories;

import java.util.Map;

@InWorld("salesforce")
class SalesforceParkedAgainTest extends ParkedAgainStories {
    @Override
    void mendCountryOfAccount(String accountId) {
        crm().api().patch("/sandbox/seller/sobjects/Account/" + accountId, Map.of("BillingCountry", "GB"));
    }
}
