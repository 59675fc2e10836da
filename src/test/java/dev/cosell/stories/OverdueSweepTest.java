package dev.cosell.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.settings.Key;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whoever asks how things stand hears of it when not all referrals could be read for long. */
@InWorld(value = "salesforce", settings = {"partner-center.full-sweep-interval=1s",
        "partner-center.sweep-interval=500ms", "sync.poll-alarm-after=1s"})
class OverdueSweepTest {
    /** Health was DOWN and an alert went out, and `./cosell status` said that all is well. */
    @Test
    void the_overview_says_that_not_all_referrals_were_read(World world) {
        world.firstReadsAreOver();
        world.partnerCenter().post("/sandbox/faults", Map.of("method", "GET", "path", "/referrals", "status", 503,
                "times", 1000));
        world.eventually(() -> assertThat(needed(world)).contains("Not all referrals of Partner Center were read")
                .contains("No sweep of Partner Center has succeeded since"));

        world.partnerCenter().delete("/sandbox/faults");
        world.eventually(() -> assertThat(needed(world)).doesNotContain("Not all referrals", "No sweep"));
        world.andAgainNothingHappens();
    }

    private static String needed(World world) {
        return new Api(world.settings().number(Key.MANAGEMENT_PORT)).get("/api/overview").get("needsPerson")
                .toString();
    }
}
