package dev.cosell.stories;

import static dev.cosell.stories.Api.map;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is off as shipped: the sales team, the check mark in the name, deal registration, attributes of services
 * solutions.
 */
@WithSettings({"check-mark=on", "partner-center.deal-registration=on", "salesforce.sales-team=on",
        "dynamics.sales-team=on", "partner-center.deal-registration.interval=300ms",
        "partner-center.deal-registration.solutions=SOL-20011-KLM",
        "partner-center.deal-registration.thresholds=USD 25000, GBP 20000", "partner-center.deal-value=text",
        "partner-center.services.solutions=SOL-90001-SVC", "partner-center.services.partner-role=Advisor",
        "partner-center.services.solution-area=DataAndAI",
        "partner-center.services.solution-play=MigrateAndModernize"})
abstract class OptionStories extends Stories {
    private static final Map<String, Object> WITH_INCENTIVE = Map.of("id", "SOL-20011-KLM", "name", "Crane Insight");

    protected abstract String name(Map<String, Object> opportunity);

    /** Fields of the CRM with another name of the deal. */
    protected abstract Map<String, Object> named(String name);

    // ---- the sales team
    // ----------------------------------------------------------------------------------------------

    @Test
    void the_sales_team_stands_beside_the_owner_on_the_team_of_a_new_deal() {
        String id = crm().newOpportunity(crm().shared(false));
        crm().colleague(id, "Nina", "Partner", "nina" + System.nanoTime() + "@cosell.example");
        crm().colleague(id, "Omar", "Presales", "omar" + System.nanoTime() + "@cosell.example");
        change(id, crm().shared(true));
        List<Map<String, Object>> team = Api.list(world().referralFor(id).get("team"));
        assertThat(team).extracting(person -> person.get("firstName")).containsExactly("Sam", "Nina", "Omar");
        assertThat(team).extracting(person -> person.get("phoneNumber")).doesNotContainNull();
        world().andAgainNothingHappens();
    }

    // ---- the check mark
    // ----------------------------------------------------------------------------------------------

    @Test
    void a_synced_opportunity_shows_a_check_mark_that_nobody_else_sees() {
        String id = crm().newOpportunity(named("Harbour cranes"));
        Map<String, Object> referral = world().referralFor(id);
        assertThat(name(crm().opportunity(id))).isEqualTo("\u2714 Harbour cranes");
        assertThat(referral).containsEntry("name", "Harbour cranes");

        crm().changeValue(id, 91000);
        world().eventually(() -> assertThat(world().valueOf(world().referral((String) referral.get("id"))))
                .isEqualByComparingTo("91000"));
        change(id, named("\u2714 Harbour cranes 2"));
        world().eventually(() -> assertThat(world().referral((String) referral.get("id"))).containsEntry("name",
                "Harbour cranes 2"));
        world().settle();
        assertThat(name(crm().opportunity(id))).as("never doubled").isEqualTo("\u2714 Harbour cranes 2");
        world().andAgainNothingHappens();
    }

    /** The name was cut to make room for the mark, and the cut name went to Partner Center as an edit. */
    @Test
    void a_long_name_stays_whole_whether_the_mark_has_room_or_not() {
        String whole = "Harbour cranes ".repeat(7) + "in the new port";
        String id = crm().newOpportunity(named(whole));
        String deal = (String) world().referralFor(id).get("id");
        crm().changeValue(id, 77000);
        world().eventually(() -> assertThat(world().valueOf(world().referral(deal))).isEqualByComparingTo("77000"));
        world().settle();
        assertThat(world().referral(deal)).containsEntry("name", whole);
        assertThat(name(crm().opportunity(id))).endsWith(whole);
        world().andAgainNothingHappens();
    }

    @Test
    void a_name_that_is_too_long_for_the_crm_stays_whole_in_partner_center() {
        String whole = "Harbour cranes ".repeat(9) + "in the new port";
        String deal = world().newDeal(Map.of("name", whole));
        String id = crm().id(world().opportunityFor(deal));
        world().settle();
        crm().changeValue(id, 77000);
        world().eventually(() -> assertThat(world().valueOf(world().referral(deal))).isEqualByComparingTo("77000"));
        world().settle();
        assertThat(world().referral(deal)).containsEntry("name", whole);
        world().andAgainNothingHappens();
    }

    @Test
    void a_parked_opportunity_shows_a_cross_until_it_is_synced() {
        Map<String, Object> fields = new LinkedHashMap<>(named("Harbour cranes"));
        fields.putAll(crm().country("GBR"));
        String id = crm().newOpportunity(fields);
        world().eventually(() -> assertThat(name(crm().opportunity(id))).isEqualTo("\u2716 Harbour cranes"));
        world().settle();

        crm().mendCountry(id);
        crm().changeValue(id, 61000);
        assertThat(world().referralFor(id)).containsEntry("name", "Harbour cranes");
        assertThat(name(crm().opportunity(id))).isEqualTo("\u2714 Harbour cranes");
        world().andAgainNothingHappens();
    }

    @Test
    void a_cross_goes_when_the_faulty_change_is_taken_back() {
        String id = crm().newOpportunity(crm().withoutContact());
        world().referralFor(id);
        String marked = name(crm().opportunity(id));
        change(id, crm().askForHelp());
        world().eventually(() -> assertThat(name(crm().opportunity(id))).startsWith("\u2716 "));
        world().settle();
        Map<String, Object> asItWas = new LinkedHashMap<>();
        crm().askForHelp().keySet().forEach(field -> asItWas.put(field, null));
        change(id, asItWas);
        world().eventually(() -> assertThat(name(crm().opportunity(id))).isEqualTo(marked));
        world().andAgainNothingHappens();
    }

    // ---- deal registration
    // -------------------------------------------------------------------------------------------

    @Test
    void a_won_partner_led_deal_is_registered_once() {
        String id = crm().newOpportunity(with(crm().visibleToMicrosoft(), WITH_INCENTIVE));
        String referralId = (String) world().referralFor(id).get("id");
        dropRegistrationAnswer(referralId);
        crm().win(id);

        world().eventually(() -> assertThat(registrations(referralId)).hasSize(1));
        world().eventually(
                () -> assertThat(world().auditTrail(referralId)).anyMatch(line -> line.contains("registered")));
        Map<String, Object> registration = map(registrations(referralId).get(0));
        Map<String, Object> contract = map(registration.get("contract"));
        assertThat(registration).containsEntry("type", "AzureIPCoSell");
        assertThat(contract).containsEntry("term", "Finite").containsEntry("currency", "GBP");
        assertThat(contract.get("startDateTime").toString())
                .isGreaterThanOrEqualTo(contract.get("signDateTime").toString());
        world().settle();
        assertThat(registrations(referralId)).hasSize(1);
        world().andAgainNothingHappens();
    }

    @Test
    void a_co_sell_deal_is_registered_when_microsoft_has_accepted_it() {
        String id = crm().newOpportunity(with(crm().askForHelp(), WITH_INCENTIVE));
        String referralId = (String) world().referralFor(id).get("id");
        crm().win(id);
        world().eventually(() -> assertThat(world().referral(referralId)).containsEntry("substatus", "Won"));
        world().settle();
        assertThat(registrations(referralId)).isEmpty();

        world().partnerCenter().post("/sandbox/microsoft/" + referralId + "/accept", Map.of());
        world().eventually(() -> assertThat(registrations(referralId)).hasSize(1));
        world().andAgainNothingHappens();
    }

    /** It counted as a deal without Microsoft, and was registered, and refused, at once. */
    @Test
    void a_deal_that_does_not_show_that_microsoft_was_brought_in_is_registered_when_microsoft_has_accepted_it() {
        world().partnerCenter().post("/sandbox/settings", Map.of("ownCopyStaysAsItWas", true));
        try {
            String id = crm().newOpportunity(with(crm().visibleToMicrosoft(), WITH_INCENTIVE));
            Map<String, Object> referral = world().referralFor(id);
            String referralId = (String) referral.get("id");
            change(id, crm().askForHelp());
            world().eventually(() -> assertThat(world().microsoftReferralsOf(referral)).hasSize(1));
            world().settle();
            assertThat(crm().audit(crm().opportunity(id))).as("Microsoft has been asked")
                    .doesNotContain("takes no change within it");
            crm().win(id);
            world().eventually(() -> assertThat(world().referral(referralId)).containsEntry("substatus", "Won"));
            world().settle();
            assertThat(registrations(referralId)).isEmpty();

            world().partnerCenter().post("/sandbox/microsoft/" + referralId + "/accept", Map.of());
            world().eventually(() -> assertThat(registrations(referralId)).hasSize(1));
            world().andAgainNothingHappens();
        } finally {
            world().partnerCenter().post("/sandbox/settings", Map.of("ownCopyStaysAsItWas", false));
        }
    }

    @Test
    void private_small_and_other_deals_are_not_registered() {
        String secret = crm().newOpportunity(with(Map.of(), WITH_INCENTIVE));
        String other = crm().newOpportunity(
                with(crm().visibleToMicrosoft(), Map.of("id", "SOL-30022-ABC", "name", "Dock Planner")));
        String small = crm().newOpportunity(with(crm().visibleToMicrosoft(), WITH_INCENTIVE));
        List<String> referrals = List.of(secret, other, small).stream()
                .map(id -> (String) world().referralFor(id).get("id")).toList();
        crm().changeValue(small, 19999);
        world().eventually(
                () -> assertThat(world().valueOf(world().referral(referrals.get(2)))).isEqualByComparingTo("19999"));
        List.of(secret, other, small).forEach(crm()::win);

        world().eventually(() -> assertThat(world().auditTrail(referrals.get(1)))
                .anyMatch(line -> line.contains("none of its solutions has an incentive")));
        world().eventually(() -> assertThat(world().auditTrail(referrals.get(2)))
                .anyMatch(line -> line.contains("is below 20000")));
        world().settle();
        referrals.forEach(referral -> assertThat(registrations(referral)).isEmpty());
        world().andAgainNothingHappens();
    }

    /** The list of registrations alone was looked at, and the deal was registered a second time. */
    @Test
    void a_deal_whose_status_says_that_it_is_registered_is_not_registered_again() {
        String id = crm().newOpportunity(with(crm().visibleToMicrosoft(), WITH_INCENTIVE));
        String referralId = (String) world().referralFor(id).get("id");
        world().partnerCenter().patch("/sandbox/deals/" + referralId, Map.of("registrationStatus", "Approved"));
        world().settle();
        crm().win(id);

        world().eventually(() -> assertThat(world().auditTrail(referralId))
                .anyMatch(line -> line.contains("The deal is registered (Approved)")));
        assertThat(registrations(referralId)).isEmpty();
        world().andAgainNothingHappens();
    }

    /** Any word but None was told as a registration, and none was sent. */
    @Test
    void a_deal_whose_status_is_no_word_of_a_review_is_registered() {
        for (String status : List.of("NotRegistered", "Eligible")) {
            String id = crm().newOpportunity(with(crm().visibleToMicrosoft(), WITH_INCENTIVE));
            String referralId = (String) world().referralFor(id).get("id");
            world().partnerCenter().patch("/sandbox/deals/" + referralId, Map.of("registrationStatus", status));
            world().settle();
            crm().win(id);
            world().eventually(() -> assertThat(registrations(referralId)).as(status).hasSize(1));
        }
        world().andAgainNothingHappens();
    }

    /** It was registered at once, or waited for sixty days: the list did not say that the other item is Microsoft's. */
    @Test
    void a_won_deal_waits_for_microsofts_answer_also_where_lists_do_not_say_whose_a_referral_is() {
        world().partnerCenter().post("/sandbox/settings", Map.of("thinLists", true));
        try {
            String referralId = wonWithHelp();
            world().settle();
            assertThat(registrations(referralId)).isEmpty();
            world().partnerCenter().post("/sandbox/microsoft/" + referralId + "/accept", Map.of());
            world().eventually(() -> assertThat(registrations(referralId)).hasSize(1));
            world().andAgainNothingHappens();
        } finally {
            world().partnerCenter().post("/sandbox/settings", Map.of("thinLists", false));
        }
    }

    /**
     * Another partner's referral stood for Microsoft's: Microsoft was not asked for help, and a deal that it had
     * accepted was not registered.
     */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void microsoft_is_told_from_another_partner_where_lists_do_not_say_whose_a_referral_is(boolean anotherFirst) {
        world().partnerCenter().post("/sandbox/settings", Map.of("thinLists", true));
        try {
            String id = crm().newOpportunity(with(crm().visibleToMicrosoft(), WITH_INCENTIVE));
            String referralId = (String) world().referralFor(id).get("id");
            if (anotherFirst) {
                world().partnerCenter().post("/sandbox/partners/" + referralId, Map.of());
            }
            change(id, crm().askForHelp());
            world().eventually(() -> assertThat(world().microsoftReferralsOf(world().referral(referralId))).hasSize(1));
            if (!anotherFirst) {
                world().partnerCenter().post("/sandbox/partners/" + referralId, Map.of());
            }
            crm().win(id);
            world().eventually(() -> assertThat(world().referral(referralId)).containsEntry("substatus", "Won"));
            world().settle();
            assertThat(registrations(referralId)).isEmpty();
            world().partnerCenter().post("/sandbox/microsoft/" + referralId + "/accept", Map.of());
            world().eventually(() -> assertThat(registrations(referralId)).hasSize(1));
            world().andAgainNothingHappens();
        } finally {
            world().partnerCenter().post("/sandbox/settings", Map.of("thinLists", false));
        }
    }

    @Test
    void a_refused_registration_is_told_and_not_tried_again() {
        String id = crm().newOpportunity(with(crm().visibleToMicrosoft(), WITH_INCENTIVE));
        String referralId = (String) world().referralFor(id).get("id");
        refuseRegistration(referralId);
        crm().win(id);
        world().eventually(() -> assertThat(world().auditTrail(referralId))
                .anyMatch(line -> line.contains("could not be registered")
                        && line.contains("72 hours")));
        world().settle();
        assertThat(registrations(referralId)).isEmpty();
        assertThat(crm().audit(crm().opportunity(id)).contains("could not be registered"))
                .as("told where the CRM takes it").isEqualTo(takesNotesWhenClosed());
        world().andAgainNothingHappens();
    }

    /** The text on the referral was taken for the id of the opportunity, which nobody found. */
    @Test
    void the_outcome_of_a_registration_was_told_to_nobody_when_the_referral_kept_the_id_of_another_tool() {
        String id = crm().newOpportunity(with(crm().visibleToMicrosoft(), WITH_INCENTIVE));
        String referralId = (String) world().referralFor(id).get("id");
        world().partnerCenter().patch("/sandbox/deals/" + referralId, Map.of("externalReferenceId", "PO-4711"));
        world().settle();
        refuseRegistration(referralId);
        crm().win(id);
        world().eventually(() -> assertThat(world().auditTrail(referralId))
                .anyMatch(line -> line.contains("could not be registered")));
        assertThat(world().referral(referralId)).containsEntry("externalReferenceId", "PO-4711");
        assertThat(crm().audit(crm().opportunity(id)).contains("could not be registered"))
                .as("told where the CRM takes it").isEqualTo(takesNotesWhenClosed());
        world().andAgainNothingHappens();
    }

    /** Nobody looked at it again after what it lacked was added. */
    @Test
    void a_won_deal_that_was_left_for_want_of_a_solution_is_registered_when_it_gets_one() {
        String id = crm().newOpportunity(
                with(crm().visibleToMicrosoft(), Map.of("id", "SOL-30022-ABC", "name", "Dock Planner")));
        String referralId = (String) world().referralFor(id).get("id");
        crm().win(id);
        world().eventually(() -> assertThat(world().auditTrail(referralId))
                .anyMatch(line -> line.contains("none of its solutions has an incentive")));
        partnerCenterChanges(referralId, Map.of("notes", "Another change"));
        assertThat(outcomes(referralId)).isEqualTo(1);
        assertThat(registrations(referralId)).isEmpty();

        partnerCenterChanges(referralId, Map.of("requirements", Map.of("solutions", List.of(WITH_INCENTIVE))));
        world().eventually(() -> assertThat(registrations(referralId)).hasSize(1));
        world().eventually(() -> assertThat(world().auditTrail(referralId))
                .anyMatch(line -> line.contains("The deal is registered")));
        assertThat(crm().audit(crm().opportunity(id)).contains("The deal is registered"))
                .as("told where the CRM takes it").isEqualTo(takesNotesWhenClosed());
        world().andAgainNothingHappens();
        assertThat(outcomes(referralId)).isEqualTo(2);
    }

    @Test
    void a_won_deal_that_microsoft_did_not_accept_is_left_once_however_often_it_changes() {
        String referralId = wonWithHelp();
        world().partnerCenter().post("/sandbox/microsoft/" + referralId + "/decline", Map.of());
        world().eventually(() -> assertThat(world().auditTrail(referralId))
                .anyMatch(line -> line.contains("Microsoft did not accept it")));
        String told = audit(referralId);
        partnerCenterChanges(referralId, Map.of("notes", "A change"));
        partnerCenterChanges(referralId, Map.of("notes", "Another change"));
        assertThat(outcomes(referralId)).isEqualTo(1);
        assertThat(audit(referralId).split("Microsoft did not accept it", -1))
                .hasSameSizeAs(told.split("Microsoft did not accept it", -1));
        world().andAgainNothingHappens();
    }

    private void partnerCenterChanges(String referralId, Map<String, Object> details) {
        world().partnerCenter().patch("/sandbox/deals/" + referralId, Map.of("details", details));
        world().settle();
    }

    /** How often the outcome of a registration was told. */
    private long outcomes(String referralId) {
        return world().auditSituations(referralId).stream().filter("DEAL_REGISTRATION"::equals).count();
    }

    /** Of the writes of the referral that close it and register it, the second. */
    private void refuseRegistration(String referralId) {
        world().partnerCenter().post("/sandbox/faults", Map.of("method", "PATCH", "path", referralId, "skip", 1,
                "status", 400,
                "body",
                Map.of("error", Map.of("code", "invalidRequest", "message", "The deal is younger than 72 hours."))));
    }

    /** It was settled before the opportunity was told, and nobody looked at it again. */
    @Test
    void the_outcome_of_a_registration_was_never_told_when_the_crm_was_away_at_that_moment() {
        String registered = wonWithHelp();
        String refused = wonWithHelp();
        world().partnerCenter().post("/sandbox/faults", Map.of("method", "PATCH", "path", refused, "status", 400,
                "body",
                Map.of("error", Map.of("code", "invalidRequest", "message", "The deal is younger than 72 hours."))));
        try (Log log = Log.from(Level.WARN)) {
            crm().api().post("/sandbox/faults", Map.of("status", 503, "times", 1_000_000));
            List.of(registered, refused).forEach(
                    id -> world().partnerCenter().post("/sandbox/microsoft/" + id + "/accept", Map.of()));
            List.of(registered, refused).forEach(id -> world().eventually(() -> assertThat(log.lines()).anyMatch(
                    line -> line.contains("the registration of referral " + id + " is tried again"))));
        } finally {
            crm().api().delete("/sandbox/faults");
        }
        world().eventually(() -> assertThat(world().auditSituations(registered)).contains("DEAL_REGISTRATION"));
        world().eventually(() -> assertThat(world().auditSituations(refused)).contains("DEAL_REGISTRATION"));
        assertThat(audit(registered).contains("The deal is registered")).isEqualTo(takesNotesWhenClosed());
        assertThat(audit(refused).contains("could not be registered")).isEqualTo(takesNotesWhenClosed());
        assertThat(registrations(registered)).hasSize(1);
        assertThat(registrations(refused)).as("not tried again").isEmpty();
        world().andAgainNothingHappens();
    }

    /** A won deal whose registration waits for Microsoft; its referral. */
    private String wonWithHelp() {
        String id = crm().newOpportunity(with(crm().askForHelp(), WITH_INCENTIVE));
        String referralId = (String) world().referralFor(id).get("id");
        crm().win(id);
        world().eventually(() -> assertThat(world().referral(referralId)).containsEntry("substatus", "Won"));
        world().settle();
        return referralId;
    }

    private String audit(String referralId) {
        return crm().audit(world().opportunityFor(referralId));
    }

    /** Whether the CRM lets the Audit field of a closed opportunity be written. */
    protected abstract boolean takesNotesWhenClosed();

    // ---- services solutions
    // ------------------------------------------------------------------------------------------

    @Test
    void a_services_solution_with_help_shows_the_configured_attributes() {
        String id = crm()
                .newOpportunity(with(crm().askForHelp(), Map.of("id", "SOL-90001-SVC", "name", "Migration service")));
        Map<String, Object> referral = world().referralFor(id);
        Map<String, Object> requirements = map(map(referral.get("details")).get("requirements"));
        assertThat((List<?>) map(requirements.get("additionalRequirements")).get("attributes"))
                .extracting(attribute -> map(attribute).get("type") + "=" + map(attribute).get("id"))
                .containsExactlyInAnyOrder("CustomerMarketplaceIntent=HaveNotDecided", "PartnerRole=Advisor",
                        "SolutionArea=DataAndAI",
                        "SolutionPlay=MigrateAndModernize");
        world().andAgainNothingHappens();
    }

    private List<?> registrations(String referralId) {
        return (List<?>) world().referral(referralId).get("registrations");
    }

    private void dropRegistrationAnswer(String referralId) {
        world().partnerCenter().post("/sandbox/faults",
                Map.of("method", "PATCH", "path", referralId, "skip", 1, "drop", "after"));
    }

    private void change(String id, Map<String, Object> fields) {
        crm().api().patch("/sandbox/opportunities/" + id, fields);
    }

    private static Map<String, Object> with(Map<String, Object> fields, Map<String, Object> solution) {
        Map<String, Object> all = new LinkedHashMap<>(fields);
        all.put("solutions", List.of(solution));
        return all;
    }
}
