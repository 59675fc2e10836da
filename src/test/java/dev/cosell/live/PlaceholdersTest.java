package dev.cosell.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.ShippedRoutes;
import dev.cosell.cli.Commands;
import dev.cosell.stories.World;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.camel.component.jms.JmsConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * A variable of Java or of the environment that is called as a setting lost when the settings were read, if the
 * command line names the setting; it won again in the routes.
 */
class PlaceholdersTest {
    private static final Map<String, String> VARIABLES = Map.of("sync.consumers", "x", "dynamics.concurrent-calls", "y",
            "a-name.of-your-own", "z");

    @TempDir
    Path routes;

    @BeforeEach
    void variables() {
        VARIABLES.forEach(System::setProperty);
        ShippedRoutes.copyTo(routes);
    }

    @AfterEach
    void forget() {
        VARIABLES.keySet().forEach(System::clearProperty);
    }

    @Test
    void a_variable_does_not_win_over_a_setting_in_running_and_in_edited_routes() throws Exception {
        try (World world = new World(Map.of("sync.consumers", "3"), routes, "salesforce", "dynamics")) {
            assertThat(consumers(world)).isEqualTo(3);
            assertThat(world.camel().resolvePropertyPlaceholders("{{a-name.of-your-own}} {{env:PATH}}"))
                    .as("other names are found as before").isEqualTo("z " + System.getenv("PATH"));

            Path file = routes.resolve("salesforce.camel.yaml");
            String text = Files.readString(file);
            Files.writeString(file, text.replace("Takes the hints that concern Salesforce",
                    "Edited. Takes the hints that concern Salesforce"));
            world.eventually(() -> assertThat(world.camel().getRoutes()).anyMatch(
                    route -> String.valueOf(route.getDescription()).startsWith("Edited.")));
            assertThat(consumers(world)).isEqualTo(3);
            world.opportunityFor(world.newDeal(Map.of()));
            world.andAgainNothingHappens();
        }
    }

    private static int consumers(World world) {
        return ((JmsConsumer) world.camel().getRoute("sync-salesforce").getConsumer()).getEndpoint()
                .getConcurrentConsumers();
    }

    @Test
    void files_are_validated_with_the_settings_too() throws IOException {
        Path nothing = Files.createFile(routes.resolve("nothing.properties"));
        StringWriter said = new StringWriter();
        int code = new CommandLine(new Commands()).setOut(new PrintWriter(said)).setErr(new PrintWriter(said))
                .execute("validate", "--settings", nothing.toString(), "--routes", routes.toString());
        assertThat(code).as(said.toString()).isZero();
    }
}
