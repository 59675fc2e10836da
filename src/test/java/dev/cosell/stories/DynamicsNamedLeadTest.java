package dev.cosell.stories;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The leads that Microsoft's flow made, lived through with Dynamics 365. */
@InWorld("dynamics")
class DynamicsNamedLeadTest extends NamedLeadStories {
    /** The manual says so: a GUID does not tell its table, and no opportunity has it. */
    @Test
    void with_leads_as_opportunities_nothing_is_made_of_a_named_lead_until_the_referral_names_nothing() {
        try (World world = new World(Map.of("leads", "opportunities"), Path.of("routes"), "dynamics")) {
            LeadDriver leads = world.crm().leads();
            String leadId = leads.made("Flowmade Ltd", "Kerr", "open@lead.example");
            String referralId = inquiry(world, "open@lead.example", leadId);
            world.eventually(() -> assertThat(world.auditTrail(referralId)).anySatisfy(line -> assertThat(line)
                    .contains(leadId, "is no opportunity", "clear the referral's CRM id", "(CS-119)")));
            world.andAgainNothingHappens();
            assertThat(world.crm().opportunitiesOf(referralId)).isEmpty();

            clearCrmId(world, referralId);
            String crmId = world.crm().id(world.opportunityFor(referralId));
            world.eventually(
                    () -> assertThat(world.referral(referralId)).containsEntry("externalReferenceId", crmId));
            world.andAgainNothingHappens();
        }
    }
}
