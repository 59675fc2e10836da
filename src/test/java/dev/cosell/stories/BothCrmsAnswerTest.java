package dev.cosell.stories;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** With two CRMs, both show what Microsoft answers. */
class BothCrmsAnswerTest {
    @Test
    void microsofts_answer_reaches_both() {
        try (World world = new World("salesforce", "dynamics")) {
            CrmDriver salesforce = world.crm("salesforce");
            CrmDriver dynamics = world.crm("dynamics");
            String salesforceId = salesforce.newOpportunity(salesforce.askForHelp());
            String referralId = (String) world.referralFor(salesforceId).get("id");
            String dynamicsId = dynamics.id(world.opportunityFor(dynamics, referralId));
            world.settle();
            world.partnerCenter().post("/sandbox/microsoft/" + referralId + "/accept",
                    Map.of("sellers", List.of(Map.of("firstName", "Jo"))));

            world.eventually(() -> assertThat(salesforce.opportunity(salesforceId))
                    .containsEntry("Microsoft_Status__c", "Active")
                    .containsEntry("Microsoft_Sellers__c", "Jo"));
            world.eventually(
                    () -> assertThat(dynamics.opportunity(dynamicsId)).containsEntry("cosell_microsoftstatus", "Active")
                            .containsEntry("cosell_microsoftsellers", "Jo"));
            world.andAgainNothingHappens();
        }
    }
}
