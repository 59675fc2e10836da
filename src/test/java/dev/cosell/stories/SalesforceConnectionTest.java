package dev.cosell.stories;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.cosell.settings.Key;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The stories about sign-ins, lived through with Salesforce. */
class SalesforceConnectionTest extends ConnectionStories {
    @Override
    protected String name() {
        return "salesforce";
    }

    @Override
    protected void crmRefusesUs(World world) {
        world.crm().api().post("/sandbox/faults", Map.of("path", "oauth2/token", "times", 1_000_000, "status", 400,
                "body", Map.of("error", "inactive_user", "error_description", "user is inactive")));
        world.crm().api().post("/sandbox/sessions/expire", Map.of());
    }

    @Override
    protected void crmAcceptsUs(World world) {
        world.crm().api().delete("/sandbox/faults");
    }

    @Test
    void a_password_that_salesforce_will_not_take_is_warned_of_at_the_start_and_in_health_which_stays_up() {
        try (Log log = Log.from(Level.WARN);
                World world = new World(Map.of("setup.salesforce.password", "hush"), Path.of("routes"), "salesforce")) {
            world.eventually(() -> assertThat(log.lines())
                    .anySatisfy(line -> assertThat(line).contains("setup.salesforce.password", "20 February 2027")));
            String health = new String(new Api(world.settings().number(Key.MANAGEMENT_PORT)).raw("GET",
                    "/observe/health?exposureLevel=full&data=true", null, Map.of()).body(), StandardCharsets.UTF_8);
            assertThat(health).contains("20 February 2027").doesNotContain("\"DOWN\"", "hush");
        }
    }
}
