package dev.cosell.stories;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * With two CRMs a referral names a record of one of them. Salesforce is the first, whose ids stand on referrals that
 * name nothing.
 */
@InWorld({"salesforce", "dynamics"})
class BothCrmsKnownDealTest {
    private static World world;

    private static String hidden(CrmDriver crm, Map<String, Object> fields) {
        Map<String, Object> all = new HashMap<>(fields);
        all.putAll(crm.shared(false));
        return crm.newOpportunity(all);
    }

    @Test
    void a_referral_that_names_the_second_crms_record_keeps_it_and_gets_a_new_opportunity_in_the_first() {
        CrmDriver dynamics = world.crm("dynamics");
        String dynamicsId = hidden(dynamics, Map.of());
        String named = "{" + dynamicsId.toUpperCase() + "}";
        world.pauseSync();
        dynamics.api().patch("/sandbox/opportunities/" + dynamicsId, dynamics.shared(true));
        String referralId = world.newDeal(Map.of("externalReferenceId", named));
        world.resumeSync();

        world.opportunityFor(world.crm("salesforce"), referralId);
        world.eventually(() -> assertThat(dynamics.referralId(dynamics.opportunity(dynamicsId))).isEqualTo(referralId));
        world.settle();
        assertThat(world.referral(referralId)).containsEntry("externalReferenceId", named);
        assertThat(dynamics.opportunitiesOf(referralId)).hasSize(1);
        assertThat(world.crm("salesforce").opportunitiesOf(referralId)).hasSize(1);
        world.andAgainNothingHappens();
    }

    @Test
    void the_first_crm_finds_its_own_by_the_identifier() {
        CrmDriver salesforce = world.crm("salesforce");
        CrmDriver dynamics = world.crm("dynamics");
        world.pauseSync();
        String dynamicsId = dynamics.newOpportunity(Map.of());
        String referralId = world.newDeal(Map.of("externalReferenceId", dynamicsId));
        String salesforceId = salesforce
                .newOpportunity(Map.of("Referral_Identifier__c", "{" + referralId.toUpperCase() + "}"));
        world.resumeSync();

        world.eventually(() -> assertThat(world.auditTrail(salesforceId))
                .anySatisfy(line -> assertThat(line).contains("Joined with referral " + referralId)));
        world.eventually(() -> assertThat(dynamics.referralId(dynamics.opportunity(dynamicsId))).isEqualTo(referralId));
        world.settle();
        assertThat(world.referral(referralId)).containsEntry("externalReferenceId", dynamicsId);
        assertThat(salesforce.opportunitiesOf(referralId)).as("none beside the one that a person joined").isEmpty();
        world.andAgainNothingHappens();
    }
}
