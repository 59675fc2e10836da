package dev.cosell.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.app.Cosell;
import dev.cosell.app.FreePorts;
import dev.cosell.crm.Crms;
import dev.cosell.crm.dynamics.DynamicsKey;
import dev.cosell.crm.salesforce.SalesforceKey;
import dev.cosell.settings.Key;
import dev.cosell.settings.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people do to the application by mistake, or because they have to, and what becomes of the deals. */
@InWorld({"salesforce", "dynamics"})
class OperatorMistakesTest {
    private static final List<String> CRMS = List.of("salesforce", "dynamics");
    private static World world;

    @TempDir
    Path folder;

    @Test
    void an_older_backup_of_the_database_loses_and_doubles_nothing() throws IOException {
        String old = world.newDeal(Map.of());
        CRMS.forEach(crm -> world.opportunityFor(world.crm(crm), old));
        world.settle();
        Path file = world.settings().path(Key.DATA_DIRECTORY).resolve("cosell.mv.db");
        Path backup = folder.resolve("backup");
        world.stopApplication();
        Files.copy(file, backup);
        world.start();
        world.partnerCenter().patch("/sandbox/deals/" + old, Map.of("details", Map.of("dealValue", 61000)));
        String made = world.newDeal(Map.of());
        CRMS.forEach(crm -> world.opportunityFor(world.crm(crm), made));
        String shared = world.crm().newOpportunity(world.crm().visibleToMicrosoft());
        String sharedAs = (String) world.referralFor(shared).get("id");
        CRMS.forEach(crm -> everywhere(crm, old, 61000));

        world.stopApplication();
        Files.copy(backup, file, StandardCopyOption.REPLACE_EXISTING);
        world.crm().changeValueAndDate(world.crm().id(world.opportunityFor(old)), 61000, "2027-08-08");
        world.start();
        world.eventually(() -> CRMS.forEach(crm -> assertThat(world.crm(crm).closeDate(opportunity(crm, old)))
                .as(crm).contains("2027-08-08")));
        world.andAgainNothingHappens();
        world.partnerCenter().patch("/sandbox/deals/" + made, Map.of("details", Map.of("dealValue", 77000)));
        CRMS.forEach(crm -> everywhere(crm, made, 77000));
        world.andAgainNothingHappens();
        CRMS.forEach(crm -> everywhere(crm, old, 61000));
        assertThat(world.referralsNaming(shared)).extracting(each -> each.get("id")).containsExactly(sharedAs);
        assertThat(world.parked()).isEmpty();
    }

    @Test
    void two_applications_on_one_tenant_double_nothing_and_come_to_rest() {
        Map<String, String> values = new HashMap<>(Map.of("sandbox", "external", "crms", "salesforce,dynamics",
                "data.directory", folder.resolve("second").toString(), "camel.main.name", "second",
                "salesforce.poll-interval", "500ms", "dynamics.poll-interval", "500ms"));
        for (Setting same : List.of(Key.SANDBOX_PARTNER_CENTER_PORT, SalesforceKey.SANDBOX_PORT,
                DynamicsKey.SANDBOX_PORT)) {
            values.put(same.text(), String.valueOf(world.settings().number(same)));
        }
        FreePorts.give(values, Key.HTTP_PORT, Key.MANAGEMENT_PORT);
        try (Cosell second = Cosell.start(Crms.SHIPPED.settings(Path.of("application.properties"), Map.of(), values),
                Path.of("routes"))) {
            List<String> deals = Stream.generate(() -> world.newDeal(Map.of())).limit(4).toList();
            deals.forEach(deal -> CRMS.forEach(crm -> world.opportunityFor(world.crm(crm), deal)));
            String shared = world.crm().newOpportunity(world.crm().visibleToMicrosoft());
            world.referralFor(shared);
            world.crm().changeValue(world.crm().id(world.opportunityFor(deals.get(0))), 83000);
            world.crm("dynamics").changeValue(world.crm("dynamics").id(opportunity("dynamics", deals.get(1))), 84000);
            CRMS.forEach(crm -> {
                everywhere(crm, deals.get(0), 83000);
                everywhere(crm, deals.get(1), 84000);
            });
            world.andAgainNothingHappens();
            deals.forEach(deal -> CRMS.forEach(crm -> assertThat(world.crm(crm).opportunitiesOf(deal)).hasSize(1)));
            assertThat(world.referralsNaming(shared)).hasSize(1);
            assertThat(world.parked()).isEmpty();
            assertThat(second.operations().getParked()).isEmpty();
        }
    }

    private Map<String, Object> opportunity(String crm, String referralId) {
        return world.opportunityFor(world.crm(crm), referralId);
    }

    /** The one opportunity and its referral show this value. */
    private void everywhere(String crm, String referralId, int value) {
        world.eventually(() -> {
            assertThat(world.crm(crm).opportunitiesOf(referralId)).singleElement().satisfies(found ->
                    assertThat(world.crm(crm).value(found)).isEqualByComparingTo(String.valueOf(value)));
            assertThat(world.valueOf(world.referral(referralId))).isEqualByComparingTo(String.valueOf(value));
        });
    }
}
