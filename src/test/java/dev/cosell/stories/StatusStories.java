package dev.cosell.stories;

import static dev.cosell.stories.Api.map;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * How deals end, what is missed and found again, and the times that Partner Center sets; lived through with each CRM.
 */
@WithSettings({"sync.due-interval=200ms", "partner-center.sweep-interval=1s"})
abstract class StatusStories extends Stories {
    private record Deal(String referralId, String crmId) {}

    private Deal joined(Map<String, Object> fields) {
        return joined(world().newDeal(fields));
    }

    private Deal joined(String referralId) {
        String crmId = crm().id(world().opportunityFor(referralId));
        world().eventually(() -> assertThat(world().referral(referralId)).containsEntry("externalReferenceId", crmId));
        world().settle();
        return new Deal(referralId, crmId);
    }

    private String inbound() {
        return (String) world().partnerCenter().post("/sandbox/microsoft/deals", Map.of()).get("id");
    }

    private void portal(Deal deal, Map<String, Object> fields) {
        world().partnerCenter().patch("/sandbox/deals/" + deal.referralId, fields);
    }

    private void bothShow(Deal deal, int value) {
        world().eventually(() -> {
            assertThat(world().valueOf(world().referral(deal.referralId))).isEqualByComparingTo(String.valueOf(value));
            assertThat(crm().value(crm().opportunity(deal.crmId))).isEqualByComparingTo(String.valueOf(value));
        });
    }

    private Object writesToPartnerCenter() {
        return world().partnerCenter().get("/sandbox/stats").get("writes");
    }

    // ---- a status that nobody knows yet
    // ----------------------------------------------------------------------------------

    /** Salesforce refused it for the stage that it lacked, and nobody read why it lacked one. */
    @Test
    void a_new_deal_with_a_substatus_that_nobody_knows_gets_the_stage_of_its_status_and_goes_on() {
        Deal deal = joined(Map.of("status", "Active", "substatus", "Engaged"));
        String told = crm().audit(crm().opportunity(deal.crmId));
        assertThat(told).containsOnlyOnce(
                "no line for the status Active/Engaged, so that of Active/Accepted is used; it is not sent");
        Deal accepted = joined(Map.of("status", "Active", "substatus", "Accepted"));
        assertThat(stage(deal)).isEqualTo(stage(accepted));
        world().andAgainNothingHappens();
        assertThat(world().referral(deal.referralId)).containsEntry("status", "Active").containsEntry("substatus",
                "Engaged");
        assertThat(crm().audit(crm().opportunity(deal.crmId))).isEqualTo(told);

        crm().changeValue(deal.crmId, 18100);
        bothShow(deal, 18100);
        assertThat(world().referral(deal.referralId)).as("nobody has moved the stage").containsEntry("substatus",
                "Engaged");
        crm().win(deal.crmId);
        world().eventually(() -> assertThat(world().referral(deal.referralId)).containsEntry("substatus", "Won"));
        world().andAgainNothingHappens();
    }

    private List<Object> stage(Deal deal) {
        Map<String, Object> opportunity = crm().opportunity(deal.crmId);
        return Stream.of("StageName", "statecode", "statuscode").map(opportunity::get).filter(Objects::nonNull)
                .toList();
    }

    @Test
    void a_new_deal_with_a_status_of_which_no_line_knows_anything_waits_for_one_and_is_named() {
        String referralId = world().newDeal(Map.of("status", "Paused", "substatus", "Later"));
        world().eventually(() -> assertThat(world().parked()).anySatisfy(line -> assertThat(line).contains(referralId,
                "status + substatus", "\"Paused/Later\" has no line in the value map", "CS-201")));
        world().andAgainNothingHappens();
        assertThat(crm().opportunitiesOf(referralId)).isEmpty();

        world().partnerCenter().patch("/sandbox/deals/" + referralId,
                Map.of("status", "Active", "substatus", "Accepted"));
        joined(referralId);
        assertThat(world().parked()).noneMatch(line -> line.contains(referralId));
        world().andAgainNothingHappens();
    }

    // ---- the end of a deal
    // -----------------------------------------------------------------------------------------------

    /** Scenario 14. */
    @Test
    void an_inbound_deal_that_nobody_answered_expires_and_its_opportunity_closes() {
        Deal deal = joined(inbound());
        portal(deal, Map.of("status", "Closed", "substatus", "Expired"));

        world().eventually(() -> assertThat(crm().lost(crm().opportunity(deal.crmId))).isTrue());
        assertThat(world().referral(deal.referralId)).containsEntry("substatus", "Expired");
        world().andAgainNothingHappens();
    }

    /** Scenario 17: what a seller reads who works on after the end. */
    @Test
    void a_won_deal_that_is_reopened_is_told_once_that_closed_is_final() {
        Deal deal = joined(Map.of());
        crm().win(deal.crmId);
        world().eventually(() -> assertThat(world().referral(deal.referralId)).containsEntry("status", "Closed")
                .containsEntry("substatus", "Won"));
        world().settle();
        Object writes = writesToPartnerCenter();

        crm().work(deal.crmId);
        crm().changeValue(deal.crmId, 71000);
        world().eventually(() -> assertThat(crm().audit(crm().opportunity(deal.crmId)))
                .contains("closed in Partner Center").contains("final")
                .contains("create a new deal"));
        world().settle();
        String told = crm().audit(crm().opportunity(deal.crmId));
        world().andAgainNothingHappens();
        assertThat(crm().audit(crm().opportunity(deal.crmId))).isEqualTo(told);
        assertThat(writesToPartnerCenter()).isEqualTo(writes);
        assertThat(world().parked()).noneMatch(line -> line.contains(deal.crmId));
    }

    /** Scenario 18, with the ends that only Partner Center knows. */
    @Test
    void closed_in_the_portal_as_declined_or_as_an_error_closes_the_opportunity_as_lost() {
        for (String end : List.of("Declined", "Error")) {
            Deal deal = joined(Map.of());
            portal(deal, Map.of("status", "Closed", "substatus", end));
            world().eventually(() -> assertThat(crm().lost(crm().opportunity(deal.crmId))).as(end).isTrue());
            world().settle();
            assertThat(world().referral(deal.referralId)).containsEntry("substatus", end);
        }
        world().andAgainNothingHappens();
    }

    @Test
    void lost_in_the_crm_with_a_last_change_takes_the_change_along() {
        Deal deal = joined(Map.of());
        world().pauseSync();
        crm().changeValue(deal.crmId, 31000);
        crm().lose(deal.crmId);
        world().resumeSync();

        world().eventually(() -> assertThat(world().referral(deal.referralId)).containsEntry("status", "Closed")
                .containsEntry("substatus", "Lost"));
        bothShow(deal, 31000);
        world().andAgainNothingHappens();
    }

    /** Its deal was made open, and what both showed then counted as agreed: it stayed open for ever. */
    @Test
    void won_before_it_was_shared_the_deal_is_made_and_won() {
        world().pauseSync();
        String id = crm().newOpportunity(Map.of());
        crm().win(id);
        world().resumeSync();

        world().eventually(() -> assertThat(world().referralsNaming(id)).singleElement()
                .satisfies(referral -> assertThat(referral).containsEntry("substatus", "Won")));
        world().settle();
        assertThat(crm().won(crm().opportunity(id))).isTrue();
        assertThat(world().parked()).noneMatch(line -> line.contains(id));
        world().andAgainNothingHappens();
    }

    @Test
    void lost_before_it_was_shared_no_deal_is_made_until_it_goes_on() {
        world().pauseSync();
        String id = crm().newOpportunity(Map.of());
        crm().lose(id);
        world().resumeSync();
        world().eventually(() -> assertThat(world().auditSituations(id)).contains("CLOSED_BEFORE"));
        world().andAgainNothingHappens();
        assertThat(world().referralsNaming(id)).isEmpty();

        crm().work(id);
        assertThat(world().referralFor(id)).containsEntry("status", "Active");
        world().andAgainNothingHappens();
    }

    @Test
    void a_deleted_opportunity_leaves_the_deal_alone() {
        Deal deal = joined(Map.of());
        Object writes = writesToPartnerCenter();
        int orphaned = orphaned();
        crm().api().delete("/sandbox/opportunities/" + deal.crmId);

        world().eventually(() -> assertThat(orphaned()).isEqualTo(orphaned + 1));
        portal(deal, Map.of("details", Map.of("dealValue", 12000)));
        world().andAgainNothingHappens();
        assertThat(crm().opportunitiesOf(deal.referralId)).as("nobody makes it anew").isEmpty();
        assertThat(writesToPartnerCenter()).isEqualTo(writes);
    }

    private int orphaned() {
        return world().operations().getLinksByState().get(crm().name() + "/ORPHANED");
    }

    @Test
    void a_deal_whose_sync_is_switched_off_rests_and_goes_on_where_it_stood() {
        Deal deal = joined(Map.of());
        crm().api().patch("/sandbox/opportunities/" + deal.crmId, crm().shared(false));
        world().settle();
        Object writes = writesToPartnerCenter();
        crm().changeValue(deal.crmId, 14500);
        world().settle();
        assertThat(writesToPartnerCenter()).isEqualTo(writes);

        crm().api().patch("/sandbox/opportunities/" + deal.crmId, crm().shared(true));
        bothShow(deal, 14500);
        world().andAgainNothingHappens();
    }

    // ---- what was missed
    // ---------------------------------------------------------------------------------------------------

    /** Scenario 21. */
    @Test
    void a_service_that_was_down_for_a_day_catches_up_without_anybodys_help() {
        Deal edited = joined(Map.of());
        Deal theirs = joined(Map.of());
        world().stopApplication();
        world().partnerCenter().post("/sandbox/settings", Map.of("deliveries", false));
        String made;
        String shared;
        try {
            portal(theirs, Map.of("details", Map.of("dealValue", 15100)));
            crm().changeValue(edited.crmId, 15200);
            made = world().newDeal(Map.of());
            shared = crm().newOpportunity(Map.of());
        } finally {
            world().partnerCenter().post("/sandbox/settings", Map.of("deliveries", true));
            world().start();
        }
        bothShow(theirs, 15100);
        bothShow(edited, 15200);
        world().opportunityFor(made);
        world().referralFor(shared);
        world().andAgainNothingHappens();
    }

    /** Where a tenant refuses the filter by time, and where it refuses the order by time too. */
    @Test
    void a_missed_notification_is_made_good_by_the_next_sweep_whatever_the_tenant_refuses() {
        Deal deal = joined(Map.of());
        world().partnerCenter().post("/sandbox/settings", Map.of("deliveries", false));
        int value = 16000;
        try {
            for (Map<String, Object> tenant : List.<Map<String, Object>>of(Map.of(),
                    Map.of("refuseUpdatedFilter", true), Map.of("refuseOrder", true))) {
                world().partnerCenter().post("/sandbox/settings", tenant);
                portal(deal, Map.of("details", Map.of("dealValue", ++value)));
                bothShow(deal, value);
            }
        } finally {
            world().partnerCenter().post("/sandbox/settings",
                    Map.of("deliveries", true, "refuseUpdatedFilter", false, "refuseOrder", false));
        }
        world().andAgainNothingHappens();
    }

    /** A sweep goes an hour back each time; what was handled must not cost a read again. */
    @Test
    void a_sweep_over_known_changes_reads_no_deal() {
        joined(Map.of());
        world().settle();
        String get = "GET /v1.0/engagements/referrals/{id}";
        Object reads = calls(get);
        int sweeps = (Integer) calls("GET /v1.0/engagements/referrals");
        world().eventually(
                () -> assertThat((Integer) calls("GET /v1.0/engagements/referrals")).isGreaterThan(sweeps + 1));
        assertThat(calls(get)).isEqualTo(reads);
        world().andAgainNothingHappens();
    }

    private Object calls(String call) {
        return map(world().partnerCenter().get("/sandbox/stats").get("calls")).get(call);
    }

    @Test
    void properties_and_values_that_nobody_has_documented_change_nothing() {
        Deal deal = joined(Map.of());
        world().partnerCenter().post("/sandbox/settings", Map.of("sprinkle", true, "createdStatus", 201));
        try {
            crm().changeValue(deal.crmId, 17100);
            bothShow(deal, 17100);
            portal(deal, Map.of("details", Map.of("dealValue", 17200)));
            bothShow(deal, 17200);
            String crmId = crm().newOpportunity(crm().askForHelp());
            assertThat(world().microsoftReferralsOf(world().referralFor(crmId))).hasSize(1);
            assertThat(crm().won(crm().opportunity(deal.crmId)) || crm().lost(crm().opportunity(deal.crmId))).isFalse();
            world().andAgainNothingHappens();
        } finally {
            world().partnerCenter().post("/sandbox/settings", Map.of("sprinkle", false, "createdStatus", 200));
        }
    }

    // ---- deadlines
    // ---------------------------------------------------------------------------------------------------------

    @Test
    void an_unanswered_deal_warns_once_before_it_expires_and_no_more_when_it_is_answered() {
        Deal deal = joined(inbound());
        portal(deal, Map.of("createdDateTime", Instant.now().minus(Duration.ofDays(12)).toString()));
        // The date of creation never moves in the real service; another deadline is known only to a deal that was seen
        // first now.
        Deal late = joined(lateInbound());

        world().eventually(
                () -> assertThat(crm().audit(crm().opportunity(late.crmId))).contains("accept or decline it before"));
        world().eventually(
                () -> assertThat(world().operations().getDeadlines()).anyMatch(line -> line.contains(late.crmId)));
        assertThat(world().operations().getDeadlines()).noneMatch(line -> line.contains(deal.crmId));
        String told = crm().audit(crm().opportunity(late.crmId));
        world().andAgainNothingHappens();
        assertThat(crm().audit(crm().opportunity(late.crmId))).isEqualTo(told).containsOnlyOnce("accept or decline");

        crm().work(late.crmId);
        world().eventually(() -> assertThat(world().referral(late.referralId)).containsEntry("status", "Active"));
        world().eventually(
                () -> assertThat(world().operations().getDeadlines()).noneMatch(line -> line.contains(late.crmId)));
        world().andAgainNothingHappens();
    }

    private String lateInbound() {
        world().pauseSync();
        try {
            String id = inbound();
            world().partnerCenter().patch("/sandbox/deals/" + id,
                    Map.of("createdDateTime", Instant.now().minus(Duration.ofDays(12)).toString(),
                            "details", Map.of("customerRequestedContact", true)));
            return id;
        } finally {
            world().resumeSync();
        }
    }
}
