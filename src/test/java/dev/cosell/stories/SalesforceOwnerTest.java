package dev.cosell.stories;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Owners in Salesforce: people who have left, people without a phone, and queues. */
@InWorld("salesforce")
class SalesforceOwnerTest extends OwnerStories {
    private static final String SELLER = "/sandbox/seller/sobjects/";
    private static World world;

    private static int assign(String record, Object owner) {
        return world.crm().api().raw("PATCH", SELLER + record, Api.bytes(Map.of("OwnerId", owner)),
                Map.of("Content-Type", "application/json")).statusCode();
    }

    private Runnable handedTo(String crmId, Map<String, Object> user) {
        Map<String, Object> fields = new HashMap<>(
                Map.of("Username", UUID.randomUUID() + "@cosell.example", "FirstName", "Una", "LastName", "User",
                        "Email", UUID.randomUUID() + "@cosell.example", "Phone", "+44 20 7946 0102"));
        fields.putAll(user);
        fields.values().removeIf(""::equals);
        return () -> assertThat(assign("Opportunity/" + crmId, crm().api().post(SELLER + "User", fields).get("id")))
                .isEqualTo(204);
    }

    @Override
    protected Map<String, Runnable> ownersThatAreNobody(String crmId) {
        Map<String, Runnable> owners = new LinkedHashMap<>();
        owners.put("it is an inactive user", handedTo(crmId, Map.of("IsActive", false)));
        owners.put("the user has no phone number", handedTo(crmId, Map.of("Phone", "")));
        owners.put("the user has no first name and no phone number and no e-mail address",
                handedTo(crmId, Map.of("FirstName", "", "Phone", "", "Email", "")));
        return owners;
    }

    private Object queue() {
        return crm().api().post(SELLER + "Group", Map.of("Name", "Queue", "Type", "Queue")).get("id");
    }

    @Override
    protected String handToTeam(String leadId) {
        Object queue = queue();
        assertThat(queue).asString().startsWith("00G");
        assertThat(assign("Lead/" + leadId, queue)).isEqualTo(204);
        return (String) queue;
    }

    @Override
    protected Object ownerOfLead(String leadId) {
        return crm().api().get(SELLER + "Lead/" + leadId).get("OwnerId");
    }

    @Override
    protected Object owner(String crmId) {
        return crm().opportunity(crmId).get("OwnerId");
    }

    /** Each write of ours let the assignment rules run, and they took the lead from the seller who had it. */
    @Test
    void a_lead_that_a_seller_took_stays_with_the_seller_when_partner_center_changes_it() {
        crm().api().post("/sandbox/settings", Map.of("leadsGoTo", queue()));
        try {
            String referralId = (String) world().partnerCenter().post("/sandbox/leads", Map.of()).get("id");
            LeadDriver leads = crm().leads();
            world().eventually(() -> assertThat(leads.of(referralId)).hasSize(1));
            world().settle();
            String leadId = leads.id(leads.of(referralId).get(0));
            assertThat(ownerOfLead(leadId)).as("the rule is for new leads").asString().startsWith("00G");

            Object seller = Api.list(((SalesforceDriver) crm())
                    .query("SELECT Id FROM User WHERE Username = 'seller@cosell.example'").get("records")).get(0)
                    .get("Id");
            assertThat(assign("Lead/" + leadId, seller)).isEqualTo(204);
            world().partnerCenter().patch("/sandbox/deals/" + referralId,
                    Map.of("details", Map.of("notes", "Ask for Sam.")));
            world().eventually(() -> assertThat(leads.notes(leads.of(referralId).get(0))).isEqualTo("Ask for Sam."));
            world().andAgainNothingHappens();
            assertThat(ownerOfLead(leadId)).isEqualTo(seller);
        } finally {
            crm().api().post("/sandbox/settings", SalesforceDriver.nothing("leadsGoTo"));
        }
    }

    /** Which is why only leads can be in a queue. */
    @Test
    void an_opportunity_takes_no_queue_for_an_owner() {
        assertThat(assign("Opportunity/" + crm().newOpportunity(crm().shared(false)), queue())).isEqualTo(400);
    }
}
