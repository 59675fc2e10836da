package dev.cosell.stories;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The stories of leads lived through with Dynamics 365. */
@InWorld("dynamics")
class DynamicsLeadStoriesTest extends LeadStories {
    private static World world;

    @Override
    protected OddRecords odd() {
        return new DynamicsOddRecords((DynamicsDriver) crm());
    }

    /** Without a currency the amount would be one in the currency of the environment. */
    @Test
    void an_amount_of_a_lead_without_a_currency_waits_for_one() {
        Map<String, Object> details = new HashMap<>(Map.of("dealValue", 7000));
        details.put("currency", null);
        String referralId = (String) world.partnerCenter().post("/sandbox/leads", Map.of("details", details)).get("id");
        world.eventually(() -> assertThat(world.parked())
                .anySatisfy(line -> assertThat(line).contains(referralId, "missing-currency")));
        world.andAgainNothingHappens();

        world.partnerCenter().patch("/sandbox/deals/" + referralId, Map.of("details", Map.of("currency", "USD")));
        world.eventually(() -> assertThat(world.crm().leads().of(referralId)).singleElement()
                .satisfies(lead -> assertThat(lead.get("_transactioncurrencyid_value")).asString().endsWith("2")));
        world.partnerCenter().patch("/sandbox/deals/" + referralId,
                Map.of("details", Map.of("currency", "EUR", "dealValue", 8000)));
        world.eventually(() -> assertThat(world.crm().leads().of(referralId)).singleElement()
                .satisfies(lead -> assertThat(lead.get("_transactioncurrencyid_value")).asString().endsWith("3")));
        world.andAgainNothingHappens();
    }
}
