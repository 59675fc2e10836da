package dev.cosell.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.settings.Key;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Leads that Microsoft's flow made: the referral names the lead, and the lead does not carry the referral's id. Each
 * was made once more, and in Dynamics 365 an accepted one ended without an opportunity and without a word.
 */
@WithSettings({"leads=leads", "sync.due-interval=1h"})
abstract class NamedLeadStories extends Stories {
    @TempDir
    Path folder;

    private LeadDriver leads() {
        return crm().leads();
    }

    private static String someone() {
        return UUID.randomUUID() + "@lead.example";
    }

    private String flowMade(String email) {
        return leads().made("Flowmade Ltd", "Kerr", email);
    }

    private String inquiry(String email, String named) {
        return inquiry(world(), email, named);
    }

    /**
     * The referral of that customer, as a flow leaves it.
     *
     * @param named id of a record in the CRM; null for none
     */
    static String inquiry(World world, String email, String named) {
        Map<String, Object> person = Map.of("firstName", "Moira", "lastName", "Kerr", "email", email);
        Map<String, Object> fields = new HashMap<>(Map.of("customerProfile",
                Map.of("name", "Flowmade Ltd", "team", List.of(person)), "details",
                Map.of("dealValue", 15000, "closingDateTime", "2027-02-28T00:00:00Z")));
        fields.put("externalReferenceId", named);
        return (String) world.partnerCenter().post("/sandbox/leads", fields).get("id");
    }

    private void accept(String referralId) {
        world().partnerCenter().post("/sandbox/leads/" + referralId + "/accept", Map.of());
    }

    static void clearCrmId(World world, String referralId) {
        Map<String, Object> nothing = new HashMap<>();
        nothing.put("externalReferenceId", null);
        world.partnerCenter().patch("/sandbox/deals/" + referralId, nothing);
    }

    private void takenOver(String leadId, String referralId) {
        world().eventually(() -> assertThat(leads().of(referralId)).extracting(leads()::id).containsExactly(leadId));
        assertThat(leads().audit(leads().of(referralId).get(0))).contains("Joined with referral " + referralId);
    }

    private void names(String referralId, String crmId) {
        world().eventually(() -> assertThat(world().referral(referralId)).containsEntry("externalReferenceId", crmId));
    }

    /** The lead is finished, the referral names the opportunity, and there is one of each. */
    private void goneOn(String referralId, String email) {
        String crmId = crm().id(world().opportunityFor(referralId));
        names(referralId, crmId);
        world().eventually(() -> assertThat(leads().of(referralId)).singleElement()
                .satisfies(lead -> assertThat(leads().accepted(lead)).isTrue()));
        world().andAgainNothingHappens();
        assertThat(leads().withEmail(email)).hasSize(1);
        assertThat(crm().opportunitiesOf(referralId)).hasSize(1);
        notParked(referralId);
    }

    private void parked(String referralId, String... words) {
        world().eventually(() -> assertThat(world().parked())
                .anySatisfy(line -> assertThat(line).contains(referralId).contains(words)));
    }

    private void notParked(String referralId) {
        world().eventually(() -> assertThat(world().parked())
                .noneSatisfy(line -> assertThat(line).contains(referralId)));
    }

    @ParameterizedTest(name = "in another spelling: {0}")
    @ValueSource(booleans = {false, true})
    void a_lead_that_the_referral_names_is_taken_over_and_goes_on_as_its_opportunity(boolean spelled) {
        String email = someone();
        String leadId = flowMade(email);
        String named = spelled ? crm().otherSpelling(leadId) : leadId;
        String referralId = inquiry(email, named);

        takenOver(leadId, referralId);
        world().andAgainNothingHappens();
        assertThat(leads().withEmail(email)).hasSize(1);
        assertThat(world().referral(referralId)).as("what the flow wrote").containsEntry("externalReferenceId", named);

        accept(referralId);
        goneOn(referralId, email);
    }

    @Test
    void a_named_lead_that_was_accepted_before_the_first_sync_becomes_one_opportunity() {
        String email = someone();
        String leadId = flowMade(email);
        world().pauseSync();
        String referralId = inquiry(email, leadId);
        accept(referralId);
        world().resumeSync();

        goneOn(referralId, email);
        assertThat(leads().of(referralId)).extracting(leads()::id).containsExactly(leadId);
    }

    @Test
    void a_named_lead_that_a_seller_converted_is_not_made_again_and_the_remedy_ends_well() {
        String email = someone();
        String leadId = flowMade(email);
        leads().convert(leadId);
        String referralId = inquiry(email, leadId);
        parked(referralId, leadId, "Referral Identifier of the opportunity", "(CS-206)");
        world().andAgainNothingHappens();

        accept(referralId);
        world().andAgainNothingHappens();
        parked(referralId, leadId, "(CS-206)");
        assertThat(leads().withEmail(email)).hasSize(1);
        assertThat(crm().opportunitiesOf(referralId)).isEmpty();

        Map<String, Object> made = new LinkedHashMap<>(crm().shared(true));
        made.put(crm().field(CrmField.REFERRAL_IDENTIFIER), referralId);
        String crmId = crm().newOpportunity(made);
        world().eventually(() -> assertThat(world().auditTrail(crmId))
                .anySatisfy(line -> assertThat(line).contains("Joined with referral " + referralId)));
        notParked(referralId);
        world().andAgainNothingHappens();
        assertThat(leads().withEmail(email)).hasSize(1);
        assertThat(crm().opportunitiesOf(referralId)).hasSize(1);
    }

    @Test
    void a_second_referral_that_names_the_lead_waits_for_a_person_and_gets_a_lead_of_its_own() {
        String email = someone();
        String leadId = flowMade(email);
        String first = inquiry(email, leadId);
        takenOver(leadId, first);
        String second = inquiry(email, leadId);
        parked(second, leadId, first, "(CS-207)");
        world().andAgainNothingHappens();
        assertThat(leads().withEmail(email)).hasSize(1);

        clearCrmId(world(), second);
        world().eventually(() -> assertThat(leads().of(second)).hasSize(1));
        names(second, leads().id(leads().of(second).get(0)));
        notParked(second);
        world().andAgainNothingHappens();
        assertThat(leads().of(first)).extracting(leads()::id).containsExactly(leadId);
    }

    @Test
    void a_named_lead_with_a_text_of_somebodys_own_waits_until_it_is_cleared() {
        String email = someone();
        String leadId = flowMade(email);
        leads().identify(leadId, "PO-4711");
        String referralId = inquiry(email, leadId);
        parked(referralId, leadId, "\"PO-4711\"", "(CS-207)");
        world().andAgainNothingHappens();
        assertThat(leads().withEmail(email)).hasSize(1);

        leads().identify(leadId, null);
        world().operations().retryAllParked();
        takenOver(leadId, referralId);
        notParked(referralId);
        world().andAgainNothingHappens();
    }

    private String opportunity(boolean shared, String identifier) {
        Map<String, Object> fields = new HashMap<>(crm().shared(shared));
        if (identifier != null) {
            fields.put(crm().field(CrmField.REFERRAL_IDENTIFIER), identifier);
        }
        return crm().newOpportunity(fields);
    }

    private void joined(String crmId, String referralId) {
        world().eventually(() -> assertThat(world().auditTrail(crmId)).as("audit of " + crmId)
                .anySatisfy(line -> assertThat(line).contains("Joined with referral " + referralId)));
    }

    private void oneOpportunityAndNoLead(String referralId, String email) {
        world().andAgainNothingHappens();
        assertThat(crm().opportunitiesOf(referralId)).hasSize(1);
        assertThat(leads().of(referralId)).isEmpty();
        assertThat(leads().withEmail(email)).isEmpty();
        notParked(referralId);
    }

    /** A lead was made beside it, unless the CRM was quicker than Partner Center. */
    @ParameterizedTest(name = "by its Referral Identifier: {0}")
    @ValueSource(booleans = {false, true})
    void an_inquiry_that_has_an_opportunity_is_joined_with_it_also_when_partner_center_reports_first(boolean byId) {
        String email = someone();
        world().pausePolls(crm());
        world().pauseSync();
        String named = byId ? "PO-4711" : opportunity(true, null);
        String referralId = inquiry(email, named);
        String crmId = byId ? opportunity(true, referralId) : named;
        world().resumeSync();
        joined(crmId, referralId);
        world().resumePolls(crm());

        oneOpportunityAndNoLead(referralId, email);
        accept(referralId);
        world().settle();
        crm().changeValue(crmId, 17000);
        world().eventually(
                () -> assertThat(world().valueOf(world().referral(referralId))).isEqualByComparingTo("17000"));
        oneOpportunityAndNoLead(referralId, email);
    }

    @Test
    void an_inquiry_that_names_an_opportunity_whose_sync_is_off_waits_for_it() {
        String email = someone();
        String crmId = opportunity(false, null);
        String referralId = inquiry(email, crmId);
        world().eventually(() -> assertThat(world().auditSituations(referralId)).contains("SWITCHED_OFF"));
        world().andAgainNothingHappens();
        assertThat(leads().withEmail(email)).isEmpty();

        crm().api().patch("/sandbox/opportunities/" + crmId, crm().shared(true));
        joined(crmId, referralId);
        oneOpportunityAndNoLead(referralId, email);
    }

    @Test
    void an_inquiry_that_names_the_opportunity_of_another_deal_waits_for_a_person_and_gets_a_lead_of_its_own() {
        String other = world().newDeal(Map.of());
        String crmId = crm().id(world().opportunityFor(other));
        world().settle();
        String email = someone();
        String referralId = inquiry(email, crmId);
        parked(referralId, "already joined with referral " + other, "clear the referral's CRM id", "(CS-105)");
        world().andAgainNothingHappens();
        assertThat(leads().withEmail(email)).isEmpty();

        clearCrmId(world(), referralId);
        world().eventually(() -> assertThat(leads().of(referralId)).hasSize(1));
        names(referralId, leads().id(leads().of(referralId).get(0)));
        notParked(referralId);
        world().andAgainNothingHappens();
        assertThat(crm().opportunitiesOf(other)).hasSize(1);
    }

    /** It was made once more, and the seller deleted it once more. */
    @Test
    void a_named_lead_that_a_seller_deleted_is_not_made_again_until_the_referral_names_nothing() {
        String email = someone();
        String leadId = flowMade(email);
        leads().delete(leadId);
        String referralId = inquiry(email, leadId);
        world().eventually(() -> assertThat(world().auditTrail(referralId)).anySatisfy(line -> assertThat(line)
                .contains(leadId, "does not exist", "(CS-119)")));
        world().andAgainNothingHappens();
        assertThat(leads().withEmail(email)).isEmpty();

        clearCrmId(world(), referralId);
        world().eventually(() -> assertThat(leads().of(referralId)).hasSize(1));
        world().andAgainNothingHappens();
    }

    @Test
    void a_lead_that_a_seller_deleted_after_the_backup_is_not_made_again_when_that_is_restored() throws IOException {
        Path file = world().settings().path(Key.DATA_DIRECTORY).resolve("cosell.mv.db");
        Path backup = folder.resolve("backup");
        world().settle();
        world().stopApplication();
        Files.copy(file, backup);
        world().start();
        String email = someone();
        String referralId = inquiry(email, null);
        world().eventually(() -> assertThat(leads().of(referralId)).hasSize(1));
        String leadId = leads().id(leads().of(referralId).get(0));
        names(referralId, leadId);
        world().settle();
        leads().delete(leadId);

        world().stopApplication();
        Files.copy(backup, file, StandardCopyOption.REPLACE_EXISTING);
        world().start();
        world().eventually(
                () -> assertThat(world().auditSituations(referralId)).contains("UNKNOWN_CRM_RECORD"));
        world().andAgainNothingHappens();
        assertThat(leads().withEmail(email)).isEmpty();
    }

    @Test
    void a_lead_whose_referral_identifier_was_cleared_gets_it_back_with_the_next_change() {
        String email = someone();
        String leadId = flowMade(email);
        String referralId = inquiry(email, leadId);
        takenOver(leadId, referralId);
        world().settle();
        leads().identify(leadId, null);
        world().partnerCenter().patch("/sandbox/deals/" + referralId,
                Map.of("details", Map.of("notes", "Call me on Monday.")));

        world().eventually(() -> assertThat(leads().of(referralId)).singleElement()
                .satisfies(lead -> assertThat(leads().notes(lead)).isEqualTo("Call me on Monday.")));
        world().andAgainNothingHappens();
        assertThat(leads().withEmail(email)).hasSize(1);
    }
}
