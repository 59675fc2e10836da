package dev.cosell.stories;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.cosell.settings.Key;
import dev.cosell.state.Database;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A CRM goes back to its backup of last night, and an operator does what docs/faults.md says. */
class RestoredCrmTest {
    private static final int DEALS = 9;
    private static final int EDITED = 8;
    private static final int BEFORE = 50_000;
    private static final int AFTER = 61_000;

    private World world;
    private List<String> referrals;
    private List<String> opportunities;

    @ParameterizedTest
    @ValueSource(strings = {"salesforce", "dynamics"})
    void its_old_values_travel_until_the_brake_stops_them_and_nothing_is_created_twice(String crm) {
        try (World opened = new World(BrakeStoriesTest.FEW, Path.of("routes"),
                crm); Log log = Log.from(Level.WARN)) {
            world = opened;
            linkedDeals();
            Map<String, Object> backup = world.crm().api().get("/sandbox/state");
            String madeSince = aDayOfWork();

            world.operations().pause(crm);
            restore(backup);
            world.stopApplication();
            forgetPosition(crm);
            world.start();
            world.eventually(() -> assertThat(world.backlog()).isGreaterThanOrEqualTo(EDITED));
            assertThat(worth(AFTER)).as("nothing travels yet").hasSize(EDITED);

            world.operations().resume(crm);
            world.eventually(() -> assertThat(BrakeStoriesTest.stopped()).singleElement().asString()
                    .contains("to-partner-center"));
            world.settle();
            assertThat(log.lines()).as("the first reads").anyMatch(line -> line.contains(
                    "as it was before its last known change"));
            List<String> overwritten = worth(BEFORE).stream().filter(referrals.subList(0, EDITED)::contains).toList();
            // Perhaps none: those that were edited in the CRM count already, so the first of the others stops all.
            assertThat(overwritten).as("deals that were overwritten").hasSizeLessThan(EDITED);

            // Partner Center was right: sellers enter again what was lost, also where it has travelled meanwhile.
            IntStream.range(0, EDITED).forEach(each -> world.crm().changeValue(opportunities.get(each), AFTER));
            BrakeStoriesTest.release(crm, "to-partner-center");
            world.eventually(() -> assertThat(worth(AFTER)).hasSize(EDITED));
            assertThat(BrakeStoriesTest.stopped()).isEmpty();
            world.andAgainNothingHappens();
            assertThat(world.parked()).isEmpty();
            referrals.forEach(id -> assertThat(world.crm().opportunitiesOf(id)).hasSize(1));
            assertThat(world.ownReferrals()).hasSize(DEALS + 1);

            lostWithTheBackup(madeSince);
        }
    }

    private void linkedDeals() {
        referrals = IntStream.range(0, DEALS).mapToObj(each -> world.newDeal(Map.of("details",
                Map.of("dealValue", BEFORE)))).toList();
        opportunities = referrals.stream().map(id -> world.crm().id(world.opportunityFor(id))).toList();
        world.settle();
        // Salesforce stamps by the second: what is edited within it has the version of before.
        World.pause(1_100);
    }

    /** Edits on both sides, few enough for the brake by then, and a new deal. Gives its referral's id. */
    private String aDayOfWork() {
        IntStream.range(0, EDITED).forEach(each -> {
            if (each % 2 == 0) {
                world.crm().changeValue(opportunities.get(each), AFTER);
            } else {
                world.partnerCenter().patch("/sandbox/deals/" + referrals.get(each),
                        Map.of("details", Map.of("dealValue", AFTER)));
            }
        });
        String made = world.newDeal(Map.of());
        world.opportunityFor(made);
        IntStream.range(0, EDITED).forEach(each -> world.eventually(() -> {
            assertThat(world.valueOf(world.referral(referrals.get(each)))).isEqualByComparingTo(String.valueOf(AFTER));
            assertThat(world.crm().value(world.crm().opportunity(opportunities.get(each))))
                    .isEqualByComparingTo(String.valueOf(AFTER));
        }));
        world.settle();
        assertThat(BrakeStoriesTest.stopped()).isEmpty();
        return made;
    }

    private void restore(Map<String, Object> backup) {
        assertThat(world.crm().api().raw("PUT", "/sandbox/state", Api.bytes(backup), Map.of()).statusCode())
                .isEqualTo(204);
        opportunities.forEach(id -> assertThat(world.crm().value(world.crm().opportunity(id)))
                .isEqualByComparingTo(String.valueOf(BEFORE)));
    }

    private void forgetPosition(String crm) {
        try (Database books = Database.visit(world.settings().text(Key.STATE_URL), null, null)) {
            assertThat(books.client().sql("DELETE FROM watermark WHERE source = ?").param(crm).update()).isOne();
        }
    }

    /** Its opportunity counts as one that a seller has deleted; one that is made again takes its place. */
    private void lostWithTheBackup(String referralId) {
        assertThat(world.crm().opportunitiesOf(referralId)).isEmpty();
        world.partnerCenter().patch("/sandbox/deals/" + referralId, Map.of("details", Map.of("dealValue", 71_000)));
        world.eventually(() -> assertThat(world.auditSituations(referralId)).contains("OPPORTUNITY_GONE"));
        assertThat(world.referral(referralId)).containsEntry("status", "Active");
        assertThat(world.crm().opportunitiesOf(referralId)).isEmpty();

        String again = world.crm().newOpportunity(Map.of(world.crm().field(CrmField.REFERRAL_IDENTIFIER), referralId));
        world.eventually(() -> assertThat(world.parked()).singleElement().asString().contains(again, "joined with"));
        world.operations().join(world.crm().name(), referralId, again);
        world.eventually(() -> assertThat(world.parked()).isEmpty());
        world.settle();
        world.crm().changeValue(again, 73_000);
        world.eventually(() -> assertThat(world.valueOf(world.referral(referralId))).isEqualByComparingTo("73000"));
        world.andAgainNothingHappens();
    }

    private List<String> worth(int value) {
        return referrals.stream().filter(id -> world.valueOf(world.referral(id)).intValueExact() == value).toList();
    }
}
