package dev.cosell.stories;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Stories that need two CRMs beside Partner Center. Salesforce is the first, so its ids stand on the referrals. */
@InWorld({"salesforce", "dynamics"})
class BothCrmsStoriesTest {
    private static World world;

    private record Deal(String referralId, String salesforceId, String dynamicsId) {
        String in(String crm) {
            return Map.of("salesforce", salesforceId, "dynamics", dynamicsId).get(crm);
        }
    }

    private static CrmDriver salesforce() {
        return world.crm("salesforce");
    }

    private static CrmDriver dynamics() {
        return world.crm("dynamics");
    }

    private static Deal joinedDeal() {
        return joined(world.newDeal(Map.of()));
    }

    private static Deal joined(String referralId) {
        Deal deal = new Deal(referralId, salesforce().id(world.opportunityFor(salesforce(), referralId)),
                dynamics().id(world.opportunityFor(dynamics(), referralId)));
        world.eventually(
                () -> assertThat(world.referral(referralId)).containsEntry("externalReferenceId", deal.salesforceId));
        world.settle();
        return deal;
    }

    private static void portalChanges(Deal deal, int value) {
        world.partnerCenter().patch("/sandbox/deals/" + deal.referralId, Map.of("details", Map.of("dealValue", value)));
    }

    private static void valueIn(CrmDriver crm, String id, int value) {
        world.eventually(() -> assertThat(crm.value(crm.opportunity(id))).as(crm.name())
                .isEqualByComparingTo(String.valueOf(value)));
    }

    private static void valueInPartnerCenter(Deal deal, int value) {
        world.eventually(() -> assertThat(world.valueOf(world.referral(deal.referralId)))
                .isEqualByComparingTo(String.valueOf(value)));
    }

    @Test
    void a_deal_made_in_the_portal_arrives_in_both_and_names_the_first() {
        Deal deal = joinedDeal();
        assertThat(dynamics().referralId(dynamics().opportunity(deal.dynamicsId))).isEqualTo(deal.referralId);
        assertThat(salesforce().referralId(salesforce().opportunity(deal.salesforceId))).isEqualTo(deal.referralId);
        assertThat(world.referral(deal.referralId)).containsEntry("externalReferenceId", deal.salesforceId);
        world.andAgainNothingHappens();
    }

    @ParameterizedTest
    @ValueSource(strings = {"salesforce", "dynamics"})
    void a_value_changed_in_one_crm_reaches_partner_center_and_the_other(String from) {
        Deal deal = joinedDeal();
        world.crm(from).changeValue(deal.in(from), 47100);
        valueInPartnerCenter(deal, 47100);
        valueIn(dynamics(), deal.dynamicsId, 47100);
        valueIn(salesforce(), deal.salesforceId, 47100);
        world.andAgainNothingHappens();
    }

    @Test
    void won_in_the_second_closes_the_referral_and_the_first() {
        Deal deal = joinedDeal();
        dynamics().win(deal.dynamicsId);
        world.eventually(() -> assertThat(world.referral(deal.referralId)).containsEntry("status", "Closed")
                .containsEntry("substatus", "Won"));
        world.eventually(() -> assertThat(salesforce().won(salesforce().opportunity(deal.salesforceId))).isTrue());
        assertThat(dynamics().won(dynamics().opportunity(deal.dynamicsId))).isTrue();
        world.andAgainNothingHappens();
    }

    /** It lost to the acceptance, which a closed opportunity of Dynamics 365 cannot take, and stayed alone for ever. */
    @Test
    void a_win_in_the_second_was_dropped_when_the_deal_had_been_accepted_in_the_first_meanwhile() {
        Deal deal = joined((String) world.partnerCenter().post("/sandbox/microsoft/deals", Map.of()).get("id"));
        world.operations().pause("dynamics");
        salesforce().work(deal.salesforceId);
        world.eventually(() -> assertThat(world.referral(deal.referralId)).containsEntry("status", "Active"));
        dynamics().win(deal.dynamicsId);
        world.operations().resume("dynamics");

        world.eventually(() -> assertThat(world.referral(deal.referralId)).containsEntry("status", "Closed")
                .containsEntry("substatus", "Won"));
        world.eventually(() -> assertThat(salesforce().won(salesforce().opportunity(deal.salesforceId))).isTrue());
        assertThat(dynamics().won(dynamics().opportunity(deal.dynamicsId))).isTrue();
        assertThat(world.parked()).noneMatch(line -> line.contains(deal.referralId));
        world.andAgainNothingHappens();
    }

    @Test
    void closed_in_the_portal_as_lost_closes_both() {
        Deal deal = joinedDeal();
        world.partnerCenter().patch("/sandbox/deals/" + deal.referralId,
                Map.of("status", "Closed", "substatus", "Lost", "statusReason", "Customer chose another vendor"));
        world.eventually(() -> assertThat(salesforce().lost(salesforce().opportunity(deal.salesforceId))).isTrue());
        world.eventually(() -> assertThat(dynamics().lost(dynamics().opportunity(deal.dynamicsId))).isTrue());
        world.andAgainNothingHappens();
    }

    /** Scenario: a sick CRM never delays the other. */
    @ParameterizedTest
    @ValueSource(strings = {"{\"status\":503}", "{\"drop\":\"before\"}"})
    void while_the_second_is_away_the_first_goes_on_and_the_second_catches_up(String how) {
        Deal deal = joinedDeal();
        Map<String, Object> rule = new LinkedHashMap<>(
                Api.object(how.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        rule.putAll(Map.of("path", "/api/data/", "times", 1_000_000));
        dynamics().api().post("/sandbox/faults", rule);
        try {
            portalChanges(deal, 58200);
            valueIn(salesforce(), deal.salesforceId, 58200);
            salesforce().changeValue(deal.salesforceId, 58300);
            valueInPartnerCenter(deal, 58300);
            assertThat(dynamics().value(dynamics().opportunity(deal.dynamicsId))).isNotEqualByComparingTo("58300");
            assertThat(world.parked()).noneSatisfy(line -> assertThat(line).contains(deal.referralId));
        } finally {
            dynamics().api().delete("/sandbox/faults");
        }
        valueIn(dynamics(), deal.dynamicsId, 58300);
        world.andAgainNothingHappens();
    }

    @Test
    void an_opportunity_shared_from_the_second_appears_in_the_first_and_the_referral_goes_on_naming_the_second() {
        String dynamicsId = dynamics().newOpportunity(Map.of());
        world.eventually(() -> assertThat(dynamics().referralId(dynamics().opportunity(dynamicsId))).isNotNull());
        String referralId = dynamics().referralId(dynamics().opportunity(dynamicsId));
        String salesforceId = salesforce().id(world.opportunityFor(salesforce(), referralId));
        world.settle();
        assertThat(world.referral(referralId)).containsEntry("externalReferenceId", dynamicsId);
        assertThat(dynamics().opportunitiesOf(referralId)).hasSize(1);
        assertThat(salesforce().value(salesforce().opportunity(salesforceId)))
                .isEqualByComparingTo(dynamics().value(dynamics().opportunity(dynamicsId)));
        world.andAgainNothingHappens();
        assertThat(salesforce().opportunitiesOf(referralId)).hasSize(1);
    }

    @Test
    void an_opportunity_shared_from_the_first_appears_in_the_second() {
        String salesforceId = salesforce().newOpportunity(Map.of());
        Map<String, Object> referral = world.referralFor(salesforceId);
        world.opportunityFor(dynamics(), (String) referral.get("id"));
        assertThat(world.referral((String) referral.get("id"))).containsEntry("externalReferenceId", salesforceId);
        world.andAgainNothingHappens();
    }

    @Test
    void a_second_start_finds_its_state() {
        Deal deal = joinedDeal();
        List<String> audit = world.auditTrail(deal.dynamicsId);
        world.restart();
        world.andAgainNothingHappens();
        assertThat(world.auditTrail(deal.dynamicsId)).startsWith(audit.toArray(String[]::new));

        world.stopApplication();
        salesforce().changeValue(deal.salesforceId, 69300);
        world.start();
        valueInPartnerCenter(deal, 69300);
        valueIn(dynamics(), deal.dynamicsId, 69300);
        world.andAgainNothingHappens();
    }

    @Test
    void a_change_in_partner_center_while_the_application_is_down_arrives_with_the_next_sweep() {
        Deal deal = joinedDeal();
        world.stopApplication();
        portalChanges(deal, 70400);
        world.start();
        valueIn(salesforce(), deal.salesforceId, 70400);
        valueIn(dynamics(), deal.dynamicsId, 70400);
        world.andAgainNothingHappens();
    }
}
