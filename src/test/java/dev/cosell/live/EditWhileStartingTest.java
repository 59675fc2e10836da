package dev.cosell.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.ShippedRoutes;
import dev.cosell.stories.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.camel.Route;
import org.apache.camel.support.RoutePolicySupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EditWhileStartingTest {
    @TempDir
    static Path routes;

    /** It counted as in force, because it was on the disk when the first look was taken, and was never loaded. */
    @Test
    void an_edit_that_is_saved_while_the_application_starts_comes_into_force() throws IOException {
        for (Path file : ShippedRoutes.files()) {
            Files.copy(file, routes.resolve(file.getFileName()));
        }
        Files.writeString(routes.resolve("own.camel.yaml"), "- beans:\n    - name: saves\n      type: "
                + Saves.class.getName() + "\n- route:\n    id: own\n    routePolicy: saves\n    from:\n"
                + "      id: own-from\n      uri: direct:own\n      steps:\n"
                + "        - log: { id: own-log, message: own }\n");
        try (World world = new World(Map.of(), routes, "salesforce")) {
            world.eventually(() -> {
                Route reconcile = world.camel().getRoute("reconcile");
                assertThat(reconcile).isNotNull();
                assertThat(reconcile.getDescription()).startsWith("Saved, branches");
                assertThat(world.camel().hasService(CheckedReload.class).inForce(LiveEdits.MAPPING))
                        .as("the other file").contains("text(9)");
            });
            String referralId = world.newDeal(Map.of("details", Map.of("notes", "a rather long note")));
            assertThat(String.valueOf(world.opportunityFor(world.crm("salesforce"), referralId).get("Description")))
                    .startsWith("a rath").hasSizeLessThanOrEqualTo(9);
        }
    }

    /** Somebody who saves two files when the routes have been read and begin. */
    public static final class Saves extends RoutePolicySupport {
        @Override
        public void onStart(Route route) {
            LiveEdits.write(routes.resolve("sync.camel.yaml"), LiveEdits.read(routes.resolve("sync.camel.yaml"))
                    .replace(LiveEdits.RECONCILES, "Saved, branches"));
            LiveEdits.write(routes.resolve(LiveEdits.MAPPING), LiveEdits.read(routes.resolve(LiveEdits.MAPPING))
                    .replace(LiveEdits.DESCRIPTION, LiveEdits.DESCRIPTION.replace("text(32000)", "text(9)")));
        }
    }
}
