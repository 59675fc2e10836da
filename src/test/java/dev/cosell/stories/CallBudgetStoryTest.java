package dev.cosell.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.crm.salesforce.BudgetMXBean;
import dev.cosell.crm.salesforce.BudgetOperations;
import dev.cosell.settings.Key;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Map;
import javax.management.JMX;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

/**
 * The calls that Salesforce has for us come to an end: nothing is called, nothing is lost, and everybody can see why.
 */
class CallBudgetStoryTest {

    private static World world(String setting, String value) {
        return new World(Map.of(setting, value), Path.of("routes"), "salesforce");
    }

    private static BudgetMXBean budget() {
        try {
            return JMX.newMXBeanProxy(ManagementFactory.getPlatformMBeanServer(), new ObjectName(BudgetOperations.NAME),
                    BudgetMXBean.class);
        } catch (MalformedObjectNameException wrong) {
            throw new AssertionError(wrong);
        }
    }

    /** Calls of the API; signing in and out is none. */
    private static int calls(World world) {
        return Api.map(world.crm().api().get("/sandbox/stats").get("calls")).entrySet().stream()
                .filter(call -> call.getKey().contains("/services/data/")).mapToInt(call -> (Integer) call.getValue())
                .sum();
    }

    @Test
    void the_rest_of_the_organisations_calls_is_left_to_others_and_changes_wait() {
        try (World world = world("salesforce.org-call-share", "50%")) {
            String deal = world.newDeal(Map.of());
            String id = world.crm().id(world.opportunityFor(deal));
            world.andAgainNothingHappens();
            assertThat(budget().getState()).isEqualTo("FREE");

            world.crm().api().post("/sandbox/settings", Map.of("dailyCalls", 2 * calls(world)));
            world.eventually(() -> assertThat(budget().getState()).isEqualTo("SPENT"));
            assertThat(budget().getOrganisationCalls()).isGreaterThanOrEqualTo(budget().getOrganisationLimit() / 2);
            int before = calls(world);
            world.partnerCenter().patch("/sandbox/deals/" + deal, Map.of("details", Map.of("dealValue", 64000)));
            world.eventually(() -> assertThat(world.backlog()).isEqualTo(1));
            World.pause(2000);
            assertThat(calls(world)).as("calls to Salesforce meanwhile").isEqualTo(before);
            assertThat(world.parked()).isEmpty();
            Api management = new Api(world.settings().number(Key.MANAGEMENT_PORT));
            assertThat(new String(management.raw("GET", "/observe/health", null, Map.of()).body()))
                    .contains("calls are used up");
            assertThat(needed(world)).as("it said that all is well").contains("Salesforce's calls are used up");
            assertThat(management.raw("GET", "/observe/health/ready", null, Map.of()).statusCode()).isEqualTo(200);

            world.crm().api().post("/sandbox/settings", Map.of("dailyCalls", 0));
            world.restart();
            world.eventually(
                    () -> assertThat(world.crm().value(world.crm().opportunity(id))).isEqualByComparingTo("64000"));
            world.andAgainNothingHappens();
            assertThat(needed(world)).doesNotContain("calls are used up");
        }
    }

    private static String needed(World world) {
        return new Api(world.settings().number(Key.MANAGEMENT_PORT)).get("/api/overview").get("needsPerson")
                .toString();
    }

    @Test
    void our_own_budget_of_the_day_is_kept_over_a_restart() {
        try (World world = world("salesforce.daily-calls", "20")) {
            String deal = world.newDeal(Map.of());
            world.opportunityFor(deal);
            world.eventually(() -> assertThat(needed(world)).contains("Four fifths of Salesforce's calls are used"));
            world.eventually(() -> assertThat(budget().getState()).isEqualTo("SPENT"));
            assertThat(needed(world)).contains("calls are used up").doesNotContain("Four fifths");
            assertThat(budget().getCallsToday()).isEqualTo(20);
            int before = calls(world);
            assertThat(before).isEqualTo(20);

            world.restart();
            assertThat(budget().getState()).isEqualTo("SPENT");
            world.partnerCenter().patch("/sandbox/deals/" + deal, Map.of("details", Map.of("dealValue", 64000)));
            world.eventually(() -> assertThat(world.backlog()).isPositive());
            World.pause(1500);
            assertThat(calls(world)).isEqualTo(before);
        }
    }
}
