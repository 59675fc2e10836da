package dev.cosell.stories;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.cosell.verbs.Hint;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How many calls a change costs. Nothing is polled unless the story does it, so the servers' counters are exact. */
@WithSettings({"salesforce.poll-interval=1d", "dynamics.poll-interval=1d", "partner-center.sweep-interval=1d",
        // An import overwrites more deals than the brake allows; BrakeStoriesTest asks what it does.
        "sync.brake-share=100"})
abstract class CallStories extends Stories {
    private static final int IMPORTED = 60;
    private static final int EDITED = 12;
    private static final int LOOKS = 40;

    @BeforeEach
    void the_first_poll_has_learned_where_to_begin() {
        world().eventually(() -> assertThat(calls(crm().api())).isPositive());
        world().settle();
        world().partnerCenter().post("/sandbox/settings", Map.of("changeTimeOfSending", false));
    }

    /** A deal that was synced twice, so that both sides and the echo are known. */
    private Deal knownDeal() {
        String referralId = world().newDeal(Map.of());
        String crmId = crm().id(world().opportunityFor(referralId));
        Deal deal = new Deal(referralId, crmId);
        world().settle();
        edit(deal, 71000);
        awaitInCrm(deal, 71000);
        world().settle();
        poll();
        world().settle();
        return deal;
    }

    private record Deal(String referralId, String crmId) {}

    @Test
    void an_edit_of_a_joined_referral_costs_one_read_there_and_one_write_here() {
        Deal deal = knownDeal();
        for (int value : new int[] {72000, 73000}) {
            countFromHere();
            edit(deal, value);
            awaitInCrm(deal, value);
            world().settle();
            assertThat(calls(world().partnerCenter())).as("calls of Partner Center").isEqualTo(1);
            assertThat(calls(crm().api())).as("calls of the CRM").isEqualTo(1);
            assertThat(crm().audit(crm().opportunity(deal.crmId()))).contains("→ " + value);
        }
        world().andAgainNothingHappens();
    }

    @Test
    void an_edit_of_the_seller_that_nobody_has_seen_is_kept_and_travels_too() {
        Deal deal = knownDeal();
        crm().changeValueAndDate(deal.crmId(), 71000, "2031-05-06");
        countFromHere();
        edit(deal, 74000);
        awaitInCrm(deal, 74000);
        world().settle();

        assertThat(crm().closeDate(crm().opportunity(deal.crmId()))).startsWith("2031-05-06");
        assertThat(Api.map(world().referral(deal.referralId()).get("details")).get("closingDateTime")).asString()
                .startsWith("2031-05-06");
        poll();
        world().andAgainNothingHappens();
    }

    @Test
    void the_same_field_that_the_seller_has_changed_unseen_is_decided_as_a_conflict() {
        Deal deal = knownDeal();
        crm().changeValue(deal.crmId(), 88000);
        edit(deal, 75000);
        world().eventually(() -> assertThat(valueInPartnerCenter(deal)).isEqualByComparingTo("88000"));
        world().settle();

        assertThat(crm().value(crm().opportunity(deal.crmId()))).isEqualByComparingTo("88000");
        assertThat(crm().audit(crm().opportunity(deal.crmId()))).contains("75000");
        poll();
        world().andAgainNothingHappens();
    }

    @Test
    void the_echo_of_our_own_write_costs_no_call() {
        Deal deal = knownDeal();
        countFromHere();
        crm().changeValue(deal.crmId(), 91000);
        poll();
        world().eventually(() -> assertThat(valueInPartnerCenter(deal)).isEqualByComparingTo("91000"));
        world().settle();

        assertThat(Api.map(world().partnerCenter().get("/sandbox/stats").get("calls")).values())
                .as("one read, one write").containsExactlyInAnyOrder(1, 1);
        world().andAgainNothingHappens();
    }

    /** While a queue is long, each sweep of an hour puts what waits there on it once more. */
    @Test
    void a_version_that_a_sweep_reports_again_when_it_was_handled_costs_no_call() {
        Deal deal = knownDeal();
        String version = (String) world().referral(deal.referralId()).get("eTag");
        countFromHere();
        for (int again = 0; again < 3; again++) {
            world().camel().createProducerTemplate().sendBody("direct:hint",
                    new Hint(Hint.PARTNER_CENTER, deal.referralId(), version, Hint.Origin.SWEEP));
        }
        world().settle();

        assertThat(calls(world().partnerCenter())).as("calls of Partner Center").isZero();
        assertThat(calls(crm().api())).as("calls of the CRM").isZero();
        poll();
        world().andAgainNothingHappens();
    }

    @Test
    void an_echo_that_tells_another_time_costs_a_read_and_does_no_harm() {
        world().partnerCenter().post("/sandbox/settings", Map.of("changeTimeOfSending", true));
        Deal deal = knownDeal();
        countFromHere();
        crm().changeValue(deal.crmId(), 92000);
        poll();
        world().eventually(() -> assertThat(valueInPartnerCenter(deal)).isEqualByComparingTo("92000"));
        world().settle();

        assertThat(Api.map(world().partnerCenter().get("/sandbox/stats").get("calls")).values())
                .as("one more read").containsExactlyInAnyOrder(2, 1);
        assertThat(world().partnerCenter().get("/sandbox/stats")).containsEntry("writes", 1);
        world().andAgainNothingHappens();
    }

    /** Many opportunities changed at once, as by an import. */
    @Test
    void opportunities_that_wait_together_are_read_together() throws Exception {
        List<Deal> deals = new ArrayList<>();
        for (int i = 0; i < IMPORTED; i++) {
            deals.add(new Deal(world().newDeal(Map.of("name", "Imported " + i)), null));
        }
        world().eventually(() -> assertThat(deals).allSatisfy(deal ->
                assertThat(world().referral(deal.referralId()).get("externalReferenceId")).isNotNull()));
        world().settle();
        poll();
        world().settle();
        world().camel().getRouteController().stopRoute("sync-" + crm().name());
        for (Deal deal : deals) {
            crm().changeValue((String) world().referral(deal.referralId()).get("externalReferenceId"), 93000);
        }
        poll();
        world().eventually(() -> assertThat(world().backlog()).isEqualTo(IMPORTED));
        countFromHere();
        world().camel().getRouteController().startRoute("sync-" + crm().name());
        world().eventually(() -> assertThat(deals).allSatisfy(deal ->
                assertThat(valueInPartnerCenter(deal)).isEqualByComparingTo("93000")));
        world().settle();

        assertThat(crm().api().get("/sandbox/stats")).containsEntry("writes", IMPORTED);
        assertThat(calls(crm().api()) - IMPORTED).as("reads of the CRM").isLessThanOrEqualTo(IMPORTED / 10);
        poll();
        world().andAgainNothingHappens();
    }

    /** The write waited for a call that the next attempt spent on reading: with so few it was never made. */
    @Test
    void an_edit_arrives_however_few_calls_a_minute_are_allowed() {
        Deal deal = knownDeal();
        world().restartWith(Map.of("partner-center.calls-per-minute", "5"));
        try {
            world().firstReadsAreOver();
            countFromHere();
            crm().changeValue(deal.crmId(), 94000);
            poll();
            world().eventually(Duration.ofSeconds(100), () -> assertThat(valueInPartnerCenter(deal))
                    .isEqualByComparingTo("94000"));
            assertThat(calls(world().partnerCenter())).as("one read, one write, and pages of the sweep")
                    .isBetween(2, 4);
        } finally {
            world().restartWith(Map.of("partner-center.calls-per-minute", "0"));
        }
        poll();
        world().andAgainNothingHappens();
    }

    /** Each attempt of a sync read the opportunity before Partner Center took no call, and used up the CRM's. */
    @Test
    void the_crm_is_not_asked_in_vain_while_partner_center_takes_no_call() {
        List<Deal> deals = new ArrayList<>();
        for (int i = 0; i < EDITED; i++) {
            String referralId = world().newDeal(Map.of("name", "Edited " + i));
            deals.add(new Deal(referralId, crm().id(world().opportunityFor(referralId))));
        }
        world().settle();
        poll();
        world().settle();
        world().restartWith(Map.of("partner-center.calls-per-minute", "10"));
        try {
            world().firstReadsAreOver();
            countFromHere();
            for (Deal deal : deals) {
                crm().changeValue(deal.crmId(), 95000);
                // Each with a poll of its own, so that none is read with others.
                poll();
            }
            world().eventually(Duration.ofSeconds(100), () -> assertThat(deals).anySatisfy(deal ->
                    assertThat(valueInPartnerCenter(deal)).isEqualByComparingTo("95000")));
            assertThat(calls(crm().api()) - EDITED).as("beside the polls, a read and an audit for each turn")
                    .isLessThanOrEqualTo(2 * calls(world().partnerCenter()) + 2);
        } finally {
            world().restartWith(Map.of("partner-center.calls-per-minute", "0"));
        }
        world().eventually(() -> assertThat(deals).allSatisfy(deal ->
                assertThat(valueInPartnerCenter(deal)).isEqualByComparingTo("95000")));
        poll();
        world().andAgainNothingHappens();
    }

    /** Each attempt read the referral before the CRM was found to want a pause, and used up the calls for others. */
    @Test
    void partner_center_is_not_asked_in_vain_while_the_crm_wants_to_be_left_alone() {
        List<String> referrals = new ArrayList<>();
        for (int i = 0; i <= EDITED; i++) {
            referrals.add(world().newDeal(Map.of("name", "Edited there " + i)));
        }
        referrals.forEach(world()::opportunityFor);
        world().settle();
        poll();
        world().settle();
        crm().api().post("/sandbox/faults", Map.of("path", "/", "times", 1, "status", 429, "headers",
                Map.of("Retry-After", "10"), "body", "later"));
        countFromHere();
        world().partnerCenter().patch("/sandbox/deals/" + referrals.get(0), Map.of("details", Map.of("dealValue",
                97000)));
        world().eventually(() -> assertThat(calls(crm().api())).isPositive());
        World.pause(1000);
        referrals.subList(1, EDITED + 1).forEach(id -> world().partnerCenter().patch("/sandbox/deals/" + id,
                Map.of("details", Map.of("dealValue", 97000))));
        world().eventually(() -> assertThat(referrals).allSatisfy(id ->
                assertThat(crm().value(world().opportunityFor(id))).isEqualByComparingTo("97000")));

        assertThat(calls(world().partnerCenter())).as("one read each, one more of the first, and a few that had begun")
                .isLessThanOrEqualTo(EDITED + 5);
        poll();
        world().andAgainNothingHappens();
    }

    /** The looks of a backfill waited for calls like syncs that have begun, and let no other one begin. */
    @Test
    void an_edit_arrives_while_a_backfill_looks_at_what_does_not_agree() {
        Deal deal = knownDeal();
        for (int i = 0; i < LOOKS; i++) {
            world().newDeal(Map.of("name", "Lost " + i, "status", "Closed", "substatus", "Lost"));
        }
        world().settle();
        world().restartWith(Map.of("partner-center.calls-per-minute", "20"));
        BackfillJob backfills = new BackfillJob(world());
        Object job;
        try (Log log = Log.from(Level.WARN)) {
            world().firstReadsAreOver();
            job = backfills.act("/api/backfill", Map.of("source", "partner-center", "dryRun", true)).get("id");
            world().eventually(() -> assertThat((Integer) backfills.now(job).get("toLook")).isPositive());
            crm().changeValue(deal.crmId(), 96000);
            poll();
            world().eventually(Duration.ofSeconds(100), () -> assertThat(valueInPartnerCenter(deal))
                    .isEqualByComparingTo("96000"));
            assertThat(backfills.now(job)).containsEntry("phase", "COUNTING");
            assertThat(log.lines()).filteredOn(line -> line.contains("backfill")).hasSizeLessThanOrEqualTo(1);
        } finally {
            world().restartWith(Map.of("partner-center.calls-per-minute", "0"));
        }
        world().eventually(() -> assertThat(backfills.now(job)).containsEntry("phase", "COUNTED"));
        poll();
        world().andAgainNothingHappens();
    }

    // ---- what is counted
    // --------------------------------------------------------------------------------------------------

    private void edit(Deal deal, int value) {
        world().partnerCenter().patch("/sandbox/deals/" + deal.referralId(),
                Map.of("details", Map.of("dealValue", value)));
    }

    private void awaitInCrm(Deal deal, int value) {
        world().eventually(() -> assertThat(crm().value(crm().opportunity(deal.crmId())))
                .isEqualByComparingTo(BigDecimal.valueOf(value)));
    }

    private BigDecimal valueInPartnerCenter(Deal deal) {
        return world().valueOf(world().referral(deal.referralId()));
    }

    private void countFromHere() {
        world().partnerCenter().post("/sandbox/stats/reset", Map.of());
        crm().api().post("/sandbox/stats/reset", Map.of());
    }

    private static int calls(Api server) {
        return (Integer) server.get("/sandbox/stats").get("total");
    }

    /** A poll out of turn, to its end. */
    private void poll() {
        world().firings().fire(crm().name() + "-poll");
    }
}
