package dev.cosell.stories;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.cosell.crm.salesforce.SalesforceKey;
import dev.cosell.settings.Key;
import dev.cosell.settings.Setting;
import dev.cosell.settings.Settings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The stories about sign-ins, lived through with Salesforce. */
class SalesforceConnectionTest extends ConnectionStories {
    @Override
    protected String name() {
        return "salesforce";
    }

    @Override
    protected void crmRefusesUs(World world) {
        loginIsRefused(world, "inactive_user", "user is inactive");
    }

    private static void loginIsRefused(World world, String code, String description) {
        world.crm().api().post("/sandbox/faults", Map.of("path", "oauth2/token", "times", 1_000_000, "status", 400,
                "body", Map.of("error", code, "error_description", description)));
        world.crm().api().post("/sandbox/sessions/expire", Map.of());
    }

    @Override
    protected Map<String, Object> tokenIsRefused() {
        return Map.of("path", "/services/data", "status", 401, "body", List.of(Map.of("errorCode",
                "INVALID_SESSION_ID", "message", "Session expired or invalid")));
    }

    @Override
    protected void crmAcceptsUs(World world) {
        world.crm().api().delete("/sandbox/faults");
    }

    /** Its code was not on a list of ours, so each change was parked, and nothing went on by itself. */
    @Test
    void an_app_that_salesforce_no_longer_knows_parks_nothing_and_all_is_synced_when_it_is_allowed_again()
            throws Exception {
        try (World world = new World(Map.of("connections.retry-interval", "1s"), Path.of("routes"), "salesforce")) {
            String referral = world.newDeal(Map.of());
            String opportunity = world.crm().id(world.opportunityFor(referral));
            world.settle();

            loginIsRefused(world, "app_not_found", "External client app is not installed in this org");
            world.partnerCenter().patch("/sandbox/deals/" + referral, Map.of("details", Map.of("dealValue", 55300)));
            String another = world.newDeal(Map.of());
            world.eventually(() -> assertThat(state("salesforce")).isEqualTo("BROKEN"));
            assertThat(details(world)).contains("app_not_found", "External client app is not installed");
            world.eventually(() -> assertThat(world.backlog()).isGreaterThanOrEqualTo(2));
            assertThat(world.parked()).isEmpty();

            crmAcceptsUs(world);
            world.eventually(() -> assertThat(world.crm().value(world.crm().opportunity(opportunity)))
                    .isEqualByComparingTo("55300"));
            world.opportunityFor(another);
            assertThat(world.parked()).isEmpty();
            world.andAgainNothingHappens();
        }
    }

    private static String details(World world) {
        return new String(new Api(world.settings().number(Key.MANAGEMENT_PORT)).raw("GET",
                "/observe/health?exposureLevel=full&data=true", null, Map.of()).body(), StandardCharsets.UTF_8);
    }

    @Test
    void a_password_that_salesforce_will_not_take_is_warned_of_at_the_start_and_in_health_which_stays_up() {
        try (Log log = Log.from(Level.WARN);
                World world = new World("salesforce")) {
            world.restartWith(realSettings(world.settings(), Map.of("setup.salesforce.client-id", "sandbox",
                    "setup.salesforce.client-secret", "hush", "setup.salesforce.user-name", "ana",
                    "setup.salesforce.password", "hush")));
            world.eventually(() -> assertThat(log.lines())
                    .anySatisfy(line -> assertThat(line).contains("setup.salesforce.password", "20 February 2027")));
            assertThat(details(world)).contains("20 February 2027").doesNotContain("\"DOWN\"", "hush");
        }
    }

    /** As with real systems, which are the sandbox in truth: it knows no administrator. */
    private static Map<String, String> realSettings(Settings sandbox, Map<String, String> more) {
        Map<String, String> values = new HashMap<>(Map.of("sandbox", "off", "first-sync", "go"));
        Stream.<Setting>of(Key.PARTNER_CENTER_URL, Key.PARTNER_CENTER_LOGIN_URL, Key.PARTNER_CENTER_WEBHOOK_URL,
                Key.PARTNER_CENTER_TENANT, Key.PARTNER_CENTER_CLIENT_ID, Key.PARTNER_CENTER_CLIENT_SECRET,
                Key.PARTNER_CENTER_REFRESH_TOKEN, SalesforceKey.LOGIN_URL, SalesforceKey.CLIENT_ID,
                SalesforceKey.CLIENT_SECRET).forEach(key -> values.put(key.text(), sandbox.text(key)));
        values.putAll(more);
        return values;
    }
}
