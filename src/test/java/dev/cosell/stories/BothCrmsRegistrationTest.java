package dev.cosell.stories;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The registration of a deal that was shared from the second of two CRMs. */
@InWorld(value = {"dynamics", "salesforce"}, settings = {"partner-center.deal-registration=on",
        "partner-center.deal-registration.interval=300ms", "partner-center.deal-registration.solutions=SOL-20011-KLM",
        "partner-center.deal-registration.thresholds=GBP 20000"})
class BothCrmsRegistrationTest {
    private static World world;

    /** The first CRM was asked for an opportunity with the id of the second, and the seller read nothing. */
    @Test
    void the_outcome_of_a_registration_was_told_to_the_first_crm_although_the_deal_was_shared_from_the_second() {
        CrmDriver salesforce = world.crm("salesforce");
        CrmDriver dynamics = world.crm("dynamics");
        String id = salesforce.newOpportunity(visibleAndWithIncentive(salesforce));
        world.eventually(() -> assertThat(salesforce.referralId(salesforce.opportunity(id))).isNotNull());
        String referralId = salesforce.referralId(salesforce.opportunity(id));
        String inDynamics = dynamics.id(world.opportunityFor(dynamics, referralId));
        world.settle();
        assertThat(world.referral(referralId)).containsEntry("externalReferenceId", id);

        // The first write closes the deal, the second would register it.
        world.partnerCenter().post("/sandbox/faults", Map.of("method", "PATCH", "path", referralId, "skip", 1,
                "status", 400, "body",
                Map.of("error", Map.of("code", "invalidRequest", "message", "The deal is younger than 72 hours."))));
        try (Log log = Log.from(Level.WARN)) {
            salesforce.win(id);
            List.of(id, inDynamics).forEach(each -> world.eventually(() -> assertThat(world.auditTrail(each))
                    .anyMatch(line -> line.contains("could not be registered") && line.contains("72 hours"))));
            assertThat(log.lines()).noneMatch(line -> line.contains("could not be told"));
        }
        assertThat(salesforce.audit(salesforce.opportunity(id))).containsOnlyOnce("could not be registered");
        world.eventually(() -> assertThat(dynamics.won(dynamics.opportunity(inDynamics))).isTrue());
        world.andAgainNothingHappens();
    }

    private static Map<String, Object> visibleAndWithIncentive(CrmDriver crm) {
        Map<String, Object> fields = new LinkedHashMap<>(crm.visibleToMicrosoft());
        fields.put("solutions", List.of(Map.of("id", "SOL-20011-KLM", "name", "Crane Insight")));
        return fields;
    }
}
