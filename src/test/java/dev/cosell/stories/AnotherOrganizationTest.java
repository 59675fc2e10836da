package dev.cosell.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.settings.Key;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * A CRM's sandbox was refreshed from production: the address and the record ids are as before, the organisation is
 * another one. What people do there belongs to nobody's deals.
 */
@InWorld({"salesforce", "dynamics"})
class AnotherOrganizationTest {
    private static final List<String> CRMS = List.of("salesforce", "dynamics");
    private static final String DYNAMICS = "4ef5b371-0000-4000-8000-000000000001";
    private static World world;

    @Test
    void another_organisation_with_the_same_ids_is_noticed_and_neither_read_nor_written() {
        String referralId = world.newDeal(Map.of());
        CRMS.forEach(crm -> world.opportunityFor(world.crm(crm), referralId));
        world.settle();

        world.stopApplication();
        anotherAnswers("salesforce", "/v56.0/query", 1000, Map.of("totalSize", 1, "done", true, "records",
                List.of(Map.of("Id", "00D8d000000Oth0AAA"))));
        anotherAnswers("dynamics", "/WhoAmI$", 1000,
                Map.of("OrganizationId", "99999999-0000-4000-8000-000000000001"));
        world.start();
        CRMS.forEach(crm -> edit(crm, referralId, 5));
        world.partnerCenter().patch("/sandbox/deals/" + referralId, Map.of("details", Map.of("dealValue", 77000)));
        world.eventually(() -> assertThat(health()).contains("00D8d000000Oth0AAA",
                "99999999-0000-4000-8000-000000000001", "salesforce.organization-id", "dynamics.organization-id"));
        World.pause(2000);
        CRMS.forEach(crm -> assertThat(world.crm(crm).value(opportunity(crm, referralId))).as(crm)
                .isEqualByComparingTo("5"));
        assertThat(world.valueOf(world.referral(referralId))).isEqualByComparingTo("77000");
        assertThat(world.parked()).isEmpty();

        CRMS.forEach(crm -> {
            world.crm(crm).api().delete("/sandbox/faults");
            edit(crm, referralId, 50000);
        });
        world.restart();
        world.eventually(() -> CRMS.forEach(crm -> assertThat(world.crm(crm).value(opportunity(crm, referralId)))
                .as(crm).isEqualByComparingTo("77000")));
        world.andAgainNothingHappens();
    }

    /** With the 15 characters that Salesforce itself shows, the right organisation was taken for another one. */
    @Test
    void the_organisation_that_is_set_is_known_in_every_spelling() {
        world.restartWith(Map.of("salesforce.organization-id", "00D8d000000Sand", "dynamics.organization-id",
                "{" + DYNAMICS.toUpperCase(Locale.ROOT) + "}"));
        String referralId = world.newDeal(Map.of());
        CRMS.forEach(crm -> world.opportunityFor(world.crm(crm), referralId));
        world.andAgainNothingHappens();
        forgetWhatIsSet();
    }

    @Test
    void another_organisation_than_the_one_that_is_set_is_told_with_the_setting() {
        world.restartWith(Map.of("salesforce.organization-id", "00D8d000000Othe", "dynamics.organization-id",
                "99999999-0000-4000-8000-000000000001"));
        world.newDeal(Map.of());
        world.eventually(() -> assertThat(health()).contains(
                "the setting salesforce.organization-id names 00D8d000000OtheEAC",
                "the setting dynamics.organization-id names 99999999-0000-4000-8000-000000000001")
                .doesNotContain("were linked with"));
        forgetWhatIsSet();
        world.andAgainNothingHappens();
    }

    private static void forgetWhatIsSet() {
        world.restartWith(Map.of("salesforce.organization-id", "", "dynamics.organization-id", ""));
    }

    private void anotherAnswers(String crm, String path, int times, Map<String, Object> body) {
        world.crm(crm).api().post("/sandbox/faults", Map.of("method", "GET", "path", path, "times", times, "status",
                200, "headers", Map.of("Content-Type", "application/json"), "body", body));
    }

    private Map<String, Object> opportunity(String crm, String referralId) {
        return world.crm(crm).opportunitiesOf(referralId).get(0);
    }

    private void edit(String crm, String referralId, int value) {
        world.crm(crm).changeValue(world.crm(crm).id(opportunity(crm, referralId)), value);
    }

    private String health() {
        return new String(new Api(world.settings().number(Key.MANAGEMENT_PORT))
                .raw("GET", "/observe/health", null, Map.of()).body(), StandardCharsets.UTF_8);
    }
}
