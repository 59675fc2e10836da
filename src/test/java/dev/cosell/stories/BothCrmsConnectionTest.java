package dev.cosell.stories;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.cosell.settings.Key;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** One CRM's sign-in is dead, the other CRM's is not; and what an operator reads of a secret that will end. */
@InWorld(openedBy = "open")
class BothCrmsConnectionTest {
    private static World world;
    private static Log log;

    static World open() {
        log = Log.from(Level.WARN);
        return new World(Map.of("connections.retry-interval", "60s",
                "dynamics.client-secret-expires", LocalDate.now(ZoneOffset.UTC).plusDays(5).toString()),
                Path.of("routes"), "salesforce", "dynamics");
    }

    @AfterAll
    static void stop() {
        log.close();
    }

    private static String health(String query) {
        return new String(
                new Api(world.settings().number(Key.MANAGEMENT_PORT))
                        .raw("GET", "/observe/health" + query, null, Map.of()).body(),
                StandardCharsets.UTF_8);
    }

    @Test
    void the_other_crm_goes_on_and_the_dead_one_is_left_alone() {
        String referralId = world.newDeal(Map.of());
        CrmDriver salesforce = world.crm("salesforce");
        CrmDriver dynamics = world.crm("dynamics");
        String salesforceId = salesforce.id(world.opportunityFor(salesforce, referralId));
        world.opportunityFor(dynamics, referralId);
        world.settle();

        dynamics.api().post("/sandbox/faults",
                Map.of("path", "/api/data/", "times", 1_000_000, "status", 403, "body", Map.of("error",
                        Map.of("code", "0x80072560", "message", "The user is not a member of the organization."))));
        salesforce.changeValue(salesforceId, 61100);
        world.eventually(() -> assertThat(world.valueOf(world.referral(referralId))).isEqualByComparingTo("61100"));
        world.eventually(() -> assertThat(health("")).contains("dynamics-connection"));
        int calls = (Integer) dynamics.api().get("/sandbox/stats").get("total");
        world.partnerCenter().patch("/sandbox/deals/" + referralId, Map.of("details", Map.of("dealValue", 61200)));
        world.eventually(
                () -> assertThat(salesforce.value(salesforce.opportunity(salesforceId))).isEqualByComparingTo("61200"));
        World.pause(2000);

        assertThat((Integer) dynamics.api().get("/sandbox/stats").get("total")).as("calls of a dead connection")
                .isEqualTo(calls);
        assertThat(health("")).doesNotContain("salesforce-connection", "partner-center-connection");
        assertThat(log.lines().stream().filter(line -> line.contains("disconnected"))).singleElement()
                .satisfies(line -> assertThat(line).contains("dynamics", "application user"));
        assertThat(world.parked()).isEmpty();
    }

    @Test
    void a_secret_that_ends_soon_is_in_the_log_and_on_the_health_page() {
        world.eventually(() -> assertThat(log.lines())
                .anySatisfy(line -> assertThat(line).contains("WARN", "dynamics.client-secret", "expires in")));
        assertThat(health("?exposureLevel=full&data=true")).contains("expires in 5 days", "lastRefresh");
    }
}
