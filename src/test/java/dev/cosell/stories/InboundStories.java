package dev.cosell.stories;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A deal that Microsoft sends: it waits on hold until the seller accepts or declines it in the CRM. */
abstract class InboundStories extends Stories {
    protected abstract boolean onHold(Map<String, Object> opportunity);

    /** The seller begins to work on the deal. */
    protected abstract void accept(String crmId);

    /** The seller turns the deal down and says why. */
    protected abstract void lose(String crmId, String reason);

    /** The seller enters a reason and leaves the deal open. */
    protected abstract void reason(String crmId, String reason);

    protected abstract String lossReason(Map<String, Object> opportunity);

    private record Deal(String referralId, String crmId) {}

    private Deal inbound() {
        String referralId = (String) world().partnerCenter().post("/sandbox/microsoft/deals", Map.of()).get("id");
        Deal deal = new Deal(referralId, crm().id(world().opportunityFor(referralId)));
        world().settle();
        return deal;
    }

    private void referralBecomes(Deal deal, String status, String substatus) {
        world().eventually(() -> assertThat(world().referral(deal.referralId)).containsEntry("status", status)
                .containsEntry("substatus", substatus));
    }

    /** Scenario 11. */
    @Test
    void an_inbound_deal_arrives_on_hold_and_edits_there_do_not_travel() {
        Deal deal = inbound();
        assertThat(onHold(crm().opportunity(deal.crmId))).isTrue();
        assertThat(crm().syncWanted(crm().opportunity(deal.crmId))).isTrue();

        crm().changeValue(deal.crmId, 81100);
        world().settle();
        assertThat(world().valueOf(world().referral(deal.referralId))).isEqualByComparingTo("50000");
        assertThat(world().referral(deal.referralId)).containsEntry("status", "New");
        assertThat(crm().value(crm().opportunity(deal.crmId))).isEqualByComparingTo("81100");
        world().andAgainNothingHappens();
    }

    /** Scenario 12. */
    @Test
    void an_inbound_deal_accepted_in_the_crm_is_accepted_in_partner_center_and_later_edits_travel() {
        Deal deal = inbound();
        crm().changeValue(deal.crmId, 81200);
        world().settle();
        accept(deal.crmId);
        referralBecomes(deal, "Active", "Accepted");
        world().eventually(
                () -> assertThat(world().valueOf(world().referral(deal.referralId))).isEqualByComparingTo("81200"));

        crm().changeValue(deal.crmId, 81250);
        world().eventually(
                () -> assertThat(world().valueOf(world().referral(deal.referralId))).isEqualByComparingTo("81250"));
        world().andAgainNothingHappens();
    }

    /** The audit said that help was asked for, which counted as agreed although Microsoft was sent nothing. */
    @Test
    void help_is_not_told_as_asked_for_where_microsoft_has_its_part_in_the_deal_already() {
        Deal deal = inbound();
        world().partnerCenter().post("/sandbox/microsoft/" + deal.referralId + "/invited", Map.of());
        accept(deal.crmId);
        referralBecomes(deal, "Active", "Accepted");
        world().settle();
        askForHelpWith(deal, 81300);

        world().eventually(() -> assertThat(crm().audit(crm().opportunity(deal.crmId)))
                .contains("Microsoft already has its part in the deal"));
        assertThat(world().valueOf(world().referral(deal.referralId))).isEqualByComparingTo("81300");
        assertThat(crm().audit(crm().opportunity(deal.crmId))).doesNotContain("-> ProofOfConceptOrDemo");
        assertThat(world().auditTrail(deal.crmId)).noneMatch(line -> line.contains("-> ProofOfConceptOrDemo"));
        assertThat(world().microsoftReferralsOf(world().referral(deal.referralId))).hasSize(1);
        world().andAgainNothingHappens();
    }

    /** Nothing would have been sent, and yet the whole edit was parked for what an invitation lacks. */
    @Test
    void an_edit_that_asks_for_help_is_not_parked_for_an_empty_team_where_microsoft_is_in_the_deal_already() {
        String referralId = (String) world().partnerCenter().post("/sandbox/microsoft/deals", Map.of("team", List.of()))
                .get("id");
        Deal deal = new Deal(referralId, crm().id(world().opportunityFor(referralId)));
        world().partnerCenter().post("/sandbox/microsoft/" + referralId + "/invited", Map.of());
        world().settle();
        accept(deal.crmId);
        referralBecomes(deal, "Active", "Accepted");
        world().settle();
        askForHelpWith(deal, 81400);

        world().eventually(() -> assertThat(world().valueOf(world().referral(referralId)))
                .isEqualByComparingTo("81400"));
        world().settle();
        assertThat(crm().audit(crm().opportunity(deal.crmId))).contains("Microsoft already has its part in the deal");
        assertThat(world().parked()).noneMatch(line -> line.contains(deal.crmId));
        assertThat(world().microsoftReferralsOf(world().referral(referralId))).hasSize(1);
        world().andAgainNothingHappens();
    }

    /** Both in one poll. */
    private void askForHelpWith(Deal deal, int value) {
        world().pauseSync();
        crm().changeValue(deal.crmId, value);
        crm().api().patch("/sandbox/opportunities/" + deal.crmId, crm().askForHelp());
        world().resumeSync();
    }

    /** Scenario 13. */
    @Test
    void an_inbound_deal_lost_in_the_crm_is_declined_with_the_sellers_reason() {
        Deal deal = inbound();
        lose(deal.crmId, "Not a customer");

        referralBecomes(deal, "Closed", "Declined");
        assertThat(world().referral(deal.referralId)).containsEntry("statusReason", "Not a customer");
        assertThat(crm().lost(crm().opportunity(deal.crmId))).isTrue();
        world().andAgainNothingHappens();
    }

    /** The decline carried the CRM's id, and the deal was parked with a refusal that nobody could mend. */
    @Test
    void a_deal_is_declined_where_the_tenant_refuses_the_crm_id_of_unanswered_deals() {
        world().partnerCenter().post("/sandbox/settings", Map.of("refuseCrmIdWhileNew", true));
        try {
            Deal deal = inbound();
            assertThat(world().referral(deal.referralId)).containsEntry("externalReferenceId", null);
            lose(deal.crmId, "Not a customer");

            referralBecomes(deal, "Closed", "Declined");
            assertThat(world().referral(deal.referralId)).containsEntry("statusReason", "Not a customer");
            assertThat(crm().lost(crm().opportunity(deal.crmId))).isTrue();
            assertThat(world().parked()).noneMatch(line -> line.contains(deal.crmId));
            world().andAgainNothingHappens();
        } finally {
            world().partnerCenter().post("/sandbox/settings", Map.of("refuseCrmIdWhileNew", false));
        }
    }

    @Test
    void an_accepted_deal_lost_in_the_crm_is_lost_with_the_sellers_reason() {
        Deal deal = inbound();
        accept(deal.crmId);
        referralBecomes(deal, "Active", "Accepted");
        world().settle();
        lose(deal.crmId, "Proposed timeline too short");

        referralBecomes(deal, "Closed", "Lost");
        assertThat(world().referral(deal.referralId)).containsEntry("statusReason", "Proposed timeline too short");
        world().andAgainNothingHappens();
    }

    /**
     * Where Partner Center demands a reason the close was parked, and the deal stayed open there. The dialogue that
     * closes an opportunity in Dynamics 365 asks for none.
     */
    @ParameterizedTest(name = "demanded: {0}")
    @ValueSource(booleans = {true, false})
    void a_deal_that_a_seller_loses_without_giving_a_reason_stayed_open_in_partner_center(boolean demanded) {
        world().partnerCenter().post("/sandbox/settings", Map.of("demandReason", demanded));
        try {
            Deal declined = inbound();
            crm().lose(declined.crmId);
            referralBecomes(declined, "Closed", "Declined");
            Deal lost = inbound();
            accept(lost.crmId);
            referralBecomes(lost, "Active", "Accepted");
            world().settle();
            crm().lose(lost.crmId);
            referralBecomes(lost, "Closed", "Lost");

            world().andAgainNothingHappens();
            for (Deal deal : List.of(declined, lost)) {
                assertThat(world().referral(deal.referralId)).containsEntry("statusReason", "Other");
                assertThat(lossReason(crm().opportunity(deal.crmId))).as("the seller's field").isNull();
                assertThat(world().auditTrail(deal.crmId))
                        .anySatisfy(line -> assertThat(line).contains("Other is used in Partner Center"));
                assertThat(world().parked()).noneMatch(line -> line.contains(deal.crmId));
            }
        } finally {
            world().partnerCenter().post("/sandbox/settings", Map.of("demandReason", false));
        }
    }

    /** A win went to Partner Center with the reason of a loss, which nobody can take back there. */
    @Test
    void a_reason_that_is_left_in_the_field_does_not_go_along_with_a_win() {
        Deal deal = inbound();
        accept(deal.crmId);
        referralBecomes(deal, "Active", "Accepted");
        world().settle();
        reason(deal.crmId, "Proposed timeline too short");
        world().settle();
        String told = crm().audit(crm().opportunity(deal.crmId));
        crm().win(deal.crmId);

        referralBecomes(deal, "Closed", "Won");
        world().settle();
        assertThat(String.valueOf(world().referral(deal.referralId).get("statusReason"))).isIn("null", "");
        assertThat(crm().audit(crm().opportunity(deal.crmId)).substring(0,
                crm().audit(crm().opportunity(deal.crmId)).length() - told.length())).doesNotContain("stays different");
        world().andAgainNothingHappens();
    }

    @Test
    void a_reason_given_in_the_portal_shows_in_the_crm() {
        Deal deal = inbound();
        world().partnerCenter().patch("/sandbox/deals/" + deal.referralId,
                Map.of("status", "Closed", "substatus", "Declined", "statusReason", "Customer did not respond"));

        world().eventually(() -> assertThat(crm().lost(crm().opportunity(deal.crmId))).isTrue());
        assertThat(lossReason(crm().opportunity(deal.crmId))).isEqualTo("Customer did not respond");
        world().andAgainNothingHappens();
    }

    /** Scenario 14. */
    @Test
    void an_inbound_deal_nobody_answered_expires_and_the_opportunity_is_closed() {
        Deal deal = inbound();
        world().partnerCenter().patch("/sandbox/deals/" + deal.referralId,
                Map.of("status", "Closed", "substatus", "Expired"));

        world().eventually(() -> assertThat(crm().lost(crm().opportunity(deal.crmId))).isTrue());
        world().andAgainNothingHappens();
    }
}
