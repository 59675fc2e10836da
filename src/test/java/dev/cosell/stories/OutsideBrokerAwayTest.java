package dev.cosell.stories;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.cosell.settings.Key;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OutsideBrokerAwayTest {
    private static final List<String> CRMS = List.of("salesforce", "dynamics");

    @Test
    void it_is_said_once_and_all_goes_on_when_it_is_back() {
        try (OutsideBroker broker = new OutsideBroker();
                World world = new World(Map.of("broker.url", broker.url, "partner-center.sweep-interval", "1s"),
                        Path.of("routes"), "salesforce",
                        "dynamics");
             Log log = Log.from(Level.WARN)) {
            String known = world.newDeal(Map.of());
            CRMS.forEach(crm -> world.opportunityFor(world.crm(crm), known));
            world.settle();
            broker.close();
            byte[] event = world.event(known);
            assertThat(world.deliver(event, world.signed(event)).statusCode()).isEqualTo(503);
            String other = world.newDeal(Map.of());
            World.pause(12_000);

            assertThat(log.lines().stream().filter(line -> !line.startsWith("WARN AMQ222")))
                    .as("apart from what the broker itself logs here")
                    .singleElement().satisfies(line -> assertThat(line).startsWith("ERROR The ").contains("queue"));
            Map<String, Object> overview = new Api(world.settings().number(Key.MANAGEMENT_PORT)).get("/api/overview");
            assertThat(overview.get("needsPerson").toString()).as("the page, which shows all else").contains("queue");
            assertThat(Api.list(overview.get("crms"))).allSatisfy(crm -> assertThat(crm).containsEntry("synced", 1));
            broker.start();
            CRMS.forEach(crm -> world.opportunityFor(world.crm(crm), other));
            assertThat(world.parked()).isEmpty();
            world.andAgainNothingHappens();
        }
    }
}
