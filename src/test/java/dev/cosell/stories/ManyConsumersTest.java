package dev.cosell.stories;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody raised {@code sync.consumers}, as application.properties says, because a backlog grew. */
class ManyConsumersTest {
    private static final int CONSUMERS = 24;
    private static final int DEALS = 30;

    @TempDir
    Path routes;

    /**
     * Ten threads worked on the answers of Salesforce. Ten syncs waited on them for the kinds of the fields, and the
     * answer that tells those found none: nothing was synced until a restart, and seldom then.
     */
    @Test
    void syncs_that_wait_for_the_same_answer_left_nobody_to_take_it() {
        FieldKindStories.routes(routes);
        FieldKindStories.remap(routes.resolve("mapping-salesforce.camel.yaml"), "CloseDate", "Description",
                "Closing__c | details.closingDateTime | date | create, update | create, update | crm wins");
        try (World world = new World(Map.of("sync.consumers", String.valueOf(CONSUMERS), "sync.brake-share", "100"),
                routes, before -> ((SalesforceDriver) before.crm()).newField("Closing__c",
                        Map.of("type", "DateTime", "label", "Closing")), "salesforce")) {
            world.firstReadsAreOver();
            world.pauseSync();
            List<String> deals = new ArrayList<>();
            for (int i = 0; i < DEALS; i++) {
                deals.add(world.newDeal(Map.of("name", "Waiting " + i)));
            }
            world.eventually(() -> assertThat(world.backlog()).isEqualTo(DEALS));
            world.crm().api().post("/sandbox/faults",
                    Map.of("path", "/composite", "delayMillis", 700, "times", 1_000));
            world.resumeSync();

            deals.forEach(world::opportunityFor);
            world.andAgainNothingHappens();
        }
    }
}
