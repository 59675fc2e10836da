package dev.cosell.stories;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.cosell.settings.Key;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The administrator of the CRM takes away what each poll asks for. */
@WithSettings("sync.poll-alarm-after=1s")
abstract class FailedPollStories extends Stories {
    abstract void takeAway();

    abstract void giveBack();

    /** What the CRM says then. */
    abstract String words();

    /** Health was UP, the connection too, and the log had a line for each poll. */
    @Test
    void nobody_was_told_that_no_change_of_the_crm_is_noticed() {
        String referralId = world().newDeal(Map.of());
        String id = crm().id(world().opportunityFor(referralId));
        world().firstReadsAreOver();
        try (Log log = Log.from(Level.WARN)) {
            takeAway();
            crm().changeValue(id, 61000);
            world().eventually(() -> assertThat(needed()).contains("No poll of ").contains(words()));
            assertThat(health()).contains("\"DOWN\"").contains("poll-" + crm().name());
            assertThat(log.lines()).filteredOn(line -> line.contains(crm().name() + "-poll")).hasSize(1);
            giveBack();
        }
        world().eventually(() -> assertThat(needed()).doesNotContain("No poll of "));
        world().eventually(() -> assertThat(world().valueOf(world().referral(referralId)))
                .isEqualByComparingTo("61000"));
        assertThat(world().parked()).isEmpty();
        world().andAgainNothingHappens();
    }

    private String needed() {
        return management().get("/api/overview").get("needsPerson").toString();
    }

    private String health() {
        return new String(management().raw("GET", "/observe/health", null, Map.of()).body(), StandardCharsets.UTF_8);
    }

    private Api management() {
        return new Api(world().settings().number(Key.MANAGEMENT_PORT));
    }
}
