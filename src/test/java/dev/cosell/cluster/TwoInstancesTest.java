package dev.cosell.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.stories.CrmDriver;
import dev.cosell.stories.DealField;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two instances share the work, and for the people on all three sides it is as if there were one. */
class TwoInstancesTest {
    private static final int DEALS = 6;

    private static Cluster cluster;

    @BeforeAll
    static void start() {
        cluster = Cluster.ofTwo(Map.of());
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    private record Deal(String referralId, Map<String, String> crmIds) {}

    private static Deal joined(String referralId) {
        Map<String, String> ids = new HashMap<>();
        cluster.crms().forEach((name, crm) -> ids.put(name, crm.id(cluster.opportunityFor(crm, referralId))));
        return new Deal(referralId, ids);
    }

    private static List<Deal> newDeals() {
        List<String> made = new ArrayList<>();
        for (int i = 0; i < DEALS; i++) {
            made.add(cluster.newDeal());
        }
        return made.stream().map(TwoInstancesTest::joined).toList();
    }

    private static void everywhere(Deal deal, DealField field, String value) {
        assertThat(field.inPortal(cluster.referral(deal.referralId))).as(field + " in the portal").isEqualTo(value);
        cluster.crms().forEach((name, crm) -> assertThat(field.inCrm(crm, crm.opportunity(deal.crmIds.get(name)))).as(field + " in " + name).isEqualTo(value));
    }

    @Test
    void edits_on_all_sides_travel_once() {
        List<Deal> deals = newDeals();
        List<String> ids = deals.stream().map(Deal::referralId).toList();
        cluster.andAgainNothingHappens(ids.subList(0, 1));
        Map<String, Integer> before = cluster.writes();
        List<CrmDriver> crms = List.copyOf(cluster.crms().values());
        for (int i = 0; i < DEALS; i++) {
            Deal deal = deals.get(i);
            DealField.VALUE.editInPortal(cluster.portal(), deal.referralId, DealField.VALUE.value(i));
            CrmDriver crm = crms.get(i % crms.size());
            DealField.DATE.editInCrm(crm, deal.crmIds.get(crm.name()), DealField.DATE.value(i));
        }
        cluster.eventually(() -> {
            for (int i = 0; i < DEALS; i++) {
                everywhere(deals.get(i), DealField.VALUE, DealField.VALUE.value(i));
                everywhere(deals.get(i), DealField.DATE, DealField.DATE.value(i));
            }
        });
        cluster.andAgainNothingHappens(ids);
        Map<String, Integer> after = cluster.writes();
        assertThat(after.get("partner-center") - before.get("partner-center")).as("writes to Partner Center: one for each date").isEqualTo(DEALS);
        crms.forEach(crm -> assertThat(after.get(crm.name()) - before.get(crm.name())).as("writes to " + crm.name()
                + ": each value, each date of the other's, together or not").isBetween(DEALS, DEALS + DEALS / 2));
        assertThat(cluster.ownReferrals()).hasSize(DEALS);
    }
}
