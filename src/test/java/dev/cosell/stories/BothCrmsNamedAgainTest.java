package dev.cosell.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.sync.books.Watermarks;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** One of two CRMs is taken out of the settings and named again later. A sweep goes back hardly any time by itself. */
@InWorld(value = {"salesforce", "dynamics"}, settings = {"partner-center.sweep-interval=500ms",
        "partner-center.sweep-overlap=1ms"})
class BothCrmsNamedAgainTest {
    private static World world;

    private static CrmDriver salesforce() {
        return world.crm("salesforce");
    }

    private static CrmDriver dynamics() {
        return world.crm("dynamics");
    }

    private static void valueIn(CrmDriver crm, String id, String value) {
        world.eventually(
                () -> assertThat(crm.value(crm.opportunity(id))).as(crm.name()).isEqualByComparingTo(value));
    }

    private static Instant changed(String referralId) {
        return Instant.parse((String) world.referral(referralId).get("updatedDateTime"));
    }

    private static Instant swept() {
        return Instant.parse(world.camel().getRegistry().lookupByNameAndType("watermarks", Watermarks.class)
                .read("partner-center"));
    }

    /** The deal is in Salesforce, and the two know each other. */
    private static void joined(String referralId) {
        String id = salesforce().id(world.opportunityFor(salesforce(), referralId));
        world.eventually(() -> assertThat(world.referral(referralId)).containsEntry("externalReferenceId", id));
    }

    /** It got neither the edit nor the new deal before the next sweep of everything, a day later. */
    @Test
    void what_happens_while_a_crm_is_taken_out_arrives_when_it_is_named_again() {
        String edited = world.newDeal(Map.of());
        joined(edited);
        String inSalesforce = salesforce().id(world.opportunityFor(salesforce(), edited));
        String inDynamics = dynamics().id(world.opportunityFor(dynamics(), edited));
        world.firstReadsAreOver();

        world.restartWith(Map.of("crms", "salesforce"));
        world.partnerCenter().patch("/sandbox/deals/" + edited, Map.of("details", Map.of("dealValue", 31400)));
        valueIn(salesforce(), inSalesforce, "31400");
        String made = world.newDeal(Map.of());
        joined(made);
        joined(world.newDeal(Map.of()));
        world.eventually(() -> assertThat(swept()).isAfter(changed(edited).plusMillis(1))
                .isAfter(changed(made).plusMillis(1)));
        assertThat(dynamics().value(dynamics().opportunity(inDynamics))).isNotEqualByComparingTo("31400");

        world.restartWith(Map.of("crms", "salesforce,dynamics"));
        valueIn(dynamics(), inDynamics, "31400");
        world.opportunityFor(dynamics(), made);
        world.andAgainNothingHappens();
    }
}
