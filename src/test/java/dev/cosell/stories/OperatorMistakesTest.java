package dev.cosell.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.app.Cosell;
import dev.cosell.app.FreePorts;
import dev.cosell.crm.Crms;
import dev.cosell.crm.dynamics.DynamicsKey;
import dev.cosell.crm.salesforce.SalesforceKey;
import dev.cosell.settings.Key;
import dev.cosell.settings.Setting;
import dev.cosell.sync.books.AuditEntry;
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
@InWorld(value = {"salesforce", "dynamics"}, settings = "connections.retry-interval=1s")
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
    void two_applications_on_one_tenant_double_no_opportunity_and_come_to_rest() {
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
            // Where one of them meets a deal only after the edit, its policy decides what the sides never agreed on.
            deals.forEach(deal -> world.eventually(() -> assertThat(second.auditTrail().last(deal, 50))
                    .extracting(AuditEntry::crm).containsAll(CRMS)));
            deals.forEach(deal -> world.eventually(() -> assertThat(world.auditSituations(deal))
                    .hasSizeGreaterThanOrEqualTo(CRMS.size())));
            world.crm().changeValue(world.crm().id(world.opportunityFor(deals.get(0))), 83000);
            world.crm("dynamics").changeValue(world.crm("dynamics").id(opportunity("dynamics", deals.get(1))), 84000);
            CRMS.forEach(crm -> {
                everywhere(crm, deals.get(0), 83000);
                everywhere(crm, deals.get(1), 84000);
            });
            world.andAgainNothingHappens();
            deals.forEach(deal -> CRMS.forEach(crm -> assertThat(world.crm(crm).opportunitiesOf(deal)).hasSize(1)));
            assertThat(world.parked()).isEmpty();
            assertThat(second.operations().getParked()).isEmpty();
        }
    }

    @Test
    void a_referral_that_support_has_deleted_leaves_its_opportunities_as_they_are_and_is_not_made_again() {
        String id = world.newDeal(Map.of());
        CRMS.forEach(crm -> world.opportunityFor(world.crm(crm), id));
        world.settle();
        int referrals = world.ownReferrals().size();
        world.partnerCenter().post("/sandbox/faults", Map.of("path", "/referrals/" + id, "times", 1000, "status", 404,
                "body", Map.of("error", Map.of("code", "NotFound", "message", "The referral does not exist."))));
        CRMS.forEach(crm -> world.crm(crm).changeValue(world.crm(crm).id(opportunity(crm, id)), 91000));
        world.eventually(() -> assertThat(world.auditSituations(id)).filteredOn("REFERRAL_GONE"::equals).hasSize(2));
        world.settle();
        assertThat(world.ownReferrals()).hasSize(referrals);
        CRMS.forEach(crm -> {
            assertThat(world.crm(crm).value(opportunity(crm, id))).isEqualByComparingTo("91000");
            assertThat(world.operations().getLinksByState().get(crm + "/ORPHANED")).isEqualTo(1);
        });
        world.partnerCenter().delete("/sandbox/faults");
    }

    @Test
    void a_secret_that_ends_in_the_middle_of_many_deals_parks_none_and_all_go_on_with_the_new_one() {
        List<String> deals = Stream.generate(() -> world.newDeal(Map.of())).limit(15).toList();
        world.partnerCenter().post("/sandbox/faults", Map.of("path", "/token$", "times", 1000, "status", 401, "body",
                Map.of("error", "invalid_client", "error_description",
                "AADSTS7000222: The provided client secret keys are expired.", "error_codes", List.of(7000222))));
        world.partnerCenter().post("/sandbox/tokens/revoke", Map.of());
        List<String> more = Stream.generate(() -> world.newDeal(Map.of())).limit(15).toList();
        world.eventually(() -> assertThat(needsPerson()).anyMatch(need -> need.contains("client secret has expired")));
        assertThat(world.parked()).isEmpty();

        world.partnerCenter().delete("/sandbox/faults");
        Stream.concat(deals.stream(), more.stream()).forEach(deal -> CRMS.forEach(crm -> opportunity(crm, deal)));
        assertThat(world.parked()).isEmpty();
        world.andAgainNothingHappens();
    }

    private static List<String> needsPerson() {
        return ((List<?>) new Api(world.settings().number(Key.MANAGEMENT_PORT)).get("/api/overview")
                .get("needsPerson")).stream().map(String::valueOf).toList();
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
