package dev.cosell.stories;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** What stops a deal may be mended where no change of the deal tells it. */
@WithSettings("sync.parked-interval=1s")
abstract class ParkedAgainStories extends Stories {
    /** As a seller does who opens the account alone. */
    abstract void mendCountryOfAccount(String accountId);

    private String audit(String id) {
        return crm().audit(crm().opportunity(id));
    }

    /** It waited until somebody edited the opportunity, too, or asked for a retry. */
    @Test
    void a_deal_stayed_parked_after_its_account_was_mended() {
        String id = crm().newOpportunity(crm().country("GBR"));
        world().eventually(() -> assertThat(audit(id)).contains("Not synced").contains("country"));

        mendCountryOfAccount(crm().accountId(crm().opportunity(id)));

        assertThat(world().referralFor(id)).isNotNull();
        world().eventually(() -> assertThat(world().parked()).noneMatch(line -> line.contains(id)));
        world().andAgainNothingHappens();
    }

    @Test
    void a_refusal_that_has_another_number_each_time_is_told_once_and_ends_by_itself() {
        for (int number = 4711; number <= 4713; number++) {
            world().partnerCenter().post("/sandbox/faults", Map.of("method", "POST", "path", "/referrals$", "times", 1,
                    "status", 400, "body", Map.of("message", "The deal is not taken, trace " + number)));
        }
        String id = crm().newOpportunity(Map.of());

        assertThat(world().referralFor(id)).isNotNull();
        world().settle();
        assertThat(audit(id).split("Not synced", -1)).as(audit(id)).hasSize(2);
        assertThat(world().auditTrail(id)).filteredOn(line -> line.contains("is not taken")).hasSize(1);
        world().andAgainNothingHappens();
    }
}
