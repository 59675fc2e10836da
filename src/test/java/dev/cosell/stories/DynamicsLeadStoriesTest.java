package dev.cosell.stories;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;

/** The stories of leads lived through with Dynamics 365. */
@InWorld("dynamics")
class DynamicsLeadStoriesTest extends LeadStories {
    private static World world;

    @Override
    protected OddRecords odd() {
        return new DynamicsOddRecords((DynamicsDriver) crm());
    }

    /** Without a currency, or with an empty text, the amount would be one in the currency of the environment. */
    @ParameterizedTest
    @NullAndEmptySource
    void an_amount_of_a_lead_without_a_currency_waits_for_one(String none) {
        Map<String, Object> details = new HashMap<>(Map.of("dealValue", 7000));
        details.put("currency", none);
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

    @Test
    void a_lead_whose_amount_and_currency_are_empty_texts_arrives_without_both() {
        String referralId = (String) world.partnerCenter()
                .post("/sandbox/leads", Map.of("details", Map.of("dealValue", "", "currency", ""))).get("id");
        world.eventually(() -> assertThat(world.crm().leads().of(referralId)).singleElement()
                .satisfies(lead -> assertThat(lead).containsEntry("budgetamount", null)));
        world.andAgainNothingHappens();
        assertThat(world.parked()).noneMatch(line -> line.contains(referralId));
    }
}
