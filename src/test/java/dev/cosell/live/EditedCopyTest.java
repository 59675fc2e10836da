package dev.cosell.live;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.cosell.ShippedRoutes;
import dev.cosell.operations.CheckOperations;
import dev.cosell.stories.Log;
import dev.cosell.stories.World;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An upgrade with edited copies of {@code routes/}. */
class EditedCopyTest {
    @TempDir
    static Path routes;

    /** The setting sync.parked-interval had no effect, and nothing told of it. */
    @Test
    void a_schedule_that_an_edited_copy_lacks_is_told_at_the_start_and_by_the_check_until_it_is_there() {
        Path schedules = ShippedRoutes.copyTo(routes).resolve("schedules.camel.yaml");
        String shipped = LiveEdits.read(schedules);
        LiveEdits.write(schedules, shipped.replace("id: parked-again\n", "id: of-an-earlier-release\n"));
        String lacks = "schedules.camel.yaml lacks of version 0.2.0: the route parked-again";
        try (Log log = Log.from(Level.WARN); World world = new World(Map.of(), routes, "salesforce")) {
            assertThat(log.lines()).filteredOn(line -> line.contains(lacks)).singleElement().asString()
                    .startsWith("WARN").contains("CHANGELOG.md", "routes.left-out");
            CheckOperations check = world.camel().getRegistry().lookupByNameAndType("checkOperations",
                    CheckOperations.class);
            check.look();
            assertThat(check.getWarnings()).anyMatch(warning -> warning.contains(lacks));

            LiveEdits.write(schedules, shipped);
            world.eventually(() -> assertThat(world.camel().getRoute("parked-again")).isNotNull());
            world.eventually(() -> {
                check.look();
                assertThat(check.getWarnings()).noneMatch(warning -> warning.contains("lacks"));
            });
            world.andAgainNothingHappens();
        }
    }
}
