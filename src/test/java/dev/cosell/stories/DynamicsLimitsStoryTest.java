package dev.cosell.stories;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** More workers than Dynamics 365 takes calls at a time. */
@InWorld(value = "dynamics", settings = {"sync.consumers=60", "dynamics.concurrent-calls=51"})
class DynamicsLimitsStoryTest {
    private static final int DEALS = 60;
    private static World world;

    private static Api dynamics() {
        return world.crm().api();
    }

    @Test
    void sixty_changes_at_once_keep_to_the_calls_that_Dynamics_takes_at_a_time_and_all_arrive() {
        world.settle();
        world.pauseSync();
        List<String> deals = new ArrayList<>();
        for (int i = 0; i < DEALS; i++) {
            deals.add(world.newDeal(Map.of("name", "Deal " + i)));
        }
        Awaitility.await().until(() -> world.operations().getBacklog().get("dynamics") >= DEALS);
        dynamics().post("/sandbox/settings", Map.of("concurrencyLimit", 52));
        dynamics().post("/sandbox/stats/reset", Map.of());
        dynamics().post("/sandbox/faults", Map.of("path", "/api/data/", "delayMillis", 700, "times", 1_000_000));
        int before = world.crm().opportunities().size();
        world.resumeSync();
        // Each takes seconds, and the broker hands several to one worker.
        Awaitility.await().atMost(Duration.ofMinutes(2))
                .until(() -> world.crm().opportunities().size() >= before + DEALS);
        deals.forEach(deal -> assertThat(world.opportunityFor(deal)).isNotEmpty());
        assertThat((Integer) dynamics().get("/sandbox/stats").get("mostInWork")).isBetween(21, 51);
        dynamics().delete("/sandbox/faults");
        world.andAgainNothingHappens();
    }

    @Test
    void a_refusal_for_too_many_calls_at_once_is_waited_out() {
        String referralId = world.newDeal(Map.of());
        String crmId = world.crm().id(world.opportunityFor(referralId));
        world.settle();
        for (String code : List.of("0x80072326", "0x80072321")) {
            dynamics().post("/sandbox/faults",
                    Map.of("path", "/api/data/", "times", 3, "status", 429, "headers", Map.of("Retry-After", "1"),
                            "body", Map.of("error", Map.of("code", code, "message", "too much"))));
            int value = code.endsWith("6") ? 61_000 : 62_000;
            world.crm().changeValue(crmId, value);
            world.eventually(() -> assertThat(world.valueOf(world.referral(referralId)))
                    .isEqualByComparingTo(String.valueOf(value)));
            assertThat(world.parked()).isEmpty();
        }
        world.andAgainNothingHappens();
    }
}
