package dev.cosell.stories;

import static dev.cosell.stories.Api.map;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The rest of {@link MainStories}: what is missing, what happens on both sides at once, repeats and faults. */
abstract class SyncStories extends MainStories {
    // ---- CRM to Partner Center -------------------------------------------------------------------------------------

    /** Scenario 1. */
    @Test
    void an_opportunity_that_asks_for_help_becomes_a_co_sell_deal_with_microsofts_copy() {
        String id = crm().newOpportunity(crm().askForHelp());
        Map<String, Object> referral = world().referralFor(id);
        Map<String, Object> opportunity = crm().opportunity(id);

        assertThat(referral).containsEntry("type", "Shared").containsEntry("status", "Active")
                .containsEntry("externalReferenceId", id);
        assertThat(map(referral.get("inviteContext"))).containsEntry("assistanceRequestCode", "ProofOfConceptOrDemo");
        assertThat(world().microsoftReferralsOf(referral)).singleElement().satisfies(microsofts ->
                assertThat(microsofts).containsEntry("status", "New").containsEntry("substatus", "Pending"));
        assertThat(crm().referralId(opportunity)).isEqualTo(referral.get("id"));
        assertThat(crm().referralLink(opportunity)).contains(referral.get("id").toString());
        assertThat(crm().audit(opportunity)).contains("Shared with Partner Center");
        world().andAgainNothingHappens();
    }

    /** Scenario 2. */
    @Test
    void help_without_a_contact_makes_no_call_and_the_audit_names_what_is_missing() {
        Map<String, Object> fields = new LinkedHashMap<>(crm().askForHelp());
        fields.putAll(crm().withoutContact());
        fields.putAll(crm().withoutSolution());
        fields.putAll(crm().country("GBR"));
        world().partnerCenter().post("/sandbox/stats/reset", Map.of());
        String id = crm().newOpportunity(fields);

        world().eventually(() -> assertThat(crm().audit(crm().opportunity(id))).contains("Not synced")
                .containsIgnoringCase("contact")
                .containsIgnoringCase("solution").contains("country"));
        assertThat(world().partnerCenter().get("/sandbox/stats")).containsEntry("writes", 0);
        world().eventually(() -> assertThat(world().parked()).anySatisfy(line -> assertThat(line).contains(id)));
        world().andAgainNothingHappens();
    }

    @Test
    void a_parked_opportunity_is_freed_by_the_change_that_mends_it() {
        String id = crm().newOpportunity(crm().country("GBR"));
        world().eventually(() -> assertThat(crm().audit(crm().opportunity(id))).contains("Not synced"));

        crm().mendCountry(id);
        crm().changeValue(id, 61000);

        Map<String, Object> referral = world().referralFor(id);
        assertThat(world().valueOf(referral)).isEqualByComparingTo("61000");
        world().andAgainNothingHappens();
    }

    /** Scenario 4. */
    @Test
    void an_opportunity_that_microsoft_may_see_becomes_a_partner_led_deal() {
        String id = crm().newOpportunity(crm().visibleToMicrosoft());
        Map<String, Object> referral = world().referralFor(id);

        assertThat(map(referral.get("consent"))).containsEntry("consentToShareReferralWithMicrosoftSellers", true);
        assertThat(world().microsoftReferralsOf(referral)).isEmpty();
        world().andAgainNothingHappens();
    }

    // ---- Both at once, repeats, faults -----------------------------------------------------------------------------

    /** Scenario 19. */
    @Test
    void two_edits_within_a_second_on_both_sides_end_equal_by_policy_with_the_loser_in_the_audit() {
        Joined deal = joinedDeal();
        world().pauseSync();
        crm().changeValue(deal.crmId(), 20200);
        world().partnerCenter().patch("/sandbox/deals/" + deal.referralId(),
                Map.of("details", Map.of("dealValue", 10100)));
        world().resumeSync();

        world().eventually(
                () -> assertThat(world().valueOf(world().referral(deal.referralId()))).isEqualByComparingTo("20200"));
        world().eventually(
                () -> assertThat(crm().audit(crm().opportunity(deal.crmId()))).contains("10100").contains("lost"));
        assertThat(crm().value(crm().opportunity(deal.crmId()))).isEqualByComparingTo("20200");
        world().andAgainNothingHappens();
    }

    @Test
    void different_fields_changed_on_both_sides_both_travel() {
        Joined deal = joinedDeal();
        world().pauseSync();
        crm().changeValue(deal.crmId(), 30300);
        world().partnerCenter().patch("/sandbox/deals/" + deal.referralId(),
                Map.of("details", Map.of("closingDateTime", "2027-05-31T00:00:00Z")));
        world().resumeSync();

        world().eventually(
                () -> assertThat(world().valueOf(world().referral(deal.referralId()))).isEqualByComparingTo("30300"));
        world().eventually(() -> assertThat(crm().closeDate(crm().opportunity(deal.crmId()))).startsWith("2027-05-31"));
        world().andAgainNothingHappens();
    }

    /** Scenario 20. */
    @Test
    void the_same_event_five_times_makes_one_opportunity() {
        world().partnerCenter().post("/sandbox/settings", Map.of("duplicates", 4));
        String referralId;
        try {
            referralId = world().newDeal(Map.of());
            world().opportunityFor(referralId);
            world().settle();
        } finally {
            world().partnerCenter().post("/sandbox/settings", Map.of("duplicates", 0));
        }
        assertThat(crm().opportunitiesOf(referralId)).hasSize(1);
        world().andAgainNothingHappens();
    }

    /** Scenario 22. */
    @Test
    void throttling_is_waited_out_and_the_change_arrives() {
        Joined deal = joinedDeal();
        world().partnerCenter().post("/sandbox/faults",
                Map.of("method", "GET", "path", "/v1.0/engagements/referrals/", "times", 2,
                        "status", 429, "headers", Map.of("Retry-After", "1"),
                        "body",
                        Map.of("statusCode", 429, "message", "Rate limit is exceeded. Try again in 1 seconds.")));
        world().partnerCenter().patch("/sandbox/deals/" + deal.referralId(),
                Map.of("details", Map.of("dealValue", 44000)));

        world().eventually(
                () -> assertThat(crm().value(crm().opportunity(deal.crmId()))).isEqualByComparingTo("44000"));
        assertThat(world().parked()).noneSatisfy(line -> assertThat(line).contains(deal.crmId()));
        world().andAgainNothingHappens();
    }

    /** Scenario 23. */
    @Test
    void a_write_that_meets_a_newer_version_is_decided_anew() {
        Joined deal = joinedDeal();
        world().partnerCenter().post("/sandbox/faults",
                Map.of("method", "PATCH", "path", "/v1.0/engagements/referrals/", "status", 412,
                        "body",
                        Map.of("error", Map.of("code", "preconditionFailed", "message", "The resource was modified"))));
        crm().changeValue(deal.crmId(), 55000);

        world().eventually(
                () -> assertThat(world().valueOf(world().referral(deal.referralId()))).isEqualByComparingTo("55000"));
        world().andAgainNothingHappens();
    }

    /** A lost answer is the worst of faults: the write happened and nobody was told. */
    @Test
    void a_connection_that_drops_after_the_write_does_not_double_anything() {
        Map<String, Object> rule = new LinkedHashMap<>(
                Map.of("method", "POST", "path", "/v1.0/engagements/referrals$", "drop", "after"));
        world().partnerCenter().post("/sandbox/faults", rule);
        String id = crm().newOpportunity(Map.of());

        world().referralFor(id);
        world().settle();
        assertThat(world().referralsNaming(id)).hasSize(1);
        world().andAgainNothingHappens();
    }

    @Test
    void a_crm_that_drops_the_connection_after_a_write_is_not_written_twice() {
        Joined deal = joinedDeal();
        Map<String, Object> rule = new LinkedHashMap<>(crm().writeCall());
        rule.put("drop", "after");
        crm().api().post("/sandbox/faults", rule);
        world().partnerCenter().patch("/sandbox/deals/" + deal.referralId(),
                Map.of("details", Map.of("dealValue", 66000)));

        world().eventually(
                () -> assertThat(crm().value(crm().opportunity(deal.crmId()))).isEqualByComparingTo("66000"));
        world().andAgainNothingHappens();
    }

    /** Scenario 25. */
    @Test
    void a_forged_event_is_refused_without_any_call() {
        Joined deal = joinedDeal();
        world().settle();
        byte[] body = world().event(deal.referralId());
        Map<String, String> signed = world().signed(body);
        world().partnerCenter().post("/sandbox/stats/reset", Map.of());

        byte[] other = world().event(UUID.randomUUID().toString());
        HttpResponse<byte[]> forged = world().deliver(other, signed);
        assertThat(forged.statusCode()).isEqualTo(401);
        assertThat(world().deliver(body, Map.of("Content-Type", "application/json")).statusCode()).isEqualTo(401);
        Map<String, String> elsewhere = new LinkedHashMap<>(signed);
        elsewhere.put("X-MS-Certificate-Url", "http://localhost.attacker.example/cert/sandbox.cer");
        assertThat(world().deliver(body, elsewhere).statusCode()).isEqualTo(401);
        assertThat(world().deliver(new byte[1_200_000], signed).statusCode()).isEqualTo(413);

        world().settle();
        assertThat(map(world().partnerCenter().get("/sandbox/stats").get("calls")).keySet())
                .as("calls after the forgeries, but for the certificate")
                .allMatch(call -> call.startsWith("GET /cert/"));
        world().andAgainNothingHappens();
    }
}
