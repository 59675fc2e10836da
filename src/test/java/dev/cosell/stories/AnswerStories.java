package dev.cosell.stories;

import static dev.cosell.stories.Api.map;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.sync.books.Waiting;
import dev.cosell.sync.decide.Link;
import dev.cosell.sync.steps.DuePairs;
import dev.cosell.sync.steps.SyncSteps;
import dev.cosell.verbs.Hint;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What Microsoft's seller does with a deal that was shared, and where the partner's seller sees it: on the opportunity.
 */
abstract class AnswerStories extends Stories {
    private static final Map<String, Object> JO = Map.of("firstName", "Jo", "lastName", "Doe", "email",
            "jo.doe@microsoft.example",
            "phoneNumber", "+1 425 0100");
    private static final Map<String, Object> SAM = Map.of("firstName", "Sam", "lastName", "Lee", "email",
            "sam.lee@microsoft.example");

    /** The CRM's own words. */
    protected record Words(String status, String sellers, String msxId, String syncSwitch) {}

    protected abstract Words words();

    private record Deal(String referralId, String crmId) {}

    /** Shared from the CRM with a request for help; Microsoft has not answered yet. */
    private Deal coSellDeal() {
        String crmId = crm().newOpportunity(crm().askForHelp());
        Deal deal = new Deal((String) world().referralFor(crmId).get("id"), crmId);
        shows(deal, words().status, "Pending");
        world().settle();
        return deal;
    }

    private void microsoft(Deal deal, String what, Map<String, Object> with) {
        world().partnerCenter().post("/sandbox/microsoft/" + deal.referralId + "/" + what, with);
    }

    private void shows(Deal deal, String field, Object value) {
        world().eventually(() -> assertThat(crm().opportunity(deal.crmId).get(field)).as(field).isEqualTo(value));
    }

    private void tells(Deal deal, String sentence) {
        world().eventually(() -> assertThat(crm().audit(crm().opportunity(deal.crmId))).contains(sentence));
    }

    private void ownIs(Deal deal, String status, String substatus) {
        assertThat(world().referral(deal.referralId)).containsEntry("status", status).containsEntry("substatus",
                substatus);
    }

    private Map<String, Object> microsofts(Deal deal) {
        return world().microsoftReferralsOf(world().referral(deal.referralId)).get(0);
    }

    private void notifications(boolean on) {
        world().partnerCenter().post("/sandbox/settings", Map.of("deliveries", on));
    }

    // ---- what Microsoft answers
    // ----------------------------------------------------------------------------------------

    /** Scenario 15. */
    @Test
    void microsoft_accepts_and_its_status_its_number_and_its_sellers_appear() {
        Deal deal = coSellDeal();
        microsoft(deal, "accept", Map.of("msxId", "7-ACCEPTED", "sellers", List.of(JO)));

        shows(deal, words().status, "Active");
        shows(deal, words().msxId, "7-ACCEPTED");
        shows(deal, words().sellers, "Jo Doe, jo.doe@microsoft.example, +1 425 0100");
        tells(deal, "Microsoft accepted the deal");
        tells(deal, "Microsoft's seller Jo Doe joined");
        tells(deal, "7-ACCEPTED");
        ownIs(deal, "Active", "Accepted");
        world().andAgainNothingHappens();
    }

    /** Scenario 16. */
    @Test
    void microsoft_declines_and_our_deal_stays_open() {
        Deal deal = coSellDeal();
        microsoft(deal, "decline", Map.of("reason", "No matching customer"));

        shows(deal, words().status, "Declined");
        tells(deal, "Microsoft declined: No matching customer");
        ownIs(deal, "Active", "Accepted");
        assertThat(crm().lost(crm().opportunity(deal.crmId))).isFalse();
        crm().changeValue(deal.crmId, 73100);
        world().eventually(
                () -> assertThat(world().valueOf(world().referral(deal.referralId))).isEqualByComparingTo("73100"));
        world().andAgainNothingHappens();
    }

    @Test
    void microsoft_lets_the_deal_expire_and_ours_stays_open() {
        Deal deal = coSellDeal();
        microsoft(deal, "expire", Map.of());

        shows(deal, words().status, "Expired");
        tells(deal, "Microsoft did not answer in time");
        ownIs(deal, "Active", "Accepted");
        world().andAgainNothingHappens();
    }

    /** It was an alarm for as long as the deal was open, and nobody could do anything about it. */
    @Test
    void microsofts_silence_needed_a_person_also_when_its_part_had_ended() {
        for (String end : List.of("expire", "accept", "decline")) {
            Deal deal = coSellDeal();
            silent(deal);
            crm().changeValue(deal.crmId, 73300);
            tells(deal, "Microsoft did not answer the request for help");
            world().eventually(() -> assertThat(needsPerson(deal)).isTrue());

            microsoft(deal, end, Map.of());
            world().eventually(() -> assertThat(needsPerson(deal)).as("after " + end).isFalse());
            crm().changeValue(deal.crmId, 73400);
            world().eventually(
                    () -> assertThat(world().valueOf(world().referral(deal.referralId))).isEqualByComparingTo("73400"));
            world().settle();
            assertThat(needsPerson(deal)).as("with our own referral alone").isFalse();
        }
        world().andAgainNothingHappens();
    }

    private boolean needsPerson(Deal deal) {
        return world().operations().getDeadlines().stream().anyMatch(each -> each.contains(deal.referralId));
    }

    /** As if fourteen days had gone by, and a look at the engagement had shown no answer. */
    private void silent(Deal deal) {
        Link link = link(deal);
        world().camel().getRegistry().lookupByNameAndType("duePairs", DuePairs.class).answered(false,
                new Waiting(link.id(), crm().name(), link.ends(), link.waits(), null));
    }

    private Link link(Deal deal) {
        return world().camel().getRegistry().lookupByNameAndType("sync", SyncSteps.class)
                .open(new Hint("partner-center", deal.referralId, null, Hint.Origin.RETRY), crm().name(), null).link();
    }

    /** Our own copy of a deal that is shared later may stay as it was, and nobody was told then. */
    @Test
    void microsofts_silence_is_told_where_our_own_copy_does_not_show_the_request_for_help() {
        world().partnerCenter().post("/sandbox/settings", Map.of("ownCopyStaysAsItWas", true));
        try {
            String crmId = crm().newOpportunity(Map.of());
            Deal deal = new Deal((String) world().referralFor(crmId).get("id"), crmId);
            crm().api().patch("/sandbox/opportunities/" + crmId, crm().askForHelp());
            shows(deal, words().status, "Pending");
            world().settle();
            assertThat(String.valueOf(world().referral(deal.referralId).get("inviteContext")))
                    .doesNotContain("ProofOfConceptOrDemo");
            toldOfSilence(deal, 73310);
        } finally {
            world().partnerCenter().post("/sandbox/settings", Map.of("ownCopyStaysAsItWas", false));
        }
    }

    @Test
    void microsofts_silence_is_told_of_a_deal_that_we_did_not_begin() {
        String referralId = (String) world().partnerCenter().post("/sandbox/microsoft/deals", Map.of()).get("id");
        Deal deal = new Deal(referralId, crm().id(world().opportunityFor(referralId)));
        world().partnerCenter().patch("/sandbox/deals/" + referralId,
                Map.of("status", "Active", "substatus", "Accepted"));
        world().settle();
        world().partnerCenter().post("/sandbox/microsoft/" + referralId + "/invited", Map.of());
        shows(deal, words().status, "Pending");
        world().settle();
        toldOfSilence(deal, 73320);
    }

    private void toldOfSilence(Deal deal, int value) {
        assertThat(link(deal).waits().isMicrosoftAsked()).isTrue();
        silent(deal);
        crm().changeValue(deal.crmId, value);
        tells(deal, "Microsoft did not answer the request for help");
        world().eventually(() -> assertThat(needsPerson(deal)).isTrue());
        world().andAgainNothingHappens();
    }

    @Test
    void sellers_who_join_and_leave_later_are_told_by_name() {
        Deal deal = coSellDeal();
        microsoft(deal, "accept", Map.of("sellers", List.of(JO)));
        tells(deal, "Microsoft's seller Jo Doe joined");
        microsoft(deal, "sellers", Map.of("sellers", List.of(JO, SAM)));
        shows(deal, words().sellers,
                "Jo Doe, jo.doe@microsoft.example, +1 425 0100\nSam Lee, sam.lee@microsoft.example");
        tells(deal, "Microsoft's seller Sam Lee joined");
        microsoft(deal, "sellers", Map.of("sellers", List.of(SAM)));

        shows(deal, words().sellers, "Sam Lee, sam.lee@microsoft.example");
        tells(deal, "Microsoft's seller Jo Doe left");
        world().andAgainNothingHappens();
    }

    /** Where it stands is not documented. */
    @Test
    void microsofts_number_is_found_on_either_referral() {
        Deal deal = coSellDeal();
        microsoft(deal, "msx", Map.of("msxId", "7-ON-OURS", "on", "own"));
        shows(deal, words().msxId, "7-ON-OURS");

        Deal other = coSellDeal();
        microsoft(other, "msx", Map.of("msxId", "7-ON-THEIRS", "on", "microsoft"));
        shows(other, words().msxId, "7-ON-THEIRS");
        crm().changeValue(other.crmId, 73200);
        world().eventually(
                () -> assertThat(world().valueOf(world().referral(other.referralId))).isEqualByComparingTo("73200"));
        world().settle();
        shows(other, words().msxId, "7-ON-THEIRS");
        world().andAgainNothingHappens();
    }

    @Test
    void an_own_referral_that_shows_an_empty_number_does_not_clear_what_microsofts_showed() {
        Deal deal = coSellDeal();
        microsoft(deal, "msx", Map.of("msxId", "7-KEPT", "on", "microsoft"));
        shows(deal, words().msxId, "7-KEPT");
        Map<String, Object> empty = new LinkedHashMap<>();
        empty.put("microsoftMsxId", null);
        world().partnerCenter().patch("/sandbox/deals/" + deal.referralId,
                Map.of("trackingInfo", empty, "details", Map.of("dealValue", 73300)));

        world().eventually(() -> assertThat(crm().value(crm().opportunity(deal.crmId))).isEqualByComparingTo("73300"));
        shows(deal, words().msxId, "7-KEPT");
        shows(deal, words().status, "Pending");
        world().andAgainNothingHappens();
    }

    @Test
    void an_answer_that_nobody_knows_yet_is_shown_as_it_is() {
        Deal deal = coSellDeal();
        microsoft(deal, "answer", Map.of("status", "Active", "substatus", "Engaged"));

        shows(deal, words().status, "Active/Engaged");
        tells(deal, "Microsoft's part of the deal is now Active/Engaged");
        assertThat(world().parked()).noneSatisfy(line -> assertThat(line).contains(deal.crmId));
        world().andAgainNothingHappens();
    }

    @Test
    void microsoft_closing_its_side_does_not_close_ours_and_the_reverse() {
        Deal deal = coSellDeal();
        microsoft(deal, "accept", Map.of());
        shows(deal, words().status, "Active");
        microsoft(deal, "won", Map.of());
        shows(deal, words().status, "Won");
        tells(deal, "Microsoft closed its part of the deal as Won");
        ownIs(deal, "Active", "Accepted");
        assertThat(crm().won(crm().opportunity(deal.crmId))).isFalse();

        Deal other = coSellDeal();
        microsoft(other, "accept", Map.of());
        shows(other, words().status, "Active");
        crm().win(other.crmId);
        world().eventually(() -> ownIs(other, "Closed", "Won"));
        world().settle();
        assertThat(microsofts(other)).containsEntry("status", "Active");
        microsoft(other, "lost", Map.of("reason", "Customer chose another vendor"));
        world().eventually(() -> assertThat(world().auditTrail(other.crmId))
                .anySatisfy(line -> assertThat(line).contains("Microsoft closed its part of the deal as Lost")));
        assertThat(crm().won(crm().opportunity(other.crmId))).isTrue();
        world().andAgainNothingHappens();
    }

    // ---- events that come early, late or never
    // -------------------------------------------------------------------------

    @Test
    void an_answer_that_comes_before_the_deal_is_synced_waits_for_it() {
        notifications(false);
        String referralId = world().newDeal(
                Map.of("type", "Shared", "inviteContext", Map.of("assistanceRequestCode", "ProofOfConceptOrDemo")));
        notifications(true);
        Deal early = new Deal(referralId, null);
        String microsofts = (String) world().partnerCenter()
                .post("/sandbox/microsoft/" + referralId + "/invited", Map.of()).get("id");
        microsoft(early, "accept", Map.of("msxId", "7-EARLY", "on", "microsoft", "sellers", List.of(JO)));
        world().eventually(() -> assertThat(world().auditTrail(microsofts))
                .anySatisfy(line -> assertThat(line).contains("not synced here")));
        world().settle();
        assertThat(crm().opportunitiesOf(referralId)).isEmpty();

        world().partnerCenter().patch("/sandbox/deals/" + referralId, Map.of("details", Map.of("dealValue", 73400)));
        Deal deal = new Deal(referralId, crm().id(world().opportunityFor(referralId)));
        shows(deal, words().status, "Active");
        shows(deal, words().msxId, "7-EARLY");
        shows(deal, words().sellers, "Jo Doe, jo.doe@microsoft.example, +1 425 0100");
        assertThat(crm().opportunitiesOf(microsofts)).isEmpty();
        world().andAgainNothingHappens();
    }

    @Test
    void an_answer_that_waits_is_not_forgotten_over_a_restart() {
        notifications(false);
        String referralId = world().newDeal(Map.of("type", "Shared"));
        String microsofts = (String) world().partnerCenter()
                .post("/sandbox/microsoft/" + referralId + "/invited", Map.of()).get("id");
        notifications(true);
        microsoft(new Deal(referralId, null), "decline", Map.of());
        world().eventually(() -> assertThat(world().auditTrail(microsofts)).isNotEmpty());
        world().restart();

        Deal deal = new Deal(referralId, crm().id(world().opportunityFor(referralId)));
        shows(deal, words().status, "Declined");
        world().andAgainNothingHappens();
    }

    /** With 404 Microsoft's answer was never seen; with 403 its referral was parked with advice about a role. */
    @ParameterizedTest
    @ValueSource(strings = {"404", "403"})
    void an_answer_is_read_from_the_engagement_where_microsofts_referral_is_not_shown_by_its_id(String answer) {
        Deal deal = coSellDeal();
        String microsofts = (String) microsofts(deal).get("id");
        world().partnerCenter().post("/sandbox/settings", Map.of("microsoftsOnlyByEngagement", answer));
        try {
            microsoft(deal, "accept", Map.of("msxId", "7-LISTED", "on", "microsoft"));

            shows(deal, words().status, "Active");
            shows(deal, words().msxId, "7-LISTED");
            world().settle();
            assertThat(world().parked()).noneMatch(line -> line.contains(microsofts));
            world().andAgainNothingHappens();
        } finally {
            world().partnerCenter().post("/sandbox/settings", Map.of("microsoftsOnlyByEngagement", ""));
        }
    }

    /** Our own referral was at a version that is known, so nothing was read for it. */
    @ParameterizedTest
    @ValueSource(strings = {"404", "403", ""})
    void an_answer_is_read_though_its_notification_names_our_own_referral(String answer) {
        Deal deal = coSellDeal();
        world().partnerCenter().post("/sandbox/settings", Map.of("microsoftsOnlyByEngagement", answer));
        notifications(false);
        try {
            microsoft(deal, "accept", Map.of("msxId", "7-BY-OURS", "on", "microsoft"));
            byte[] related = new String(world().event(deal.referralId), StandardCharsets.UTF_8)
                    .replace("referral-updated", "related-referral-updated").getBytes(StandardCharsets.UTF_8);
            assertThat(world().deliver(related, world().signed(related)).statusCode()).isEqualTo(200);

            shows(deal, words().status, "Active");
            shows(deal, words().msxId, "7-BY-OURS");
            world().andAgainNothingHappens();
        } finally {
            notifications(true);
            world().partnerCenter().post("/sandbox/settings", Map.of("microsoftsOnlyByEngagement", ""));
        }
    }

    @Test
    void an_answer_nobody_was_told_of_is_found_by_the_sweep() {
        Deal deal = coSellDeal();
        notifications(false);
        microsoft(deal, "accept", Map.of("msxId", "7-MISSED", "on", "microsoft"));
        notifications(true);
        world().restart();

        shows(deal, words().status, "Active");
        shows(deal, words().msxId, "7-MISSED");
        world().andAgainNothingHappens();
    }

    @Test
    void an_answer_that_came_while_the_deal_was_switched_off_shows_when_it_is_on_again() {
        Deal deal = coSellDeal();
        crm().api().patch("/sandbox/opportunities/" + deal.crmId, Map.of(words().syncSwitch, false));
        microsoft(deal, "accept", Map.of("on", "microsoft", "msxId", "7-OFF"));
        world().eventually(() -> assertThat(world().auditSituations(deal.crmId)).contains("SWITCHED_OFF"));
        world().settle();
        assertThat(crm().opportunity(deal.crmId)).containsEntry(words().status, "Pending");

        crm().api().patch("/sandbox/opportunities/" + deal.crmId, Map.of(words().syncSwitch, true));
        shows(deal, words().status, "Active");
        shows(deal, words().msxId, "7-OFF");
        world().andAgainNothingHappens();
    }

    @Test
    void an_edit_in_the_portal_of_an_accepted_deal_still_costs_one_call() {
        Deal deal = coSellDeal();
        microsoft(deal, "accept", Map.of("sellers", List.of(JO)));
        shows(deal, words().status, "Active");
        world().settle();
        world().partnerCenter().post("/sandbox/stats/reset", Map.of());
        world().partnerCenter().patch("/sandbox/deals/" + deal.referralId,
                Map.of("details", Map.of("dealValue", 73500)));

        world().eventually(() -> assertThat(crm().value(crm().opportunity(deal.crmId))).isEqualByComparingTo("73500"));
        world().settle();
        assertThat(map(world().partnerCenter().get("/sandbox/stats").get("calls")))
                .isEqualTo(Map.of("GET /v1.0/engagements/referrals/{id}", 1));
        world().andAgainNothingHappens();
    }

    /** Partner to partner: neither ours nor Microsoft's. */
    @Test
    void a_referral_of_another_partner_is_left_alone_with_a_reason() {
        Deal deal = coSellDeal();
        String theirs = (String) world().partnerCenter().post("/sandbox/partners/" + deal.referralId, Map.of())
                .get("id");

        world().eventually(() -> assertThat(world().auditTrail(theirs)).anySatisfy(line ->
                assertThat(line).contains("another organisation").contains("Fast Lane Partners")));
        world().settle();
        assertThat(crm().opportunitiesOf(theirs)).isEmpty();
        world().andAgainNothingHappens();
    }
}
