package dev.cosell.stories;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Partner Center is met for the first time with two CRMs. */
@InWorld(value = {"salesforce", "dynamics"}, settings = {"first-sync=ask", "first-sync-limit=4",
        "partner-center.sweep-interval=1s"})
class BothCrmsBackfillTest {
    private static World world;

    private static long made(List<String> referrals) {
        return List.of("salesforce", "dynamics").stream().mapToLong(crm -> referrals.stream()
                .filter(id -> !world.crm(crm).opportunitiesOf(id).isEmpty()).count()).sum();
    }

    /** Of ten that somebody let go twenty were made. */
    @Test
    void no_more_opportunities_are_made_than_the_limit_says_however_many_crms_there_are() {
        List<String> referrals = IntStream.range(0, 3).mapToObj(number -> world.newDeal(Map.of())).toList();
        world.settle();
        BackfillJob jobs = new BackfillJob(world);
        Map<String, Object> asked = jobs.rested(jobs.act("/api/backfill", Map.of("source", "partner-center")));
        assertThat(asked).containsEntry("phase", "ASKING").containsEntry("toHand", 6).containsEntry("nextLimit", 4);
        assertThat(made(referrals)).isZero();

        String go = "/api/backfill/" + asked.get("id") + "/go";
        Map<String, Object> some = jobs.rested(jobs.act(go, Map.of()));
        assertThat(some).as(some.toString()).containsEntry("phase", "ASKING").containsEntry("handed", 4);
        assertThat(made(referrals)).isEqualTo(4);
        world.andAgainNothingHappens();

        Map<String, Object> all = jobs.rested(jobs.act(go, Map.of()));
        assertThat(all).as(all.toString()).containsEntry("phase", "DONE");
        assertThat(made(referrals)).isEqualTo(6);
        world.andAgainNothingHappens();
    }
}
