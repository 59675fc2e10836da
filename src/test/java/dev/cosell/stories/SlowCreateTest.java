package dev.cosell.stories;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A CRM that takes its time, or whose answers get lost, while the first of several deals creates their customer. */
class SlowCreateTest {
    private static final int DEALS = 12;

    /** @param rule a fault of the calls that search and create, at each CRM */
    @ParameterizedTest
    @ValueSource(strings = {"{'delayMillis':1700,'times':12}", "{'drop':'after','skip':3,'times':4}"})
    void a_slow_create_or_a_lost_answer_doubles_no_customer(String rule) {
        try (World world = new World(Map.of("sync.customer-lease", "1s"), Path.of("routes"), "salesforce",
                "dynamics")) {
            List<CrmDriver> crms = List.of(world.crm("salesforce"), world.crm("dynamics"));
            Customer customer = new Customer("Slow " + UUID.randomUUID());
            world.pauseSync();
            customer.dealsInPortal(world.partnerCenter(), DEALS);
            crms.forEach(crm -> fault(crm, rule));
            world.resumeSync();
            world.eventually(() -> crms.forEach(crm -> customer.isThereOnce(crm, DEALS)));
            assertThat(world.parked()).isEmpty();
            crms.forEach(crm -> crm.api().delete("/sandbox/faults"));
            world.andAgainNothingHappens();
            crms.forEach(crm -> customer.isThereOnce(crm, DEALS));
        }
    }

    private static void fault(CrmDriver crm, String rule) {
        Map<String, Object> fault = new HashMap<>(Api.object(rule.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
        fault.put("path", crm.createPath());
        crm.api().post("/sandbox/faults", fault);
    }
}
