package dev.cosell.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A share that broke off after our own referral was made: what is left of it is done by the share, and never undone or
 * left out because the referral's own news is quicker.
 */
@WithSettings("sync.parked-interval=5s")
abstract class HalfSharedStories extends Stories {
    private static final int MANY = 1_000_000;

    @AfterEach
    void nothing_fails_any_more() {
        world().partnerCenter().delete("/sandbox/faults");
        crm().api().delete("/sandbox/faults");
    }

    /** Microsoft's referral cannot be made; our own can. */
    private void microsoftsFails(Map<String, Object> how) {
        Map<String, Object> rule = new HashMap<>(how);
        rule.putAll(Map.of("method", "POST", "path", "/v1.0/engagements/referrals$", "skip", 1, "times", MANY));
        world().partnerCenter().post("/sandbox/faults", rule);
    }

    private void microsoftsIsRefused() {
        microsoftsFails(Map.of("status", 400, "body", Map.of("error", Map.of("code", "invalidRequest", "message",
                "The contact cannot be reached."))));
    }

    private void mended() {
        world().partnerCenter().delete("/sandbox/faults");
    }

    private Map<String, Object> own(String crmId) {
        world().eventually(() -> assertThat(world().referralsNaming(crmId)).hasSize(1));
        return world().referralsNaming(crmId).get(0);
    }

    /** The referral has reported by itself when it was made, and does so once more. */
    private void reports(Map<String, Object> referral) {
        byte[] body = world().event((String) referral.get("id"));
        assertThat(world().deliver(body, world().signed(body)).statusCode()).isEqualTo(200);
    }

    private void staysUnjoined(String crmId) {
        Awaitility.await().during(Duration.ofSeconds(3)).atMost(Duration.ofSeconds(30))
                .until(() -> crm().referralId(crm().opportunity(crmId)) == null);
    }

    private void parked(String crmId) {
        world().eventually(() -> assertThat(world().parked()).anyMatch(line -> line.contains(crmId)));
        world().settle();
    }

    private void sharedWithMicrosoftOnce(String crmId) {
        Map<String, Object> referral = world().referralFor(crmId);
        assertThat(world().microsoftReferralsOf(referral)).as("Microsoft's").hasSize(1);
        assertThat(world().referralsNaming(crmId)).as("our own").hasSize(1);
        assertThat(crm().audit(crm().opportunity(crmId)))
                .contains("Shared with Partner Center as referral " + referral.get("id"));
        assertThat(world().parked()).noneMatch(line -> line.contains(crmId));
        world().andAgainNothingHappens();
    }

    @ParameterizedTest
    @ValueSource(strings = {"400", "503", "429", "before"})
    void a_deal_whose_request_for_help_failed_was_joined_by_its_referral_and_microsoft_was_never_asked(String how) {
        switch (how) {
            case "400" -> microsoftsIsRefused();
            case "before" -> microsoftsFails(Map.of("drop", "before"));
            case "429" -> microsoftsFails(Map.of("status", 429, "headers", Map.of("Retry-After", "1"), "body",
                    Map.of("statusCode", 429, "message", "Rate limit is exceeded.")));
            default -> microsoftsFails(Map.of("status", Integer.parseInt(how), "body", Map.of()));
        }
        String id = crm().newOpportunity(crm().askForHelp());
        reports(own(id));
        staysUnjoined(id);
        assertThat(world().microsoftReferralsOf(own(id))).isEmpty();

        mended();
        sharedWithMicrosoftOnce(id);
    }

    /** What the seller reads of it, and what an operator does. */
    @Test
    void the_referral_of_a_parked_share_says_what_it_waits_for_and_a_retry_asks_microsoft() {
        microsoftsIsRefused();
        String id = crm().newOpportunity(crm().askForHelp());
        String referralId = (String) own(id).get("id");
        parked(id);
        assertThat(crm().audit(crm().opportunity(id))).contains("Not synced", "The contact cannot be reached");
        reports(own(id));
        world().eventually(() -> assertThat(world().auditSituations(referralId)).contains("BEING_SHARED"));
        assertThat(world().auditTrail(referralId)).anyMatch(line -> line.contains("opportunity " + id));

        mended();
        world().operations().retryParked(id);
        sharedWithMicrosoftOnce(id);
    }

    /** The two were joined, and nobody asked Microsoft. */
    @Test
    void an_operator_who_joins_a_parked_share_by_hand_is_told_to_retry_it() {
        microsoftsIsRefused();
        String id = crm().newOpportunity(crm().askForHelp());
        String referralId = (String) own(id).get("id");
        parked(id);
        assertThatThrownBy(() -> world().operations().join(crm().name(), referralId, id))
                .hasMessageContaining(id).hasMessageContaining("use retryParked");
        assertThat(world().microsoftReferralsOf(own(id))).isEmpty();

        mended();
        world().operations().retryParked(id);
        sharedWithMicrosoftOnce(id);
    }

    /** Microsoft was sent again what it had refused, however the opportunity was corrected. */
    @Test
    void microsoft_is_asked_with_what_the_seller_has_corrected_since_it_was_refused() {
        microsoftsIsRefused();
        String id = crm().newOpportunity(crm().askForHelp());
        parked(id);
        crm().changeValue(id, 81_500);
        world().settle();
        assertThat(world().microsoftReferralsOf(own(id))).isEmpty();

        mended();
        world().operations().retryParked(id);
        sharedWithMicrosoftOnce(id);
        Map<String, Object> referral = world().referralFor(id);
        assertThat(world().valueOf(world().microsoftReferralsOf(referral).get(0))).isEqualByComparingTo("81500");
        world().eventually(() -> assertThat(world().valueOf(own(id))).isEqualByComparingTo("81500"));
        world().andAgainNothingHappens();
    }

    /** A seller who saw the referral in the portal entered its id, which joined the two and asked nobody. */
    @Test
    void the_id_of_the_referral_that_a_seller_enters_while_the_share_is_parked_leaves_nothing_of_it_out() {
        microsoftsIsRefused();
        String id = crm().newOpportunity(crm().askForHelp());
        parked(id);
        crm().api().patch("/sandbox/opportunities/" + id,
                Map.of(crm().field(CrmField.REFERRAL_IDENTIFIER), own(id).get("id")));
        parked(id);
        assertThat(world().microsoftReferralsOf(own(id))).isEmpty();

        mended();
        world().operations().retryParked(id);
        sharedWithMicrosoftOnce(id);
    }

    @Test
    void a_share_that_was_cut_short_by_a_stop_asks_microsoft_after_the_start_though_the_referral_reports_first() {
        microsoftsFails(Map.of("status", 503, "body", Map.of()));
        String id = crm().newOpportunity(crm().askForHelp());
        Map<String, Object> referral = own(id);
        world().stopApplication();
        mended();
        world().start();
        reports(referral);
        sharedWithMicrosoftOnce(id);
    }

    /** The turn broke off each second, and no other backfill could begin for as long as the CRM was paused. */
    @Test
    void a_dry_run_came_to_no_end_while_a_share_was_under_way_and_its_crm_paused() {
        microsoftsFails(Map.of("status", 503, "body", Map.of()));
        String id = crm().newOpportunity(crm().askForHelp());
        Object referralId = own(id).get("id");
        world().operations().pause(crm().name());
        BackfillJob jobs = new BackfillJob(world());
        Map<String, Object> counted = jobs.rested(jobs.act("/api/backfill",
                Map.of("source", "partner-center", "dryRun", true)));
        assertThat(counted).containsEntry("phase", "COUNTED").containsEntry("toLook", 0);
        assertThat(jobs.records(counted, "update")).anySatisfy(record -> assertThat(record)
                .containsEntry("id", referralId).extractingByKey("reason").asString().contains(id, "is being shared"));

        mended();
        world().operations().resume(crm().name());
        sharedWithMicrosoftOnce(id);
    }

    /** It kept what its original's Audit field says, when the news of its referral was quicker. */
    @Test
    void a_copy_that_had_been_parked_is_emptied_of_its_originals_story_though_its_referral_reports_first() {
        Map<String, Object> fields = new HashMap<>(crm().country("GBR"));
        fields.put(crm().field(CrmField.AUDIT),
                "2026-01-02 03:04 Shared with Partner Center as referral 00000000-3333-4333-8333-000000000001");
        String id = crm().newOpportunity(fields);
        parked(id);
        Map<String, Object> slow = new HashMap<>(crm().writeCall());
        slow.putAll(Map.of("delayMillis", 3000, "times", MANY));
        crm().api().post("/sandbox/faults", slow);
        crm().mendCountry(id);
        crm().changeValue(id, 62_000);
        Map<String, Object> made = own(id);
        // What tells the opportunity is on its way, and late.
        crm().api().delete("/sandbox/faults");

        reports(made);
        String referralId = (String) world().referralFor(id).get("id");
        assertThat(crm().audit(crm().opportunity(id))).contains(referralId, "emptied, because it belonged to the deal")
                .doesNotContain("00000000-3333-4333-8333-000000000001");
        assertThat(world().referralsNaming(id)).hasSize(1);
        assertThat(world().parked()).noneMatch(line -> List.of(id, referralId).stream().anyMatch(line::contains));
        world().andAgainNothingHappens();
    }
}
