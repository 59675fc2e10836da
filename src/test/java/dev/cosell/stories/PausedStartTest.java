package dev.cosell.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.state.ReadyDatabase;
import java.nio.file.Path;
import java.util.Map;
import org.apache.camel.ServiceStatus;
import org.junit.jupiter.api.Test;

/** An application that starts beside others, or again, when a person has paused a CRM on their database. */
class PausedStartTest {

    /** Consumers began with the routes, and their routes were suspended a moment later. */
    @Test
    void what_was_paused_before_the_start_is_not_worked_on_while_it_starts() throws Exception {
        try (World world = new World(Map.of("state.url", ReadyDatabase.postgres()), Path.of("routes"),
                "salesforce")) {
            world.firstReadsAreOver();
            world.pauseSync();
            String deal = world.newDeal(Map.of());
            world.eventually(() -> assertThat(world.backlog()).isPositive());
            world.restart();
            world.eventually(() -> assertThat(world.camel().getRouteController().getRouteStatus("sync-salesforce"))
                    .isEqualTo(ServiceStatus.Suspended));
            // What was taken before the suspension would be done by now.
            World.pause(800);
            assertThat(world.crm().opportunitiesOf(deal)).isEmpty();
            assertThat(world.backlog()).isPositive();

            world.resumeSync();
            world.opportunityFor(deal);
            world.andAgainNothingHappens();
        }
    }
}
