package dev.cosell.stories;

import static dev.cosell.stories.Api.map;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.settings.Key;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/**
 * Moves that nobody can take back, held for a time or until a person approves them; lived through with each CRM. Each
 * of the worlds is open from the first story in it to the last of all.
 */
@TestInstance(Lifecycle.PER_CLASS)
abstract class HeldStories {
    private static final String SHARE = "consentToShareReferralWithMicrosoftSellers";
    private static final Duration WON_DELAY = Duration.ofHours(1);

    private final Map<String, World> worlds = new HashMap<>();

    protected abstract String name();

    /** The world in which a person approves. */
    private World approving() {
        return world("after approval");
    }

    /** The world in which time goes by. */
    private World timed() {
        return world("after 4s");
    }

    /** The world in which a person approves and a deal is won some time after its creation. */
    private World patient() {
        return worlds.computeIfAbsent("patient", key -> new World(
                Map.of("sync.due-interval", "200ms", "partner-center.irreversible", "after approval",
                        "partner-center.won-delay", WON_DELAY.toSeconds() + "s"), Path.of("routes"), name()));
    }

    private World world(String irreversible) {
        return worlds.computeIfAbsent(irreversible, when -> new World(
                Map.of("sync.due-interval", "200ms", "partner-center.irreversible", when), Path.of("routes"), name()));
    }

    @AfterAll
    void close() {
        worlds.values().forEach(World::close);
    }

    private record Deal(World world, String referralId, String crmId) {
        CrmDriver crm() {
            return world.crm();
        }

        Map<String, Object> referral() {
            return world.referral(referralId);
        }

        String audit() {
            return crm().audit(crm().opportunity(crmId));
        }

        boolean held() {
            return world.operations().getHeld().stream().anyMatch(line -> line.contains(crmId));
        }

        /** What the overview says that a person has to do. */
        String needed() {
            return new Api(world.settings().number(Key.MANAGEMENT_PORT)).get("/api/overview").get("needsPerson")
                    .toString();
        }
    }

    private static Deal joined(World world) {
        String referralId = world.newDeal(Map.of("consent", Map.of(SHARE, false)));
        String crmId = world.crm().id(world.opportunityFor(referralId));
        world.eventually(() -> assertThat(world.referral(referralId)).containsEntry("externalReferenceId", crmId));
        world.settle();
        return new Deal(world, referralId, crmId);
    }

    @Test
    void a_close_waits_for_approval_while_other_changes_travel_and_a_restart_forgets_nothing() {
        Deal deal = joined(approving());
        approving().pauseSync();
        deal.crm().changeValue(deal.crmId, 21000);
        deal.crm().win(deal.crmId);
        approving().resumeSync();

        approving().eventually(() -> assertThat(approving().valueOf(deal.referral())).isEqualByComparingTo("21000"));
        approving().eventually(() -> assertThat(deal.held()).isTrue());
        approving().settle();
        assertThat(deal.needed()).contains("for approval");
        assertThat(deal.referral()).containsEntry("status", "Active");
        if (deal.crm().talksWhenClosed()) {
            assertThat(deal.audit()).containsOnlyOnce(
                    "Closing as won in Partner Center waits for approval; set the stage back to keep the deal open");
        }
        assertThat(approving().auditTrail(deal.crmId)).anyMatch(line -> line.contains("waits for approval"));
        approving().restart();
        approving().andAgainNothingHappens();
        assertThat(deal.referral()).containsEntry("status", "Active");
        assertThat(deal.held()).isTrue();

        assertThat(approving().operations().approve(deal.crmId)).contains("Approved").contains("Closing as won");
        approving().eventually(
                () -> assertThat(deal.referral()).containsEntry("status", "Closed").containsEntry("substatus", "Won"));
        approving().eventually(() -> assertThat(deal.held()).isFalse());
        assertThat(deal.crm().won(deal.crm().opportunity(deal.crmId))).isTrue();
        approving().andAgainNothingHappens();
    }

    @Test
    void setting_the_stage_back_cancels_a_close_and_the_next_one_needs_an_approval_of_its_own() {
        Deal deal = joined(approving());
        deal.crm().win(deal.crmId);
        approving().eventually(() -> assertThat(deal.held()).isTrue());
        approving().settle();
        deal.crm().work(deal.crmId);

        approving().eventually(() -> assertThat(deal.held()).isFalse());
        approving().eventually(() -> assertThat(deal.audit()).contains("is cancelled"));
        assertThat(approving().operations().approve(deal.crmId)).contains("Nothing is held back");
        approving().andAgainNothingHappens();
        assertThat(deal.referral()).containsEntry("status", "Active");

        deal.crm().lose(deal.crmId);
        approving().eventually(() -> assertThat(deal.held()).isTrue());
        approving().settle();
        assertThat(deal.referral()).containsEntry("status", "Active");
        approving().andAgainNothingHappens();
    }

    /** Microsoft refused to register it: it was won within the time that has to lie behind its creation. */
    @Test
    void a_win_that_was_approved_went_before_its_time_after_the_creation_of_the_deal() {
        World world = patient();
        Deal deal = joined(world);
        deal.crm().win(deal.crmId);
        world.eventually(() -> assertThat(deal.held()).isTrue());
        world.settle();
        assertThat(world.operations().approve(deal.crmId)).contains("Approved").contains("Closing as won");
        world.andAgainNothingHappens();
        assertThat(deal.held()).isTrue();
        assertThat(deal.referral()).containsEntry("status", "Active");

        // The date of creation never moves in the real service; here it moves in place of the time that goes by.
        Instant created = Instant.now().minus(WON_DELAY).plusSeconds(4);
        world.partnerCenter().patch("/sandbox/deals/" + deal.referralId, Map.of("createdDateTime", created.toString()));
        world.eventually(() -> assertThat(deal.referral()).containsEntry("substatus", "Won"));
        world.eventually(() -> assertThat(deal.held()).isFalse());
        assertThat(Instant.parse(deal.referral().get("updatedDateTime").toString()))
                .isAfterOrEqualTo(created.plus(WON_DELAY));
        world.andAgainNothingHappens();
    }

    /** Microsoft was invited into a deal that its seller had already lost. */
    @Test
    void help_that_was_approved_brings_nobody_into_a_deal_whose_loss_waits_for_approval() {
        Deal deal = joined(approving());
        deal.crm().api().patch("/sandbox/opportunities/" + deal.crmId, deal.crm().askForHelp());
        approving().eventually(() -> assertThat(deal.held()).isTrue());
        approving().settle();
        approving().pauseSync();
        assertThat(approving().operations().approve(deal.crmId)).contains("Approved");
        deal.crm().lose(deal.crmId);
        approving().resumeSync();

        approving().eventually(() -> assertThat(approving().operations().getHeld())
                .anyMatch(line -> line.contains(deal.crmId) && line.contains("Closing as lost")));
        approving().andAgainNothingHappens();
        assertThat(approving().microsoftReferralsOf(deal.referral())).isEmpty();
        assertThat(deal.referral()).containsEntry("status", "Active");

        approving().operations().approve(deal.crmId);
        approving().eventually(() -> assertThat(deal.referral()).containsEntry("substatus", "Lost"));
        approving().andAgainNothingHappens();
        assertThat(approving().microsoftReferralsOf(deal.referral())).isEmpty();
        assertThat(approving().auditTrail(deal.crmId))
                .anyMatch(line -> line.contains("Microsoft is not asked for help"));
    }

    @Test
    void showing_a_deal_to_microsoft_waits_for_approval() {
        Deal deal = joined(approving());
        deal.crm().api().patch("/sandbox/opportunities/" + deal.crmId, deal.crm().visibleToMicrosoft());
        approving().eventually(() -> assertThat(deal.audit())
                .containsOnlyOnce("Showing the deal to Microsoft's sellers waits for approval"));
        approving().settle();
        deal.crm().changeValue(deal.crmId, 22000);
        approving().eventually(() -> assertThat(approving().valueOf(deal.referral())).isEqualByComparingTo("22000"));
        assertThat(map(deal.referral().get("consent"))).containsEntry(SHARE, false);

        approving().operations().approve(deal.referralId);
        approving().eventually(() -> assertThat(map(deal.referral().get("consent"))).containsEntry(SHARE, true));
        assertThat(deal.audit()).containsOnlyOnce("waits for approval");
        approving().andAgainNothingHappens();
    }

    /** The seller read that it was cancelled and that nothing was sent. */
    @Test
    void a_deal_that_somebody_shows_to_microsoft_in_the_portal_while_that_waits_was_told_as_cancelled() {
        Deal deal = joined(approving());
        deal.crm().api().patch("/sandbox/opportunities/" + deal.crmId, deal.crm().visibleToMicrosoft());
        approving().eventually(() -> assertThat(deal.audit()).contains("waits for approval"));
        approving().settle();
        approving().partnerCenter().patch("/sandbox/deals/" + deal.referralId,
                Map.of("consent", Map.of(SHARE, true)));
        approving().eventually(() -> assertThat(deal.audit()).containsOnlyOnce(
                "Showing the deal to Microsoft's sellers is done already, so it waits no longer"));
        // The CRM is told before the link is stored.
        approving().eventually(() -> assertThat(deal.held()).isFalse());
        assertThat(deal.audit()).doesNotContain("cancelled");
        approving().andAgainNothingHappens();
    }

    @Test
    void a_deal_that_asks_for_help_is_created_when_it_is_approved() {
        CrmDriver crm = approving().crm();
        String id = crm.newOpportunity(crm.askForHelp());
        approving().eventually(() -> assertThat(crm.audit(crm.opportunity(id))).contains("waits for approval")
                .contains("private deal"));
        approving().andAgainNothingHappens();
        assertThat(approving().referralsNaming(id)).isEmpty();

        approving().operations().approve(id);
        Map<String, Object> referral = approving().referralFor(id);
        assertThat(approving().microsoftReferralsOf(referral)).hasSize(1);
        assertThat(approving().operations().getHeld()).noneMatch(line -> line.contains(id));
        approving().andAgainNothingHappens();
    }

    @Test
    void a_request_for_help_that_is_taken_back_makes_a_private_deal_at_once() {
        CrmDriver crm = approving().crm();
        String id = crm.newOpportunity(crm.askForHelp());
        approving().eventually(() -> assertThat(crm.audit(crm.opportunity(id))).contains("waits for approval"));
        crm.askForHelp().keySet()
                .forEach(field -> crm.api().patch("/sandbox/opportunities/" + id, SalesforceDriver.nothing(field)));

        Map<String, Object> referral = approving().referralFor(id);
        assertThat(approving().microsoftReferralsOf(referral)).isEmpty();
        assertThat(map(referral.get("consent"))).containsEntry(SHARE, false);
        approving().andAgainNothingHappens();
    }

    @Test
    void a_close_goes_by_itself_when_its_time_has_come() {
        Deal deal = joined(timed());
        deal.crm().win(deal.crmId);
        timed().eventually(() -> assertThat(deal.held()).isTrue());
        assertThat(deal.needed()).as("it goes by itself").doesNotContain("move");
        assertThat(deal.referral()).containsEntry("status", "Active");
        if (deal.crm().talksWhenClosed()) {
            timed().eventually(() -> assertThat(deal.audit()).contains("waits until"));
        }
        timed().eventually(
                () -> assertThat(deal.referral()).containsEntry("status", "Closed").containsEntry("substatus", "Won"));
        timed().andAgainNothingHappens();
        assertThat(deal.held()).isFalse();
    }

    @Test
    void a_close_that_is_undone_in_time_never_happens() {
        Deal deal = joined(timed());
        deal.crm().lose(deal.crmId);
        timed().eventually(() -> assertThat(deal.held()).isTrue());
        deal.crm().work(deal.crmId);
        timed().eventually(() -> assertThat(deal.held()).isFalse());
        World.pause(4500);
        timed().andAgainNothingHappens();
        assertThat(deal.referral()).containsEntry("status", "Active");
    }
}
