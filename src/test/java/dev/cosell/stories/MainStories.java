package dev.cosell.stories;

import static dev.cosell.stories.Api.map;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * The product as its users see it, told once and lived through with each CRM: a deal, a change and a close travel both
 * ways. The application and the sandbox servers run as shipped; people act through the sandbox's controls. Each story
 * ends with "and again: nothing happens".
 */
abstract class MainStories extends Stories {
    // ---- CRM to Partner Center -------------------------------------------------------------------------------------

    /** Scenario 5. */
    @Test
    void an_opportunity_without_help_and_visibility_becomes_a_private_deal() {
        String id = crm().newOpportunity(Map.of());
        Map<String, Object> referral = world().referralFor(id);

        assertThat(map(referral.get("consent"))).containsEntry("consentToShareReferralWithMicrosoftSellers", false);
        assertThat(world().microsoftReferralsOf(referral)).isEmpty();
        assertThat(crm().referralId(crm().opportunity(id))).isEqualTo(referral.get("id"));
        world().andAgainNothingHappens();
    }

    /** Scenario 8. */
    @Test
    void value_and_date_changed_in_the_crm_show_in_partner_center() {
        Joined deal = joinedDeal();
        crm().changeValueAndDate(deal.crmId(), 91000, "2027-03-31");

        world().eventually(() -> {
            Map<String, Object> details = map(world().referral(deal.referralId()).get("details"));
            assertThat(new BigDecimal(details.get("dealValue").toString())).isEqualByComparingTo("91000");
            assertThat(details.get("closingDateTime").toString()).startsWith("2027-03-31T00:00:00");
        });
        world().eventually(() -> assertThat(crm().audit(crm().opportunity(deal.crmId()))).contains("91000"));
        world().andAgainNothingHappens();
    }

    /** Scenario 17. */
    @Test
    void won_in_the_crm_closes_the_referral_and_later_edits_are_refused_in_plain_words() {
        Joined deal = joinedDeal();
        crm().win(deal.crmId());
        world().eventually(() -> assertThat(world().referral(deal.referralId()))
                .containsEntry("status", "Closed").containsEntry("substatus", "Won"));
        world().settle();

        world().partnerCenter().post("/sandbox/stats/reset", Map.of());
        crm().editClosed(deal.crmId(), 123456);
        world().eventually(() -> assertThat(world().auditTrail(deal.crmId())).anySatisfy(line ->
                assertThat(line).contains("closed in Partner Center").contains("final")));
        assertThat(world().partnerCenter().get("/sandbox/stats")).containsEntry("writes", 0);
        world().andAgainNothingHappens();
    }

    // ---- Partner Center to CRM -------------------------------------------------------------------------------------

    /** Scenario 9. */
    @Test
    void a_value_changed_in_partner_center_shows_in_the_crm() {
        Joined deal = joinedDeal();
        world().partnerCenter().patch("/sandbox/deals/" + deal.referralId(),
                Map.of("details", Map.of("dealValue", 83000)));

        world().eventually(
                () -> assertThat(crm().value(crm().opportunity(deal.crmId()))).isEqualByComparingTo("83000"));
        assertThat(crm().audit(crm().opportunity(deal.crmId()))).contains("83000");
        world().andAgainNothingHappens();
    }

    /** Scenario 10. */
    @Test
    void a_deal_made_in_the_portal_arrives_with_account_and_contact_and_learns_its_crm_id() {
        String customer = "Northshore Ports " + UUID.randomUUID();
        String referralId = world().newDeal(Map.of("customerProfile", Map.of("name", customer)));
        Map<String, Object> opportunity = world().opportunityFor(referralId);

        assertThat(crm().accountName(opportunity)).isEqualTo(customer);
        assertThat(crm().syncWanted(opportunity)).isTrue();
        assertThat(crm().referralLink(opportunity)).contains(referralId);
        world().eventually(() -> assertThat(world().referral(referralId)).containsEntry("externalReferenceId",
                crm().id(opportunity)));

        String second = world().newDeal(Map.of("customerProfile", Map.of("name", customer)));
        assertThat(crm().accountId(world().opportunityFor(second))).as("the account is found again")
                .isEqualTo(crm().accountId(opportunity));
        world().andAgainNothingHappens();
    }

    /** Scenario 18. */
    @Test
    void closed_in_the_portal_closes_the_opportunity() {
        Joined won = joinedDeal();
        Joined lost = joinedDeal();
        world().partnerCenter().patch("/sandbox/deals/" + won.referralId(),
                Map.of("status", "Closed", "substatus", "Won"));
        world().partnerCenter().patch("/sandbox/deals/" + lost.referralId(),
                Map.of("status", "Closed", "substatus", "Lost", "statusReason", "Customer chose another vendor"));

        world().eventually(() -> assertThat(crm().won(crm().opportunity(won.crmId()))).isTrue());
        world().eventually(() -> assertThat(crm().lost(crm().opportunity(lost.crmId()))).isTrue());
        world().andAgainNothingHappens();
    }

    // ---- Helpers of the stories
    // --------------------------------------------------------------------------------------

    protected record Joined(String referralId, String crmId) {}

    /** A deal that was made in the portal and has arrived in the CRM. */
    protected Joined joinedDeal() {
        String referralId = world().newDeal(Map.of());
        String crmId = crm().id(world().opportunityFor(referralId));
        world().eventually(() -> assertThat(world().referral(referralId)).containsEntry("externalReferenceId", crmId));
        world().settle();
        return new Joined(referralId, crmId);
    }
}
