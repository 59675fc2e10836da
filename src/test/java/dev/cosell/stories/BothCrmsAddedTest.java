package dev.cosell.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.settings.Key;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A CRM is added while the first sync with the other one is under way. */
@InWorld(value = {"salesforce", "dynamics"}, settings = {"first-sync=ask", "first-sync-limit=2",
        "partner-center.sweep-interval=1s"})
class BothCrmsAddedTest {
    private static final String SOURCE = "partner-center";
    private static World world;

    private static long made(String crm, List<String> referrals) {
        return referrals.stream().filter(id -> !world.crm(crm).opportunitiesOf(id).isEmpty()).count();
    }

    private static Map<String, Object> letGo(BackfillJob jobs, Map<String, Object> job) {
        return jobs.rested(jobs.act("/api/backfill/" + job.get("id") + "/go", Map.of()));
    }

    /** With the last records of the job the added CRM was let go, too, and then got every referral there was. */
    @Test
    void a_crm_that_was_added_while_a_backfill_asked_got_deals_that_nobody_had_counted_for_it() {
        world.restartWith(Map.of("crms", "salesforce"));
        List<String> referrals = IntStream.range(0, 3).mapToObj(number -> world.newDeal(Map.of())).toList();
        BackfillJob jobs = new BackfillJob(world);
        Map<String, Object> asked = jobs.rested(jobs.act("/api/backfill", Map.of("source", SOURCE)));
        assertThat(asked).containsEntry("phase", "ASKING").containsEntry("toHand", 3);
        assertThat(letGo(jobs, asked)).containsEntry("phase", "ASKING").containsEntry("handed", 2);

        world.restartWith(Map.of("crms", "salesforce,dynamics"));
        Api page = new Api(world.settings().number(Key.MANAGEMENT_PORT));
        var refused = page.raw("POST", "/api/backfill/" + asked.get("id") + "/go", Api.bytes(Map.of()),
                BackfillJob.OPERATOR);
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(new String(refused.body())).contains("not counted for dynamics", "Count anew");
        world.andAgainNothingHappens();
        assertThat(made("salesforce", referrals)).isEqualTo(2);
        assertThat(made("dynamics", referrals)).isZero();

        Map<String, Object> anew = jobs.rested(jobs.act("/api/backfill", Map.of("source", SOURCE)));
        assertThat(anew).containsEntry("phase", "ASKING").containsEntry("toHand", 4);
        Map<String, Object> some = letGo(jobs, anew);
        assertThat(some).as(some.toString()).containsEntry("phase", "ASKING");
        Map<String, Object> all = letGo(jobs, some);
        assertThat(all).as(all.toString()).containsEntry("phase", "DONE");
        assertThat(made("salesforce", referrals)).isEqualTo(3);
        assertThat(made("dynamics", referrals)).isEqualTo(3);
        world.andAgainNothingHappens();
    }
}
