package dev.cosell.stories;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;

/** Amounts without a currency, with settings as shipped: neither CRM may take the one it would choose itself. */
@InWorld({"salesforce", "dynamics"})
class BothCrmsValueTest {
    private static World world;

    private static Map<String, Object> currency(String code) {
        Map<String, Object> details = new HashMap<>();
        details.put("currency", code);
        return Map.of("details", details);
    }

    /** An empty text counted as a currency: each CRM took its own, USD in one and EUR in the other. */
    @ParameterizedTest
    @NullAndEmptySource
    void a_deal_without_a_currency_is_parked_in_both_and_then_has_the_same_one_in_both(String none) {
        String referralId = world.newDeal(currency(none));
        world.eventually(() -> assertThat(world.parked()).filteredOn(line -> line.contains(referralId)).hasSize(2)
                .allSatisfy(line -> assertThat(line).contains("no currency", "missing-currency")));
        List.of("salesforce", "dynamics")
                .forEach(crm -> assertThat(world.crm(crm).opportunitiesOf(referralId)).isEmpty());
        world.andAgainNothingHappens();

        world.partnerCenter().patch("/sandbox/deals/" + referralId, currency("USD"));
        assertThat(world.opportunityFor(world.crm("salesforce"), referralId)).containsEntry("CurrencyIsoCode", "USD");
        assertThat(world.opportunityFor(world.crm("dynamics"), referralId).get("_transactioncurrencyid_value"))
                .asString().endsWith("2");
        world.andAgainNothingHappens();
        assertThat(world.parked()).noneMatch(line -> line.contains(referralId));
    }

    /** Dynamics 365 lets other programs empty the currency of an opportunity. */
    @Test
    void an_opportunity_without_a_currency_is_parked_with_what_to_do() {
        CrmDriver dynamics = world.crm("dynamics");
        String id = dynamics.newOpportunity(dynamics.shared(false));
        Map<String, Object> none = new HashMap<>();
        none.put("transactioncurrencyid@odata.bind", null);
        ((DynamicsDriver) dynamics).asApplication("PATCH", "/api/data/v9.2/opportunities(" + id + ")", none);
        dynamics.api().patch("/sandbox/opportunities/" + id, dynamics.shared(true));
        world.eventually(() -> assertThat(dynamics.audit(dynamics.opportunity(id))).contains("no currency",
                "choose one on the opportunity"));
        world.andAgainNothingHappens();
    }
}
