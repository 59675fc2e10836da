package dev.cosell.stories;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A lead goes to every CRM, each of which goes its own way with it; the first one's ids stand on the referral. */
class BothCrmsLeadStoriesTest {
    @Test
    void a_lead_arrives_in_both_crms_and_becomes_an_opportunity_in_both() {
        try (World world = new World(Map.of("leads", "leads", "marketplace-leads.path-secret", LeadStories.SECRET),
                Path.of("routes"), "dynamics", "salesforce")) {
            List<LeadDriver> both = List.of(world.crm("dynamics").leads(), world.crm("salesforce").leads());
            String referralId = (String) world.partnerCenter().post("/sandbox/leads", Map.of("details",
                    Map.of("dealValue", 15000, "closingDateTime", "2027-02-28T00:00:00Z"))).get("id");
            both.forEach(crm -> world.eventually(() -> assertThat(crm.of(referralId)).hasSize(1)));
            world.eventually(() -> assertThat(world.referral(referralId)).containsEntry("externalReferenceId",
                    both.get(0).id(both.get(0).of(referralId).get(0))));
            world.settle();

            world.partnerCenter().post("/sandbox/leads/" + referralId + "/accept", Map.of());
            both.forEach(crm -> world.opportunityFor(crm.crm(), referralId));
            both.forEach(crm -> world.eventually(() -> assertThat(crm.accepted(crm.of(referralId).get(0))).isTrue()));
            world.eventually(() -> assertThat(world.referral(referralId)).containsEntry("externalReferenceId",
                    world.crm("dynamics").id(world.opportunityFor(world.crm("dynamics"), referralId))));

            assertThat(world.application()
                    .raw("POST", "/webhooks/marketplace-leads/" + LeadStories.SECRET,
                            LeadStories.push("both@lead.example"),
                            LeadStories.json())
                    .statusCode()).isEqualTo(200);
            both.forEach(crm -> world.eventually(() -> assertThat(crm.withEmail("both@lead.example")).hasSize(1)));
            world.andAgainNothingHappens();
        }
    }
}
