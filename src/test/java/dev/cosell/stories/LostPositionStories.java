package dev.cosell.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.settings.Key;
import dev.cosell.state.Database;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The position of a poll is lost, as with a journal that was cut off, and all opportunities are read again. */
abstract class LostPositionStories extends Stories {
    private void forgetPosition() {
        try (Database books = Database.visit(world().settings().text(Key.STATE_URL), null, null)) {
            assertThat(books.client().sql("DELETE FROM watermark WHERE source = ?").param(crm().name()).update())
                    .isOne();
        }
    }

    /** Its referral was kept as if the opportunity were there, until somebody edited it. */
    @Test
    void an_opportunity_that_was_deleted_meanwhile_is_noticed_and_no_other_one_is_taken_for_it() {
        String gone = crm().newOpportunity(Map.of());
        String kept = crm().newOpportunity(Map.of());
        String referralId = (String) world().referralFor(gone).get("id");
        String keptReferralId = (String) world().referralFor(kept).get("id");
        world().settle();

        world().stopApplication();
        crm().api().delete("/sandbox/opportunities/" + gone);
        // Salesforce is asked once more for what was stamped shortly before the latest change.
        World.pause(4_100);
        crm().changeValue(kept, 64_000);
        forgetPosition();
        world().start();

        world().eventually(() -> assertThat(world().auditSituations(gone)).contains("OPPORTUNITY_GONE"));
        assertThat(world().referral(referralId)).containsEntry("status", "Active");
        world().eventually(() -> assertThat(world().valueOf(world().referral(keptReferralId)))
                .isEqualByComparingTo("64000"));
        assertThat(world().auditSituations(kept)).doesNotContain("OPPORTUNITY_GONE");
        world().andAgainNothingHappens();
    }
}
