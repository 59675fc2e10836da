package dev.cosell.stories;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Values that one side lacks or rounds, lived through with Dynamics 365. */
@InWorld("dynamics")
class DynamicsValueStoriesTest extends ValueStories {
    @Override
    protected String amountField() {
        return "estimatedvalue";
    }

    @Override
    protected String currency(Map<String, Object> opportunity) {
        String id = String.valueOf(opportunity.get("_transactioncurrencyid_value"));
        return List.of("GBP", "USD", "EUR", "JPY", "KWD").get(Integer.parseInt(id.substring(id.length() - 1)) - 1);
    }

    @Test
    void a_closing_date_that_is_cleared_stays_in_partner_center() {
        String crmId = crm().newOpportunity(Map.of("estimatedclosedate", "2027-09-30"));
        String referralId = (String) world().referralFor(crmId).get("id");
        change(crmId, "estimatedclosedate", null);
        world().eventually(
                () -> assertThat(crm().audit(crm().opportunity(crmId))).contains("estimatedclosedate stays different"));
        world().andAgainNothingHappens();
        assertThat(Api.map(world().referral(referralId).get("details")).get("closingDateTime")).asString()
                .startsWith("2027-09-30");
    }

    @Test
    void an_opportunity_without_a_currency_is_shared_with_the_one_of_the_settings() {
        String crmId = crm().newOpportunity(crm().shared(false));
        Map<String, Object> none = new HashMap<>();
        none.put("transactioncurrencyid@odata.bind", null);
        ((DynamicsDriver) crm()).asApplication("PATCH", "/api/data/v9.2/opportunities(" + crmId + ")", none);
        change(crmId, "cosell_syncwithpartnercenter", true);
        String referralId = (String) world().referralFor(crmId).get("id");
        assertThat(Api.map(world().referral(referralId).get("details"))).containsEntry("currency", "EUR");
        assertThat(crm().audit(crm().opportunity(crmId)))
                .contains("the opportunity has no currency, so EUR is used in Partner Center");
        world().andAgainNothingHappens();
    }

    /** The seller types what the customer really signed into the dialogue that closes the opportunity. */
    @Test
    void a_deal_that_is_won_is_closed_in_partner_center_with_what_was_signed() {
        String crmId = crm().newOpportunity(Map.of("estimatedvalue", 120000, "estimatedclosedate", "2027-09-30"));
        String referralId = (String) world().referralFor(crmId).get("id");
        crm().api().post("/sandbox/opportunities/" + crmId + "/win",
                Map.of("actualrevenue", 118250.5, "actualend", "2027-08-14T00:00:00Z"));

        world().eventually(() -> assertThat(world().referral(referralId)).containsEntry("substatus", "Won"));
        assertThat(world().valueOf(world().referral(referralId))).isEqualByComparingTo("118250.50");
        assertThat(Api.map(world().referral(referralId).get("details")).get("closingDateTime")).asString()
                .startsWith("2027-08-14");
        world().eventually(() -> assertThat(world().auditTrail(crmId))
                .anyMatch(line -> line.contains("actualvalue in Partner Center: 120000.00 → 118250.50")));
        world().andAgainNothingHappens();
        assertThat(crm().value(crm().opportunity(crmId))).as("the estimate stays").isEqualByComparingTo("120000");
        assertThat(world().auditSituations(crmId)).doesNotContain("REFUSED", "CONFLICT");
    }

    /** The close took the rounded amount of Dynamics 365 along, over the exact one, and a closed deal keeps it. */
    @Test
    void a_deal_that_is_won_with_the_amount_that_dynamics_rounded_keeps_the_exact_one_in_partner_center() {
        String referralId = world().newDeal(
                Map.of("details", Map.of("dealValue", new BigDecimal("1234.56"), "currency", "JPY")));
        String crmId = crm().id(world().opportunityFor(referralId));
        world().settle();
        assertThat(crm().value(crm().opportunity(crmId))).isEqualByComparingTo("1235");
        crm().api().post("/sandbox/opportunities/" + crmId + "/win", Map.of("actualrevenue", 1235));

        world().eventually(() -> assertThat(world().referral(referralId)).containsEntry("substatus", "Won"));
        assertThat(world().valueOf(world().referral(referralId))).isEqualByComparingTo("1234.56");
        world().andAgainNothingHappens();
    }

    /** The revenue came into the quarter in which Dynamics 365 was back, and a closed row takes no correction. */
    @Test
    void a_deal_that_was_won_while_the_crm_rested_is_closed_with_the_day_of_its_end() {
        String crmId = crm().newOpportunity(Map.of());
        String referralId = (String) world().referralFor(crmId).get("id");
        world().settle();
        world().pauseSync();
        world().partnerCenter().patch("/sandbox/deals/" + referralId, Map.of("status", "Closed", "substatus", "Won",
                "closedDateTime", "2026-03-31T10:00:00Z"));
        world().resumeSync();

        world().eventually(() -> assertThat(crm().won(crm().opportunity(crmId))).isTrue());
        assertThat(crm().opportunity(crmId)).containsEntry("actualclosedate", "2026-03-31");
        world().andAgainNothingHappens();
        assertThat(crm().opportunity(crmId)).containsEntry("actualclosedate", "2026-03-31");
        assertThat(world().auditSituations(crmId)).doesNotContain("REFUSED", "CONFLICT");
    }

    @Test
    void a_deal_that_is_lost_keeps_its_estimate() {
        String crmId = crm().newOpportunity(Map.of("estimatedvalue", 90000));
        String referralId = (String) world().referralFor(crmId).get("id");
        crm().api().post("/sandbox/opportunities/" + crmId + "/lose", Map.of("actualrevenue", 0));
        world().eventually(() -> assertThat(world().referral(referralId)).containsEntry("substatus", "Lost"));
        assertThat(world().valueOf(world().referral(referralId))).isEqualByComparingTo("90000");
        world().andAgainNothingHappens();
    }
}
