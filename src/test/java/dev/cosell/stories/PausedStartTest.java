package dev.cosell.stories;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.cosell.settings.Key;
import dev.cosell.state.ReadyDatabase;
import java.nio.file.Path;
import java.util.Map;
import org.apache.camel.ServiceStatus;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An application that starts beside others, or again, when a person has paused a CRM. */
class PausedStartTest {
    private World world;

    /**
     * On PostgreSQL consumers began with the routes, and their routes were suspended a moment later. With an H2 file
     * the pause was forgotten, and nobody was told.
     */
    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgresql"})
    void what_was_paused_before_the_start_is_not_worked_on_until_a_person_resumes_it(String kind) throws Exception {
        Map<String, String> database = kind.equals("h2") ? Map.of() : Map.of("state.url", ReadyDatabase.postgres());
        try (World opened = new World(database, Path.of("routes"), "salesforce")) {
            world = opened;
            world.firstReadsAreOver();
            world.pauseSync();
            String deal = world.newDeal(Map.of());
            world.eventually(() -> assertThat(world.backlog()).isPositive());
            try (Log log = Log.from(Level.WARN)) {
                world.restart();
                world.eventually(() -> assertThat(status()).isEqualTo(ServiceStatus.Suspended));
                world.eventually(() -> assertThat(log.lines()).anyMatch(line -> line.contains(
                        "The sync of salesforce was paused before this start and stays so")));
            }
            assertThat(needed()).contains("The sync of salesforce is paused");
            // What was taken before the suspension would be done by now.
            World.pause(800);
            assertThat(world.crm().opportunitiesOf(deal)).isEmpty();
            assertThat(world.backlog()).isPositive();

            world.resumeSync();
            world.opportunityFor(deal);
            world.andAgainNothingHappens();
            try (Log log = Log.from(Level.WARN)) {
                world.restart();
                world.andAgainNothingHappens();
                assertThat(status()).isEqualTo(ServiceStatus.Started);
                assertThat(log.lines()).noneMatch(line -> line.contains("paused"));
                assertThat(needed()).doesNotContain("paused");
            }
        }
    }

    private ServiceStatus status() {
        return world.camel().getRouteController().getRouteStatus("sync-salesforce");
    }

    private String needed() {
        return new Api(world.settings().number(Key.MANAGEMENT_PORT)).get("/api/overview").get("needsPerson")
                .toString();
    }
}
