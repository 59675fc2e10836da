package dev.cosell.stories;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The leads that Microsoft's flow made, lived through with Salesforce. */
@InWorld("salesforce")
class SalesforceNamedLeadTest extends NamedLeadStories {
    /** The manual says so: an id of Salesforce tells that it is no opportunity's. */
    @Test
    void with_leads_as_opportunities_an_opportunity_is_made_at_once_and_the_named_lead_stays_as_it_is() {
        try (World world = new World(Map.of("leads", "opportunities"), Path.of("routes"), "salesforce")) {
            LeadDriver leads = world.crm().leads();
            String leadId = leads.made("Flowmade Ltd", "Kerr", "open@lead.example");
            String referralId = inquiry(world, "open@lead.example", leadId);
            String told = "names the lead " + leadId + ", which stays as it is; close it in the CRM if it is the same";
            assertThat(world.crm().audit(world.opportunityFor(referralId))).contains(told);
            world.eventually(() -> assertThat(world.auditTrail(referralId))
                    .anySatisfy(line -> assertThat(line).contains(told, "(CS-101)")));
            world.andAgainNothingHappens();
            assertThat(world.referral(referralId)).containsEntry("externalReferenceId", leadId);
            assertThat(leads.withEmail("open@lead.example")).singleElement()
                    .satisfies(lead -> assertThat(leads.open(lead)).isTrue());
        }
    }
}
