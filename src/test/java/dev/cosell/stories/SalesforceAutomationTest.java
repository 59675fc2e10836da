package dev.cosell.stories;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An organisation of Salesforce whose flows change what the sync has written, in the name of the sync's own user. */
@InWorld("salesforce")
class SalesforceAutomationTest {
    private static World world;

    private static void flow(Map<String, Object> fields) {
        world.crm().api().post("/sandbox/settings", Map.of("automation", Map.of("Opportunity", fields)));
    }

    @AfterEach
    void no_flow_any_more() {
        flow(Map.of());
    }

    private static void bothShow(String referralId, String crmId, DealField field, String value) {
        world.eventually(() -> {
            assertThat(field.inCrm(world.crm(), world.crm().opportunity(crmId))).as("CRM").isEqualTo(value);
            assertThat(field.inPortal(world.referral(referralId))).as("portal").isEqualTo(value);
        });
    }

    /** The second column is what the edit in the portal brings, the last what the flow makes of it. */
    @ParameterizedTest
    @CsvSource({"NOTES, 30500, Checked by the flow", "VALUE, 12345, 12345"})
    void what_a_flow_makes_of_our_write_is_on_both_sides_in_the_end_and_goes_round_in_no_circle(DealField changed,
            String value, String made) {
        String referralId = world.newDeal(Map.of());
        String crmId = world.crm().id(world.opportunityFor(referralId));
        world.settle();
        flow(Map.of(world.crm().field(changed == DealField.NOTES ? CrmField.NOTES : CrmField.VALUE),
                changed == DealField.NOTES ? made : 12345));
        DealField.VALUE.editInPortal(world.partnerCenter(), referralId, "30500");

        bothShow(referralId, crmId, DealField.VALUE, value);
        bothShow(referralId, crmId, changed, made);
        world.andAgainNothingHappens();
        bothShow(referralId, crmId, DealField.VALUE, value);
        bothShow(referralId, crmId, changed, made);
        assertThat(world.parked()).isEmpty();
        assertThat(world.auditSituations(crmId)).doesNotContain("UNSTABLE");
    }

    /** It counted as agreed, and the two sides differed for good. */
    @Test
    void what_a_flow_makes_of_a_new_opportunity_is_on_both_sides_in_the_end() {
        flow(Map.of(world.crm().field(CrmField.NOTES), "Checked by the flow"));
        String referralId = world.newDeal(Map.of("details", Map.of("notes", "From the portal")));
        String crmId = world.crm().id(world.opportunityFor(referralId));
        bothShow(referralId, crmId, DealField.NOTES, "Checked by the flow");
        world.andAgainNothingHappens();
        assertThat(world.crm().audit(world.crm().opportunity(crmId))).containsOnlyOnce("→ Checked by the flow");
        assertThat(world.parked()).isEmpty();
    }

    @Test
    void a_flow_that_moves_the_stage_of_a_new_opportunity_accepts_no_deal_of_microsoft() {
        flow(Map.of("StageName", "Qualification"));
        String referralId = (String) world.partnerCenter().post("/sandbox/microsoft/deals", Map.of()).get("id");
        String crmId = world.crm().id(world.opportunityFor(referralId));
        world.settle();
        assertThat(world.crm().opportunity(crmId)).containsEntry("StageName", "Qualification");
        assertThat(world.referral(referralId)).containsEntry("status", "New");
        world.andAgainNothingHappens();
    }
}
