package dev.cosell.stories;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Edits that meet a half-finished sync, and reads that show the past: the moments in which an edit could get lost. */
abstract class InterruptedStories extends Stories {
    private static final String REFERRALS = "/v1.0/engagements/referrals";
    private static final int MANY = 1000;

    /** Calls that read one opportunity, for fault rules. */
    protected abstract Map<String, Object> readCall();

    /** How often an opportunity is read before the first edit since it was made is written to it. */
    protected abstract int readsBeforeTheWrite();

    /** Calls that create an opportunity, for fault rules. */
    protected abstract Map<String, Object> createCall();

    /** An edit that the sync has no interest in. */
    protected abstract void editUnmapped(String crmId);

    @AfterEach
    void nothing_fails_any_more() {
        world().partnerCenter().delete("/sandbox/faults");
        crm().api().delete("/sandbox/faults");
        notifications(true);
    }

    private void notifications(boolean on) {
        world().partnerCenter().post("/sandbox/settings", Map.of("deliveries", on));
    }

    @Test
    void an_edit_in_the_portal_behind_our_own_unfinished_write_is_no_conflict_with_it() {
        Deal deal = joined();
        fault(crm().api(), crm().writeCall(), "drop", "after");
        DealField.DATE.editInPortal(world().partnerCenter(), deal.referralId, "2027-02-01");
        world().eventually(() -> assertThat(shown(deal, DealField.DATE)).containsEntry("CRM", "2027-02-01"));
        DealField.DATE.editInPortal(world().partnerCenter(), deal.referralId, "2027-02-02");

        bothShow(deal, DealField.DATE, "2027-02-02");
        world().andAgainNothingHappens();
    }

    @Test
    void an_edit_in_the_CRM_behind_our_own_unfinished_write_is_no_conflict_with_it() {
        Deal deal = joined();
        fault(world().partnerCenter(), Map.of("method", "PATCH", "path", REFERRALS), "drop", "after");
        DealField.NOTES.editInCrm(crm(), deal.crmId, "first");
        world().eventually(() -> assertThat(shown(deal, DealField.NOTES)).containsEntry("portal", "first"));
        DealField.NOTES.editInCrm(crm(), deal.crmId, "second");

        bothShow(deal, DealField.NOTES, "second");
        world().andAgainNothingHappens();
    }

    /**
     * The CRM's audit said "both sides changed it", and the portal's edit was lost: the CRM's value was the one that
     * our write had brought to the portal before.
     */
    @Test
    void an_edit_in_the_portal_of_what_our_own_unfinished_write_brought_there_is_no_conflict_with_its_source() {
        Deal deal = joined();
        fault(world().partnerCenter(), Map.of("method", "PATCH", "path", REFERRALS), "drop", "after");
        // The first read comes before the write.
        fault(world().partnerCenter(), Map.of("method", "GET", "path", REFERRALS + "/", "skip", 1), "status", 503,
                MANY);
        DealField.VALUE.editInCrm(crm(), deal.crmId, "30300");
        world().eventually(() -> assertThat(shown(deal, DealField.VALUE)).containsEntry("portal", "30300"));
        DealField.VALUE.editInPortal(world().partnerCenter(), deal.referralId, "30400");
        world().partnerCenter().delete("/sandbox/faults");

        bothShow(deal, DealField.VALUE, "30400");
        assertThat(world().auditTrail(deal.crmId)).noneMatch(line -> line.contains("both sides changed"));
        world().andAgainNothingHappens();
    }

    /** The second look found both sides the same, and told nobody that an edit had lost. */
    @Test
    void the_value_that_lost_is_named_although_the_crm_refused_the_first_write() {
        Deal deal = joined();
        world().pauseSync();
        DealField.VALUE.editInCrm(crm(), deal.crmId, "30500");
        DealField.VALUE.editInPortal(world().partnerCenter(), deal.referralId, "30600");
        crm().failWrites(deal.crmId, 1, "A trigger is busy");
        world().resumeSync();

        bothShow(deal, DealField.VALUE, "30500");
        world().settle();
        assertThat(world().auditTrail(deal.crmId)).filteredOn(line -> line.contains("30600")).singleElement();
        assertThat(crm().audit(crm().opportunity(deal.crmId))).containsOnlyOnce("both sides changed it; 30600");
        world().andAgainNothingHappens();
    }

    /** It was told with the next comparison alone, and there was none. */
    @Test
    void what_was_written_in_the_portal_before_the_seller_switched_the_sync_off_is_told() {
        Deal deal = joined();
        fault(world().partnerCenter(), Map.of("method", "PATCH", "path", REFERRALS), "delayMillis", 2000);
        DealField.VALUE.editInCrm(crm(), deal.crmId, "31100");
        world().eventually(() -> assertThat(faultsLeft(world().partnerCenter())).as("the write waits").isZero());
        crm().api().patch("/sandbox/opportunities/" + deal.crmId, crm().shared(false));

        world().eventually(() -> assertThat(shown(deal, DealField.VALUE)).containsEntry("portal", "31100"));
        world().eventually(() -> assertThat(toldOf(deal, "31100")).hasSize(1));
        world().andAgainNothingHappens();
        crm().api().patch("/sandbox/opportunities/" + deal.crmId, crm().shared(true));
        world().settle();
        bothShow(deal, DealField.VALUE, "31100");
        assertThat(toldOf(deal, "31100")).hasSize(1);
        world().andAgainNothingHappens();
    }

    private List<String> toldOf(Deal deal, String value) {
        return world().auditTrail(deal.crmId).stream()
                .filter(line -> line.contains(" in Partner Center: ") && line.contains("→ " + value)).toList();
    }

    /** What was turned away is known not to have arrived. */
    @Test
    void an_edit_in_the_portal_while_our_write_is_turned_away_is_a_conflict_that_the_mapping_decides() {
        Deal deal = joined();
        fault(world().partnerCenter(), Map.of("method", "PATCH", "path", REFERRALS), "status", 503, MANY);
        try (Log log = Log.from(Level.WARN)) {
            DealField.VALUE.editInCrm(crm(), deal.crmId, "30500");
            world().eventually(() -> assertThat(log.lines()).anyMatch(line -> line.contains("answered 503")));
        }
        DealField.VALUE.editInPortal(world().partnerCenter(), deal.referralId, "30600");
        world().partnerCenter().delete("/sandbox/faults");

        bothShow(deal, DealField.VALUE, "30500");
        world().eventually(() -> assertThat(world().auditTrail(deal.crmId))
                .anyMatch(line -> line.contains("both sides changed it; 30600")));
        world().andAgainNothingHappens();
    }

    /** The edit that had refused our write was taken for the write, so the CRM's edit was the older one and lost. */
    @Test
    void an_edit_in_the_portal_that_refused_our_write_won_when_the_next_round_ended_before_it_had_decided() {
        Deal deal = joined();
        // No opportunity is kept from here on, so both sides are read in each round.
        world().restart();
        world().settle();
        world().pausePolls(crm());
        try {
            DealField.VALUE.editInCrm(crm(), deal.crmId, "30700");
            fault(world().partnerCenter(), Map.of("method", "PATCH", "path", REFERRALS), "delayMillis", 3000);
            Map<String, Object> second = new HashMap<>(readCall());
            second.put("skip", 1);
            fault(crm().api(), second, "status", 503);
            DealField.DATE.editInPortal(world().partnerCenter(), deal.referralId, "2027-09-09");
            world().eventually(() -> assertThat(faultsLeft(world().partnerCenter())).as("the write waits").isZero());
            DealField.VALUE.editInPortal(world().partnerCenter(), deal.referralId, "30800");

            bothShow(deal, DealField.VALUE, "30700");
            bothShow(deal, DealField.DATE, "2027-09-09");
            world().eventually(() -> assertThat(world().auditTrail(deal.crmId))
                    .anyMatch(line -> line.contains("both sides changed it; 30800")));
            assertThat(faultsLeft(crm().api())).as("the second round met the throttling").isZero();
        } finally {
            world().resumePolls(crm());
        }
        world().andAgainNothingHappens();
    }

    @Test
    void an_edit_in_the_CRM_of_what_our_own_unfinished_write_brought_there_is_no_conflict_with_its_source() {
        Deal deal = joined();
        fault(crm().api(), crm().writeCall(), "drop", "after");
        Map<String, Object> later = new HashMap<>(readCall());
        later.put("skip", readsBeforeTheWrite());
        fault(crm().api(), later, "status", 503, MANY);
        DealField.DATE.editInPortal(world().partnerCenter(), deal.referralId, "2027-08-08");
        world().eventually(() -> assertThat(shown(deal, DealField.DATE)).containsEntry("CRM", "2027-08-08"));
        DealField.DATE.editInCrm(crm(), deal.crmId, "2027-08-09");
        crm().api().delete("/sandbox/faults");

        bothShow(deal, DealField.DATE, "2027-08-09");
        assertThat(world().auditTrail(deal.crmId)).noneMatch(line -> line.contains("both sides changed"));
        world().andAgainNothingHappens();
    }

    @Test
    void an_opportunity_edited_while_the_answer_about_its_new_referral_was_lost_keeps_the_edit() {
        fault(world().partnerCenter(), Map.of("method", "POST", "path", REFERRALS + "$"), "drop", "after");
        String crmId = crm().newOpportunity(Map.of());
        world().eventually(() -> assertThat(world().referralsNaming(crmId)).hasSize(1));
        Deal deal = new Deal((String) world().referralsNaming(crmId).get(0).get("id"), crmId);
        DealField.VALUE.editInCrm(crm(), crmId, "70700");
        DealField.DATE.editInPortal(world().partnerCenter(), deal.referralId, "2027-04-04");

        bothShow(deal, DealField.VALUE, "70700");
        bothShow(deal, DealField.DATE, "2027-04-04");
        assertThat(world().referralsNaming(crmId)).hasSize(1);
        world().andAgainNothingHappens();
    }

    /** The news of the close came again and again for as long as the sync was off. */
    @Test
    void a_referral_that_is_closed_when_the_sync_was_switched_off_while_it_was_made_closes_the_deal_that_is_on_again() {
        notifications(false);
        fault(world().partnerCenter(), Map.of("method", "POST", "path", REFERRALS + "$"), "drop", "after");
        String crmId = crm().newOpportunity(Map.of());
        world().eventually(() -> assertThat(world().referralsNaming(crmId)).hasSize(1));
        crm().api().patch("/sandbox/opportunities/" + crmId, crm().shared(false));
        world().settle();
        String referralId = (String) world().referralsNaming(crmId).get(0).get("id");
        notifications(true);
        world().partnerCenter().patch("/sandbox/deals/" + referralId, Map.of("status", "Closed", "substatus", "Won"));
        world().settle();
        assertThat(crm().won(crm().opportunity(crmId))).as("nothing is synced").isFalse();

        crm().api().patch("/sandbox/opportunities/" + crmId, crm().shared(true));
        world().eventually(() -> assertThat(crm().won(crm().opportunity(crmId))).isTrue());
        assertThat(world().referralsNaming(crmId)).hasSize(1);
        world().andAgainNothingHappens();
    }

    @Test
    void a_referral_edited_while_the_answer_about_its_new_opportunity_was_lost_keeps_the_edit() {
        fault(crm().api(), createCall(), "drop", "after");
        String referralId = world().newDeal(Map.of());
        Deal deal = new Deal(referralId, crm().id(world().opportunityFor(referralId)));
        DealField.VALUE.editInPortal(world().partnerCenter(), referralId, "70700");
        DealField.DATE.editInCrm(crm(), deal.crmId, "2027-04-04");

        bothShow(deal, DealField.VALUE, "70700");
        bothShow(deal, DealField.DATE, "2027-04-04");
        world().andAgainNothingHappens();
    }

    @Test
    void a_referral_read_as_it_was_before_our_write_does_not_undo_the_write() {
        Deal deal = joined();
        DealField.VALUE.editInCrm(crm(), deal.crmId, "20200");
        bothShow(deal, DealField.VALUE, "20200");
        anotherSecondBegins();
        fault(world().partnerCenter(), Map.of("method", "GET", "path", REFERRALS + "/"), "stale", true);
        editUnmapped(deal.crmId);

        world().eventually(() -> assertThat(faultsLeft(world().partnerCenter())).as("reads to come").isZero());
        world().settle();
        bothShow(deal, DealField.VALUE, "20200");
        assertThat(world().auditTrail(deal.crmId))
                .noneMatch(line -> line.contains("20200") && line.contains("→ 50000"));
        world().andAgainNothingHappens();
    }

    @Test
    void an_opportunity_read_as_it_was_before_our_write_does_not_undo_the_write() {
        Deal deal = joined();
        anotherSecondBegins();
        DealField.VALUE.editInPortal(world().partnerCenter(), deal.referralId, "20200");
        bothShow(deal, DealField.VALUE, "20200");
        // No opportunity is kept from here on, so the edit has it read.
        world().restart();
        world().settle();
        fault(crm().api(), readCall(), "stale", true);
        DealField.DATE.editInPortal(world().partnerCenter(), deal.referralId, "2027-06-06");

        world().eventually(() -> assertThat(faultsLeft(crm().api())).as("reads to come").isZero());
        bothShow(deal, DealField.DATE, "2027-06-06");
        bothShow(deal, DealField.VALUE, "20200");
        assertThat(world().auditTrail(deal.crmId))
                .noneMatch(line -> line.contains("20200") && line.contains("→ 50000"));
        world().andAgainNothingHappens();
    }

    /** What a poll has reported is edited again within its second as a rule, and Salesforce counts by the second. */
    @Test
    void a_referral_made_from_an_opportunity_read_as_it_was_before_its_last_edit_lost_the_edit() {
        world().pauseSync();
        Awaitility.await().pollInterval(Duration.ofMillis(5)).until(() -> System.currentTimeMillis() % 1000 < 50);
        String crmId = crm().newOpportunity(Map.of(crm().field(CrmField.NOTES), "first"));
        Awaitility.await().pollInterval(Duration.ofMillis(5)).until(() -> world().backlog() > 0);
        DealField.NOTES.editInCrm(crm(), crmId, "second");
        fault(crm().api(), readCall(), "stale", true);
        world().resumeSync();

        Deal deal = new Deal((String) world().referralFor(crmId).get("id"), crmId);
        bothShow(deal, DealField.NOTES, "second");
        assertThat(faultsLeft(crm().api())).as("reads to come").isZero();
        world().andAgainNothingHappens();
    }

    @Test
    void an_opportunity_read_as_it_was_before_the_reported_edit_is_read_again() {
        Deal deal = joined();
        fault(crm().api(), readCall(), "stale", true);
        DealField.DATE.editInCrm(crm(), deal.crmId, "2027-07-07");

        bothShow(deal, DealField.DATE, "2027-07-07");
        assertThat(faultsLeft(crm().api())).as("reads to come").isZero();
        world().andAgainNothingHappens();
    }

    static Stream<Object> notOfTheSystem() {
        return Stream.of(Map.of(), Map.of("signIn", "https://gateway.example"), "<html>Please sign in.</html>", "OK");
    }

    /** Such an answer came as a success, so the record was one without any value: not to be synced, and done with. */
    @ParameterizedTest
    @MethodSource("notOfTheSystem")
    void what_something_in_between_answers_is_no_record_and_no_end_of_an_edit(Object answer) {
        Deal deal = joined();
        inPlace(crm().api(), answer);
        DealField.VALUE.editInPortal(world().partnerCenter(), deal.referralId, "20300");
        bothShow(deal, DealField.VALUE, "20300");
        inPlace(world().partnerCenter(), answer);
        DealField.DATE.editInCrm(crm(), deal.crmId, "2027-03-03");
        bothShow(deal, DealField.DATE, "2027-03-03");
        world().andAgainNothingHappens();
    }

    /** A search that such an answer ended had found nothing, so a second one was made. */
    @ParameterizedTest
    @MethodSource("notOfTheSystem")
    void what_something_in_between_answers_is_no_list_without_the_record(Object answer) {
        world().pauseSync();
        String referralId = world().newDeal(Map.of());
        String crmId = crm().newOpportunity(Map.of());
        inPlace(crm().api(), answer);
        inPlace(world().partnerCenter(), answer);
        world().resumeSync();

        world().eventually(() -> assertThat(crm().opportunitiesOf(referralId)).hasSize(1));
        world().eventually(() -> assertThat(world().referralsNaming(crmId)).hasSize(1));
        world().andAgainNothingHappens();
        assertThat(crm().opportunitiesOf(referralId)).hasSize(1);
        assertThat(world().referralsNaming(crmId)).hasSize(1);
        assertThat(world().parked()).isEmpty();
    }

    private static void inPlace(Api server, Object answer) {
        Map<String, Object> calls = Map.of("path", "/services/data|/api/data|/engagements", "status", 200);
        fault(server, calls, "body", answer, 3);
    }

    /** Salesforce counts by the second, so two states within one are not told apart by their time. */
    private static void anotherSecondBegins() {
        World.pause(1000);
    }

    record Deal(String referralId, String crmId) {}

    final Deal joined() {
        String referralId = world().newDeal(Map.of());
        String crmId = crm().id(world().opportunityFor(referralId));
        world().eventually(() -> assertThat(world().referral(referralId)).containsEntry("externalReferenceId", crmId));
        world().settle();
        return new Deal(referralId, crmId);
    }

    private static int faultsLeft(Api server) {
        return (Integer) server.get("/sandbox/faults").get("left");
    }

    private static void fault(Api server, Map<String, Object> call, String what, Object how) {
        fault(server, call, what, how, 1);
    }

    private static void fault(Api server, Map<String, Object> call, String what, Object how, int times) {
        Map<String, Object> rule = new HashMap<>(call);
        rule.put("times", times);
        rule.put(what, how);
        server.post("/sandbox/faults", rule);
    }

    private Map<String, String> shown(Deal deal, DealField field) {
        return Map.of("portal", field.inPortal(world().referral(deal.referralId)), "CRM",
                field.inCrm(crm(), crm().opportunity(deal.crmId)));
    }

    final void bothShow(Deal deal, DealField field, String value) {
        world().eventually(() -> assertThat(shown(deal, field)).isEqualTo(Map.of("portal", value, "CRM", value)));
    }
}
