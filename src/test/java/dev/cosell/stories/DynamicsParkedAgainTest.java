package dev.cosell.stories;

import java.util.Map;

@InWorld("dynamics")
class DynamicsParkedAgainTest extends ParkedAgainStories {
    @Override
    void mendCountryOfAccount(String accountId) {
        crm().api().patch("/sandbox/seller/accounts(" + accountId + ")", Map.of("address1_country", "GB"));
    }
}
