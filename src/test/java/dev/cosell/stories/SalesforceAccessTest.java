package dev.cosell.stories;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Records of Salesforce that our user may not see, and values that another record has. */
@InWorld(value = "salesforce", settings = "leads=leads")
class SalesforceAccessTest extends Stories {
    private static World world;

    private void ownRowsOnly(String... objects) {
        crm().api().post("/sandbox/settings", Map.of("ownRowsOnly", List.of(objects)));
    }

    @AfterEach
    void everythingIsShared() {
        ownRowsOnly();
    }

    private void parkedWith(String recordId, String... words) {
        world.eventually(() -> assertThat(world.parked())
                .anySatisfy(line -> assertThat(line).contains(recordId).contains(words)));
    }

    private void retried(String recordId) {
        world.operations().retryParked(recordId);
    }

    /** It was taken for another writer's, looked for again, not found, and so on for ever without a word. */
    @Test
    void a_deal_whose_opportunity_our_user_may_not_see_is_parked_until_it_may() {
        world.pauseSync();
        String referralId = world.newDeal(Map.of());
        String crmId = crm().newOpportunity(Map.of("Referral_Identifier__c", referralId));
        ownRowsOnly("Opportunity");
        world.resumeSync();
        parkedWith(referralId, crmId, "give it access", "CS-702");

        ownRowsOnly();
        retried(referralId);
        world.eventually(() -> assertThat(world.referral(referralId)).containsEntry("externalReferenceId", crmId));
        world.eventually(() -> assertThat(world.parked()).noneMatch(line -> line.contains(referralId)));
        assertThat(crm().opportunitiesOf(referralId)).hasSize(1);
        world.andAgainNothingHappens();
    }

    /** The rule gives the lead to a seller in the moment in which it is made. */
    @Test
    void a_lead_that_our_user_may_not_see_once_it_is_made_is_parked_until_it_may() {
        Object seller = Api.list(((SalesforceDriver) crm())
                .query("SELECT Id FROM User WHERE Username = 'seller@cosell.example'").get("records")).get(0).get("Id");
        crm().api().post("/sandbox/settings", Map.of("leadsGoTo", seller));
        ownRowsOnly("Lead");
        String referralId = (String) world.partnerCenter().post("/sandbox/leads", Map.of()).get("id");
        parkedWith(referralId, "give", "access", "CS-702");
        assertThat(crm().leads().of(referralId)).as("made once, however often it was tried").hasSize(1);

        ownRowsOnly();
        retried(referralId);
        world.eventually(() -> assertThat(world.referral(referralId)).containsEntry("externalReferenceId",
                crm().leads().id(crm().leads().of(referralId).get(0))));
        world.eventually(() -> assertThat(world.parked()).noneMatch(line -> line.contains(referralId)));
        world.andAgainNothingHappens();
    }

    /** Any unique field was taken for the one with the referral's id, and the change was tried for ever. */
    @Test
    void a_value_that_another_opportunity_has_in_a_unique_field_parks_the_deal_and_names_the_field() {
        SalesforceDriver salesforce = (SalesforceDriver) crm();
        String tooling = "/services/data/v56.0/tooling/";
        Object field = Api.list(salesforce.asApplication("GET", tooling
                + "query?q=SELECT+Id+FROM+CustomField+WHERE+TableEnumOrId='Opportunity'"
                + "+AND+DeveloperName='Microsoft_CRM_Identifier'", null).get("records")).get(0).get("Id");
        salesforce.asApplication("PATCH", tooling + "sobjects/CustomField/" + field, Map.of("Metadata",
                Map.of("type", "Text", "label", "Microsoft CRM Identifier", "length", 100, "unique", true)));
        String other = crm().newOpportunity(crm().shared(false));
        crm().api().patch("/sandbox/opportunities/" + other, Map.of("Microsoft_CRM_Identifier__c", "7-TAKEN"));
        String crmId = crm().newOpportunity(crm().askForHelp());
        String referralId = (String) world.referralFor(crmId).get("id");
        world.eventually(() -> assertThat(crm().opportunity(crmId)).containsEntry("Microsoft_Status__c", "Pending"));
        world.settle();

        world.partnerCenter().post("/sandbox/microsoft/" + referralId + "/msx",
                Map.of("msxId", "7-TAKEN", "on", "own"));
        parkedWith(referralId, "Microsoft_CRM_Identifier__c", other, "CS-508");

        crm().api().patch("/sandbox/opportunities/" + other, SalesforceDriver.nothing("Microsoft_CRM_Identifier__c"));
        retried(referralId);
        world.eventually(() -> assertThat(crm().opportunity(crmId)).containsEntry("Microsoft_CRM_Identifier__c",
                "7-TAKEN"));
        world.andAgainNothingHappens();
    }
}
