package dev.cosell.stories;

import static dev.cosell.stories.Api.map;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.operations.SyncMXBean;
import dev.cosell.operations.SyncOperations;
import dev.cosell.settings.Key;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import javax.management.JMException;
import javax.management.JMX;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

/**
 * Customers' inquiries, told once and lived through with each CRM. No deadline speaks in between, as it would on the
 * open leads of other stories; those have a test of their own.
 */
@WithSettings({"leads=leads", "sync.due-interval=1h", "marketplace-leads.path-secret=" + LeadStories.SECRET})
abstract class LeadStories extends Stories {
    static final String SECRET = "stories-of-leads-0123";

    protected abstract OddRecords odd();

    private LeadDriver leads() {
        return crm().leads();
    }

    private String newLead(World world, Map<String, Object> fields) {
        return (String) world.partnerCenter().post("/sandbox/leads", fields).get("id");
    }

    private void inPortal(World world, String referralId, String action) {
        world.partnerCenter().post("/sandbox/leads/" + referralId + "/" + action, Map.of());
    }

    private Map<String, Object> leadFor(String referralId) {
        AtomicReference<Map<String, Object>> found = new AtomicReference<>();
        world().eventually(() -> {
            List<Map<String, Object>> all = leads().of(referralId);
            assertThat(all).as("leads of " + referralId).hasSize(1);
            found.set(all.get(0));
        });
        return found.get();
    }

    /** A lead that has arrived in the CRM. */
    private String arrived(Map<String, Object> fields) {
        String referralId = newLead(world(), fields);
        leadFor(referralId);
        world().settle();
        return referralId;
    }

    private static Map<String, Object> valueAndDate() {
        return Map.of("details", Map.of("dealValue", 15000, "closingDateTime", "2027-02-28T00:00:00Z"));
    }

    private static Map<String, Object> customer(Map<String, Object> fields) {
        return Map.of("customerProfile", fields);
    }

    private static Map<String, Object> person(String first, String last, String email) {
        return Map.of("firstName", first, "lastName", last, "email", email);
    }

    private static Map<String, Object> jo() {
        Map<String, Object> jo = new LinkedHashMap<>(person("Jo", "Doe", "jo@x.example"));
        jo.putAll(Map.of("phoneNumber", "+1 555 0100", "title", "CIO"));
        return jo;
    }

    private String audit(String referralId) {
        return leads().audit(leadFor(referralId));
    }

    private void parked(String referralId, String... words) {
        world().eventually(() -> assertThat(world().parked())
                .anySatisfy(line -> assertThat(line).contains(referralId).contains(words)));
    }

    /** The lead went on as an opportunity, and nothing waits. */
    private void goneOn(String referralId) {
        world().eventually(() -> assertThat(leads().accepted(leadFor(referralId))).isTrue());
        world().eventually(
                () -> assertThat(world().parked()).noneSatisfy(line -> assertThat(line).contains(referralId)));
        assertThat(audit(referralId).lines().findFirst()).get().asString().contains("continues as an opportunity");
        world().andAgainNothingHappens();
        assertThat(crm().opportunitiesOf(referralId)).hasSize(1);
    }

    // ---- off -------------------------------------------------------------------------------------------------------

    /** Scenario 26, leads off. */
    @Test
    void a_lead_is_ignored_when_leads_are_off_and_the_trail_says_so_once() {
        try (World off = new World(crm().name())) {
            String referralId = newLead(off, valueAndDate());
            off.eventually(() -> assertThat(off.auditTrail(referralId)).hasSize(1));
            inPortal(off, referralId, "accept");
            off.eventually(() -> assertThat(off.auditTrail(referralId)).hasSize(2));
            assertThat(off.crm().leads().of(referralId)).isEmpty();
            assertThat(off.crm().opportunitiesOf(referralId)).isEmpty();
            assertThat(off.application()
                    .raw("POST", "/webhooks/marketplace-leads/" + SECRET, push("off@lead.example"), json())
                    .statusCode()).isEqualTo(404);
            off.andAgainNothingHappens();
        }
    }

    // ---- leads -----------------------------------------------------------------------------------------------------

    /** Scenario 26, leads on. */
    @Test
    void an_unaccepted_lead_is_a_lead_in_the_crm_and_learns_its_id() {
        String referralId = newLead(world(), Map.of("customerProfile", Map.of("name", "Inquiring Ltd")));
        Map<String, Object> lead = leadFor(referralId);

        assertThat(leads().company(lead)).isEqualTo("Inquiring Ltd");
        assertThat(leads().lastName(lead)).isEqualTo("Kerr");
        assertThat(leads().open(lead)).isTrue();
        assertThat(leads().audit(lead)).contains("Created from referral " + referralId);
        world().eventually(
                () -> assertThat(world().referral(referralId)).containsEntry("externalReferenceId", leads().id(lead)));
        assertThat(crm().opportunitiesOf(referralId)).isEmpty();
        world().andAgainNothingHappens();
    }

    @Test
    void what_changes_in_partner_center_changes_on_the_lead_and_what_the_seller_changed_stays() {
        String referralId = arrived(Map.of());
        leads().rename(leads().id(leadFor(referralId)), "Kerr-Smith");
        world().partnerCenter().patch("/sandbox/deals/" + referralId,
                Map.of("details", Map.of("notes", "Call me on Monday.")));

        world().eventually(() -> assertThat(leads().notes(leadFor(referralId))).isEqualTo("Call me on Monday."));
        assertThat(leads().lastName(leadFor(referralId))).isEqualTo("Kerr-Smith");
        world().andAgainNothingHappens();
    }

    /** The phone number of the one stood beside the name of the other. */
    @Test
    void another_person_of_the_customer_gets_nothing_of_the_one_before_and_what_the_seller_entered_stays() {
        Map<String, Object> jo = jo();
        jo.remove("title");
        String referralId = arrived(customer(Map.of("name", "Exchange Ltd", "team", List.of(jo))));
        assertThat(leads().phone(leadFor(referralId))).isEqualTo("+1 555 0100");
        leads().promote(leads().id(leadFor(referralId)), "Buyer");
        world().partnerCenter().patch("/sandbox/deals/" + referralId,
                customer(Map.of("team", List.of(person("Ann", "Lee", "ann@x.example")))));

        world().eventually(() -> assertThat(leads().lastName(leadFor(referralId))).isEqualTo("Lee"));
        Map<String, Object> lead = leadFor(referralId);
        assertThat(leads().firstName(lead)).isEqualTo("Ann");
        assertThat(leads().email(lead)).isEqualTo("ann@x.example");
        assertThat(leads().phone(lead)).isEmpty();
        assertThat(leads().title(lead)).isEqualTo("Buyer");
        world().andAgainNothingHappens();
    }

    @Test
    void a_customer_without_a_person_any_more_keeps_nothing_of_the_last_one() {
        String referralId = arrived(customer(Map.of("team", List.of(jo()))));
        world().partnerCenter().patch("/sandbox/deals/" + referralId, customer(Map.of("team", List.of())));

        world().eventually(() -> assertThat(leads().lastName(leadFor(referralId))).isEqualTo("[not provided]"));
        Map<String, Object> lead = leadFor(referralId);
        assertThat(List.of(leads().firstName(lead), leads().email(lead), leads().phone(lead), leads().title(lead)))
                .containsOnly("");
        world().andAgainNothingHappens();
    }

    /** What is absent clears nothing of the same person. */
    @Test
    void a_person_with_a_new_name_and_the_same_address_keeps_what_partner_center_leaves_out() {
        String referralId = arrived(customer(Map.of("team", List.of(jo()))));
        world().partnerCenter().patch("/sandbox/deals/" + referralId,
                customer(Map.of("team", List.of(person("Jo", "Doe-Lee", "Jo@X.example")))));

        world().eventually(() -> assertThat(leads().lastName(leadFor(referralId))).isEqualTo("Doe-Lee"));
        assertThat(leads().phone(leadFor(referralId))).isEqualTo("+1 555 0100");
        assertThat(leads().title(leadFor(referralId))).isEqualTo("CIO");
        world().andAgainNothingHappens();
    }

    /** Nobody who looked at the lead could see it. */
    @Test
    void a_lead_whose_change_the_crm_refuses_says_so() {
        String referralId = arrived(Map.of());
        leads().refuseNextWrite();
        world().partnerCenter().patch("/sandbox/deals/" + referralId,
                Map.of("details", Map.of("notes", "Call me on Monday.")));
        parked(referralId, "Region is missing");
        world().eventually(() -> assertThat(audit(referralId)).contains("Not synced: ").contains("Region is missing"));
        world().andAgainNothingHappens();

        world().partnerCenter().patch("/sandbox/deals/" + referralId,
                Map.of("details", Map.of("notes", "Call me on Tuesday.")));
        world().eventually(() -> assertThat(leads().notes(leadFor(referralId))).isEqualTo("Call me on Tuesday."));
        world().andAgainNothingHappens();
    }

    @Test
    void a_lead_whose_referral_is_gone_says_so_once_and_goes_on_when_it_is_back() {
        String referralId = arrived(Map.of());
        world().partnerCenter().post("/sandbox/faults", Map.of("path", "/referrals/" + referralId, "times", 1_000_000,
                "status", 404, "body", Map.of("error", Map.of("code", "itemNotFound", "message", "Not found"))));
        try {
            for (String notes : List.of("Call me on Monday.", "Call me on Tuesday.")) {
                world().partnerCenter().patch("/sandbox/deals/" + referralId,
                        Map.of("details", Map.of("notes", notes)));
                world().eventually(() -> assertThat(leads().audit(leadFor(referralId)).lines()
                        .filter(line -> line.contains("no longer synced (CS-118)"))).hasSize(1));
                world().andAgainNothingHappens();
            }
        } finally {
            world().partnerCenter().delete("/sandbox/faults");
        }

        world().partnerCenter().patch("/sandbox/deals/" + referralId,
                Map.of("details", Map.of("notes", "Call me on Wednesday.")));
        world().eventually(() -> assertThat(leads().notes(leadFor(referralId))).isEqualTo("Call me on Wednesday."));
        world().andAgainNothingHappens();
    }

    @Test
    void a_lead_without_a_person_and_a_company_arrives_all_the_same() {
        Map<String, Object> nobody = new LinkedHashMap<>(Map.of("team", List.of()));
        nobody.put("name", null);
        String referralId = newLead(world(), Map.of("customerProfile", nobody));

        assertThat(leads().lastName(leadFor(referralId))).isEqualTo("[not provided]");
        assertThat(leads().company(leadFor(referralId))).isEqualTo("[not provided]");
        world().andAgainNothingHappens();
    }

    /** Scenario 26: an accepted lead. */
    @Test
    void an_accepted_lead_becomes_an_opportunity_and_the_lead_says_so() {
        String referralId = arrived(valueAndDate());
        List<String> parked = creates("parked");
        inPortal(world(), referralId, "accept");

        Map<String, Object> opportunity = world().opportunityFor(referralId);
        assertThat(crm().value(opportunity)).isEqualByComparingTo("15000");
        world().eventually(() -> assertThat(world().referral(referralId)).containsEntry("externalReferenceId",
                crm().id(opportunity)));
        world().eventually(() -> assertThat(leads().accepted(leadFor(referralId))).isTrue());
        assertThat(leads().audit(leadFor(referralId))).contains("continues as an opportunity");
        assertThat(creates("parked")).as("it counted as parked").isEqualTo(parked);
        assertThat(creates("done")).isNotEmpty();

        crm().changeValue(crm().id(opportunity), 16000);
        world().eventually(
                () -> assertThat(world().valueOf(world().referral(referralId))).isEqualByComparingTo("16000"));
        world().andAgainNothingHappens();
        assertThat(leads().of(referralId)).hasSize(1);
    }

    /** What the metrics have counted of opportunities that were to be made and came to this. */
    private List<String> creates(String outcome) {
        return new String(new Api(world().settings().number(Key.MANAGEMENT_PORT))
                .raw("GET", "/observe/metrics", null, Map.of()).body(), StandardCharsets.UTF_8).lines()
                .filter(line -> line.startsWith("cosell_sync_seconds_count{action=\"CREATE_OPPORTUNITY\""))
                .filter(line -> line.contains("outcome=\"" + outcome + "\"")).toList();
    }

    /** Sellers must supply value and closing date. */
    @Test
    void an_accepted_lead_without_value_and_date_waits_and_names_both() {
        String referralId = arrived(Map.of());
        inPortal(world(), referralId, "accept");

        world().eventually(() -> assertThat(world().parked())
                .anySatisfy(line -> assertThat(line).contains(referralId).contains("deal value")
                        .contains("closing date")));
        assertThat(leads().audit(leadFor(referralId))).contains("no opportunity yet").contains("deal value");
        assertThat(crm().opportunitiesOf(referralId)).isEmpty();
        world().andAgainNothingHappens();

        world().partnerCenter().patch("/sandbox/deals/" + referralId, valueAndDate());
        assertThat(crm().value(world().opportunityFor(referralId))).isEqualByComparingTo("15000");
        world().eventually(() -> assertThat(leads().accepted(leadFor(referralId))).isTrue());
        world().eventually(
                () -> assertThat(world().parked()).noneSatisfy(line -> assertThat(line).contains(referralId)));
        world().andAgainNothingHappens();
    }

    /** The lead was told before it was parked, and parked for what refused that: nobody read what it lacked. */
    @Test
    void an_accepted_lead_without_value_names_that_also_where_the_crm_refuses_the_notice() {
        String referralId = arrived(Map.of());
        leads().refuseNextWrite();
        inPortal(world(), referralId, "accept");
        parked(referralId, "no deal value", "closing date");
        world().settle();
        assertThat(world().parked()).noneMatch(line -> line.contains(referralId) && line.contains("Region"));

        world().operations().retryAllParked();
        world().eventually(() -> assertThat(audit(referralId)).contains("no opportunity yet").contains("deal value"));
        parked(referralId, "no deal value");
        world().andAgainNothingHappens();
        world().partnerCenter().patch("/sandbox/deals/" + referralId, valueAndDate());
        goneOn(referralId);
    }

    /** The lead said nothing, and the remedy was a name that Partner Center does not take. */
    @Test
    void an_accepted_lead_without_a_company_says_what_can_be_done_and_that_ends_well() {
        Map<String, Object> nameless = new LinkedHashMap<>();
        nameless.put("name", null);
        Map<String, Object> fields = new LinkedHashMap<>(valueAndDate());
        fields.putAll(customer(nameless));
        String referralId = arrived(fields);
        inPortal(world(), referralId, "accept");

        String remedy = "enter " + referralId + " as its Referral Identifier (CS-401)";
        parked(referralId, "names no customer", remedy);
        assertThat(audit(referralId)).contains("no opportunity yet").contains(remedy);
        world().andAgainNothingHappens();
        world().operations().retryAllParked();
        world().andAgainNothingHappens();
        assertThat(audit(referralId).lines().filter(line -> line.contains(remedy))).hasSize(1);

        Map<String, Object> made = new LinkedHashMap<>(crm().shared(true));
        made.put(crm().field(CrmField.REFERRAL_IDENTIFIER), referralId);
        String crmId = crm().newOpportunity(made);
        world().eventually(() -> assertThat(world().referral(referralId)).containsEntry("externalReferenceId", crmId));
        goneOn(referralId);
    }

    @Test
    void an_accepted_lead_whose_customer_is_in_the_crm_twice_says_so_and_goes_on_when_they_are_one() {
        String name = "Twice " + UUID.randomUUID();
        Map<String, Object> fields = new LinkedHashMap<>(valueAndDate());
        fields.putAll(customer(Map.of("name", name, "address", Map.of("postalCode", "EH6 6AA"))));
        String winner = odd().newAccount(odd().account(name, "EH6 6AA", "Leith"));
        String loser = odd().newAccount(odd().account(name, "EH6 6AA", "Leith"));
        String referralId = arrived(fields);
        inPortal(world(), referralId, "accept");

        parked(referralId, "2 accounts", loser);
        assertThat(audit(referralId)).contains("no opportunity yet").contains("2 accounts").contains(loser);
        world().andAgainNothingHappens();

        odd().mergeAccounts(winner, loser);
        world().operations().retryAllParked();
        assertThat(crm().accountId(world().opportunityFor(referralId))).isEqualTo(winner);
        goneOn(referralId);
    }

    /** The lead showed the last person of the customer, its opportunity the first. */
    @Test
    void an_opportunity_is_about_the_person_whom_its_lead_showed() {
        String name = "Two People " + UUID.randomUUID();
        String account = odd().newAccount(odd().account(name, "EH6 6AA", "Leith"));
        odd().newContact(account, odd().contact("Jo", "Doe", "jo@x.example"));
        String ann = odd().newContact(account, odd().contact("Ann", "Lee", "ann@x.example"));
        Map<String, Object> fields = new LinkedHashMap<>(valueAndDate());
        fields.putAll(customer(Map.of("name", name, "address", Map.of("postalCode", "EH6 6AA"), "team",
                List.of(jo(), person("Ann", "Lee", "ann@x.example")))));
        String referralId = arrived(fields);
        assertThat(leads().lastName(leadFor(referralId))).isEqualTo("Lee");
        inPortal(world(), referralId, "accept");

        assertThat(odd().contactId(crm().id(world().opportunityFor(referralId)))).isEqualTo(ann);
        goneOn(referralId);
    }

    /** What the lead and its referral agreed on was taken for the opportunity's, and the customer's words went. */
    @Test
    void an_accepted_lead_that_meets_an_opportunity_without_notes_keeps_what_the_customer_wrote() {
        String referralId = arrived(Map.of("details", Map.of("notes", "Call us about 300 seats.")));
        inPortal(world(), referralId, "accept");
        world().eventually(() -> assertThat(world().parked())
                .anySatisfy(line -> assertThat(line).contains(referralId).contains("deal value")));
        Map<String, Object> made = new LinkedHashMap<>(crm().shared(true));
        made.put(crm().field(CrmField.REFERRAL_IDENTIFIER), referralId);
        made.put(crm().field(CrmField.NOTES), null);
        String crmId = crm().newOpportunity(made);
        world().partnerCenter().patch("/sandbox/deals/" + referralId, valueAndDate());

        world().eventually(() -> assertThat(world().referral(referralId)).containsEntry("externalReferenceId", crmId));
        world().eventually(() -> assertThat(crm().opportunity(crmId).get(crm().field(CrmField.NOTES)))
                .isEqualTo("Call us about 300 seats."));
        world().andAgainNothingHappens();
        assertThat(map(world().referral(referralId).get("details"))).containsEntry("notes", "Call us about 300 seats.");
        assertThat(crm().opportunitiesOf(referralId)).hasSize(1);
    }

    /** The opportunity's values were noted in place of the lead's, so the seller's edits counted as conflicts. */
    @Test
    void what_the_seller_changed_on_the_lead_stays_when_its_opportunity_is_made_at_the_second_attempt() {
        String referralId = arrived(valueAndDate());
        leads().rename(leads().id(leadFor(referralId)), "Kerr-Smith");
        world().settle();
        Map<String, Object> refusal = new LinkedHashMap<>(leads().createOpportunityCall());
        refusal.put("status", 503);
        crm().api().post("/sandbox/faults", refusal);
        inPortal(world(), referralId, "accept");

        world().opportunityFor(referralId);
        world().eventually(() -> assertThat(leads().accepted(leadFor(referralId))).isTrue());
        world().andAgainNothingHappens();
        assertThat(leads().lastName(leadFor(referralId))).isEqualTo("Kerr-Smith");
        assertThat(crm().opportunitiesOf(referralId)).hasSize(1);
    }

    /** What stands in for a missing name is no news of Partner Center. */
    @Test
    void a_name_that_the_seller_typed_stays_when_the_answer_to_the_creation_was_lost() {
        Map<String, Object> nobody = new LinkedHashMap<>(Map.of("team", List.of()));
        nobody.put("name", "Nameless Ltd");
        Map<String, Object> rule = new LinkedHashMap<>(leads().createCall());
        rule.put("drop", "after");
        crm().api().post("/sandbox/faults", rule);
        String referralId = newLead(world(), Map.of("customerProfile", nobody));
        leads().rename(leads().id(leadFor(referralId)), "Okafor");
        world().eventually(() -> assertThat(world().referral(referralId)).containsEntry("externalReferenceId",
                leads().id(leadFor(referralId))));
        world().andAgainNothingHappens();
        assertThat(leads().lastName(leadFor(referralId))).isEqualTo("Okafor");
    }

    @Test
    void a_declined_lead_and_an_expired_one_are_closed_in_the_crm() {
        String declined = arrived(Map.of());
        String expired = arrived(Map.of());
        inPortal(world(), declined, "decline");
        inPortal(world(), expired, "expire");

        world().eventually(() -> assertThat(leads().refused(leadFor(declined))).isTrue());
        world().eventually(() -> assertThat(leads().refused(leadFor(expired))).isTrue());
        world().eventually(() -> assertThat(world().auditTrail(declined))
                .anySatisfy(line -> assertThat(line).contains("Closed in Partner Center as Declined")));
        assertThat(crm().opportunitiesOf(declined)).isEmpty();
        world().andAgainNothingHappens();
    }

    @Test
    void a_lead_that_was_closed_before_we_heard_of_it_makes_nothing() {
        world().pauseSync();
        String referralId = newLead(world(), Map.of());
        inPortal(world(), referralId, "decline");
        world().resumeSync();
        world().eventually(() -> assertThat(world().auditTrail(referralId)).isNotEmpty());
        assertThat(leads().of(referralId)).isEmpty();
        world().andAgainNothingHappens();
    }

    @Test
    void a_lead_that_the_seller_deleted_is_not_made_again_but_its_opportunity_is() {
        String referralId = arrived(valueAndDate());
        leads().delete(leads().id(leadFor(referralId)));
        world().partnerCenter().patch("/sandbox/deals/" + referralId,
                Map.of("details", Map.of("notes", "Still here?")));
        world().settle();
        assertThat(leads().of(referralId)).isEmpty();

        inPortal(world(), referralId, "accept");
        world().opportunityFor(referralId);
        world().andAgainNothingHappens();
        assertThat(leads().of(referralId)).isEmpty();
    }

    @Test
    void the_same_event_five_times_makes_one_lead_and_one_opportunity() {
        world().partnerCenter().post("/sandbox/settings", Map.of("duplicates", 4));
        String referralId;
        try {
            referralId = arrived(valueAndDate());
            inPortal(world(), referralId, "accept");
            world().opportunityFor(referralId);
            world().settle();
        } finally {
            world().partnerCenter().post("/sandbox/settings", Map.of("duplicates", 0));
        }
        assertThat(leads().of(referralId)).hasSize(1);
        assertThat(crm().opportunitiesOf(referralId)).hasSize(1);
        world().andAgainNothingHappens();
    }

    @Test
    void a_connection_that_drops_after_the_lead_was_written_makes_no_second_one() {
        Map<String, Object> rule = new LinkedHashMap<>(leads().createCall());
        rule.put("drop", "after");
        crm().api().post("/sandbox/faults", rule);
        String referralId = arrived(Map.of());
        world().eventually(() -> assertThat(world().referral(referralId)).containsEntry("externalReferenceId",
                leads().id(leadFor(referralId))));
        world().andAgainNothingHappens();
        assertThat(leads().of(referralId)).hasSize(1);
    }

    @Test
    void a_connection_that_drops_after_the_opportunity_was_created_makes_no_second_one_and_the_lead_is_finished() {
        String referralId = arrived(valueAndDate());
        Map<String, Object> rule = new LinkedHashMap<>(leads().createOpportunityCall());
        rule.put("drop", "after");
        crm().api().post("/sandbox/faults", rule);
        inPortal(world(), referralId, "accept");

        Map<String, Object> opportunity = world().opportunityFor(referralId);
        world().eventually(() -> assertThat(world().referral(referralId)).containsEntry("externalReferenceId",
                crm().id(opportunity)));
        world().eventually(() -> assertThat(leads().accepted(leadFor(referralId))).isTrue());
        world().andAgainNothingHappens();
        assertThat(crm().opportunitiesOf(referralId)).hasSize(1);
    }

    // ---- opportunities ---------------------------------------------------------------------------------------------

    /** Scenario 26, leads as opportunities. */
    @Test
    void a_lead_is_an_opportunity_at_once_when_leads_are_opportunities() {
        try (World world = new World(Map.of("leads", "opportunities"), Path.of("routes"), crm().name())) {
            LeadDriver leads = world.crm().leads();
            String referralId = newLead(world, valueAndDate());
            Map<String, Object> opportunity = world.opportunityFor(referralId);
            assertThat(leads.onHold(opportunity)).isTrue();

            inPortal(world, referralId, "accept");
            world.eventually(
                    () -> assertThat(leads.onHold(world.crm().opportunity(world.crm().id(opportunity)))).isFalse());
            String worthless = newLead(world, Map.of());
            world.eventually(() -> assertThat(world.parked())
                    .anySatisfy(line -> assertThat(line).contains(worthless).contains("deal value")
                            .contains("closing date")));
            assertThat(leads.of(referralId)).isEmpty();

            String declined = newLead(world, valueAndDate());
            String crmId = world.crm().id(world.opportunityFor(declined));
            world.settle();
            inPortal(world, declined, "decline");
            world.eventually(() -> assertThat(world.crm().lost(world.crm().opportunity(crmId))).isTrue());
            world.andAgainNothingHappens();
        }
    }

    // ---- pushed by the marketplace
    // -----------------------------------------------------------------------------------

    static byte[] push(String email) {
        return push(email, "AzureMarketplace-Create|Crane Insight");
    }

    private static byte[] push(String email, String source) {
        return Api.bytes(Map.of("LeadSource", source, "ActionCode", "Create", "OfferTitle", "Crane Insight",
                "Surprise", List.of(1), "UserDetails",
                Map.of("FirstName", "Noor", "LastName", "Haddad", "Email", email, "Phone", "+44 20 7946 0000",
                        "Country", "GB", "Company", "Pushing Ltd", "Title", "CIO")));
    }

    static Map<String, String> json() {
        return Map.of("Content-Type", "application/json");
    }

    private int post(String secret, byte[] body) {
        return world().application().raw("POST", "/webhooks/marketplace-leads/" + secret, body, json()).statusCode();
    }

    private static String someone() {
        return UUID.randomUUID() + "@lead.example";
    }

    @Test
    void a_lead_that_the_marketplace_pushes_twice_is_one_lead() {
        String email = someone();
        world().settle();
        world().partnerCenter().post("/sandbox/stats/reset", Map.of());
        assertThat(post(SECRET, push(email))).isEqualTo(200);
        world().eventually(() -> assertThat(leads().withEmail(email)).hasSize(1));
        Map<String, Object> lead = leads().withEmail(email).get(0);
        assertThat(leads().company(lead)).isEqualTo("Pushing Ltd");
        assertThat(leads().lastName(lead)).isEqualTo("Haddad");
        assertThat(leads().notes(lead)).isEqualTo("AzureMarketplace, Create: Crane Insight");
        world().settle();

        assertThat(post(SECRET, push(email))).isEqualTo(200);
        world().settle();
        assertThat(map(world().partnerCenter().get("/sandbox/stats").get("calls")))
                .as("Partner Center knows nothing of it").doesNotContainKey("GET /v1.0/engagements/referrals/{id}");
        world().andAgainNothingHappens();
        assertThat(leads().withEmail(email)).hasSize(1);
    }

    /** Microsoft merges and renames its marketplaces; what nobody has seen yet is a name like any other. */
    @Test
    void a_source_that_nobody_has_spelled_so_before_arrives_as_text() {
        Map<String, String> notes = new LinkedHashMap<>();
        notes.put("Microsoft-Marketplace-Create|Crane Insight", "Microsoft-Marketplace, Create: Crane Insight");
        notes.put("MicrosoftMarketplace", "MicrosoftMarketplace, Create: Crane Insight");
        notes.put("Microsoft Marketplace / AI apps & agents",
                "Microsoft Marketplace / AI apps & agents, Create: Crane Insight");
        notes.forEach((source, told) -> {
            String email = someone();
            assertThat(post(SECRET, push(email, source))).as(source).isEqualTo(200);
            world().eventually(() -> assertThat(leads().withEmail(email)).hasSize(1));
            assertThat(leads().notes(leads().withEmail(email).get(0))).isEqualTo(told);
            leads().source(leads().withEmail(email).get(0)).ifPresent(name -> assertThat(told).startsWith(name + ", "));
        });
        String referralId = arrived(Map.of("referralSource", "MicrosoftMarketplace2027", "callToAction", "StartProof",
                "referralProgram", "Frontier"));
        leads().source(leadFor(referralId)).ifPresent(name -> assertThat(name).isEqualTo("MicrosoftMarketplace2027"));
        assertThat(world().parked()).noneSatisfy(line -> assertThat(line).contains("marketplace-"));
        world().andAgainNothingHappens();
    }

    @Test
    void a_pushed_lead_that_the_crm_refuses_is_parked_with_the_reason_and_arrives_when_it_is_tried_again()
            throws JMException {
        String email = someone();
        leads().refuseNextWrite();
        assertThat(post(SECRET, push(email))).isEqualTo(200);
        world().eventually(() -> assertThat(world().parked())
                .anySatisfy(line -> assertThat(line).contains("marketplace-").contains("Region is missing")));
        world().andAgainNothingHappens();
        assertThat(leads().withEmail(email)).isEmpty();

        JMX.newMXBeanProxy(ManagementFactory.getPlatformMBeanServer(), new ObjectName(SyncOperations.NAME),
                SyncMXBean.class).retryAllParked();
        world().eventually(() -> assertThat(leads().withEmail(email)).hasSize(1));
        world().eventually(
                () -> assertThat(world().parked()).noneSatisfy(line -> assertThat(line).contains("marketplace-")));
        world().andAgainNothingHappens();
    }

    @Test
    void the_door_of_the_marketplace_takes_leads_only() {
        String email = someone();
        assertThat(post("stories-of-leads-0124", push(email))).isEqualTo(404);
        assertThat(post("x", push(email))).isEqualTo(404);
        for (String body : List.of("", "[]", "{oops", "{}", "{\"LeadSource\":\" \",\"UserDetails\":{}}",
                "{\"LeadSource\":\"A-B|C\"}",
                "{\"LeadSource\":\"A-B|C\",\"UserDetails\":{\"Email\":1}}",
                "{\"LeadSource\":\"A-B|C\",\"UserDetails\":{}}{}")) {
            assertThat(post(SECRET, body.getBytes(java.nio.charset.StandardCharsets.UTF_8))).as(body).isEqualTo(400);
        }
        assertThat(post(SECRET, push("x".repeat(66_000)))).isEqualTo(413);
        assertThat(
                world().application().raw("GET", "/webhooks/marketplace-leads/" + SECRET, null, Map.of()).statusCode())
                .isEqualTo(405);
        world().settle();
        assertThat(leads().withEmail(email)).isEmpty();
        world().andAgainNothingHappens();
    }

    @Test
    void a_pushed_lead_that_waits_for_a_sick_crm_arrives_after_a_restart() {
        String email = someone();
        crm().api().post("/sandbox/faults", Map.of("path", "/data/", "times", 30, "status", 503));
        assertThat(post(SECRET, push(email))).isEqualTo(200);
        world().restart();
        crm().api().delete("/sandbox/faults");
        world().eventually(() -> assertThat(leads().withEmail(email)).hasSize(1));
        world().andAgainNothingHappens();
    }
}
