package dev.cosell.stories;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A CRM that takes its time, or whose answers get lost, while the first of several deals creates their customer. */
class SlowCreateTest {
    private static final int DEALS = 12;

    /**
     * @param path of the calls that search and create
     * @param rule the fault of the fourth call and of those behind it
     */
    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
            "salesforce; /composite$; {'delayMillis':1700,'times':12}",
            "dynamics; batch$; {'delayMillis':1700,'times':12}",
            "salesforce; /composite$; {'drop':'after','skip':3,'times':4}",
            "dynamics; batch$; {'drop':'after','skip':3,'times':4}"})
    void a_slow_create_or_a_lost_answer_doubles_no_customer(String crmName, String path, String rule) {
        try (World world = new World(Map.of("sync.customer-lease", "1s"), Path.of("routes"), crmName)) {
            Customer customer = new Customer("Slow " + UUID.randomUUID());
            Map<String, Object> fault = new HashMap<>(Api.object(rule.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
            fault.put("path", path);
            world.pauseSync();
            customer.dealsInPortal(world.partnerCenter(), DEALS);
            world.crm().api().post("/sandbox/faults", fault);
            world.resumeSync();
            world.eventually(() -> customer.isThereOnce(world.crm(), DEALS));
            assertThat(world.parked()).isEmpty();
            world.crm().api().delete("/sandbox/faults");
            world.andAgainNothingHappens();
            customer.isThereOnce(world.crm(), DEALS);
        }
    }
}
