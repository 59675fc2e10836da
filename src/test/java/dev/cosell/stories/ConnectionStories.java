package dev.cosell.stories;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.cosell.cli.Commands;
import dev.cosell.crm.dynamics.DynamicsKey;
import dev.cosell.crm.salesforce.SalesforceKey;
import dev.cosell.settings.Key;
import dev.cosell.settings.Setting;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import javax.management.JMException;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** Sign-ins that end, and what people do about it; lived through with each CRM. */
abstract class ConnectionStories {
    /** How long nothing may happen before it counts as not happening. */
    private static final int QUIET = 2500;

    private World world;

    protected abstract String name();

    /** The CRM refuses our sign-in from now on. */
    protected abstract void crmRefusesUs(World world);

    protected abstract void crmAcceptsUs(World world);

    /** Calls that are answered as a server does which is restarted, whatever token they bring; for fault rules. */
    protected abstract Map<String, Object> tokenIsRefused();

    private CrmDriver crm() {
        return world.crm();
    }

    /** @param retry how often a broken connection is tried again */
    private void begin(String retry) {
        world = new World(Map.of("connections.retry-interval", retry), java.nio.file.Path.of("routes"), name());
        world.partnerCenter().post("/sandbox/settings", Map.of("deviceCodeInterval", 1));
    }

    @AfterEach
    void end() {
        if (world != null) {
            world.close();
        }
    }

    /** Scenario 28. */
    @Test
    void a_dead_refresh_token_stops_and_reports_once_and_after_a_new_sign_in_the_waiting_work_goes_on()
            throws Exception {
        begin("60s");
        Deal deal = joinedDeal();
        try (Log log = Log.from(Level.WARN)) {
            signInEnds();
            portalChanges(deal, 51100);
            world.eventually(() -> assertThat(state("partner-center")).isEqualTo("BROKEN"));
            crm().changeValueAndDate(deal.crmId, 51200, "2027-08-08");
            String other = crm().newOpportunity(Map.of());
            world.eventually(() -> assertThat(world.backlog()).isGreaterThanOrEqualTo(2));
            int tokensAskedFor = calls("/oauth2/v2.0/token");

            World.pause(QUIET);

            // The change ends the tokens of Dynamics 365, too, and those are renewed.
            assertThat(calls("/oauth2/v2.0/token")).as("Entra is left alone").isEqualTo(tokensAskedFor)
                    .isLessThanOrEqualTo(2);
            assertThat(log.lines()).singleElement()
                    .satisfies(line -> assertThat(line).startsWith("ERROR partner-center is disconnected")
                            .contains("./cosell login", "AADSTS50173"));
            assertThat(world.parked()).isEmpty();
            assertThat(health()).contains("\"DOWN\"", "partner-center-connection", "cosell login");
            assertThat(world.camel().getRouteController().getRouteStatus("sync-" + name()).isStarted()).isTrue();
            assertThat(managed("/observe/health/ready")).as("notifications are still taken").isEqualTo(200);

            assertThat(login("approve")).contains("Signed in as referrals.sync@tidewater.example");

            world.eventually(
                    () -> assertThat(world.valueOf(world.referral(deal.referralId))).isEqualByComparingTo("51200"));
            world.referralFor(other);
            world.eventually(
                    () -> assertThat(crm().value(crm().opportunity(deal.crmId))).isEqualByComparingTo("51200"));
            assertThat(state("partner-center")).isEqualTo("UP");
            assertThat(health()).doesNotContain("\"DOWN\"");
            assertThat(log.lines()).as("alarms").hasSize(1);
        }
        world.andAgainNothingHappens();
    }

    /** An index that was behind once was believed: the deal was given up, and the seller's edit lost with it. */
    @Test
    void a_single_404_of_a_joined_referral_changes_nothing() {
        begin("60s");
        Deal deal = joinedDeal();
        hide(deal, 1);
        crm().changeValueAndDate(deal.crmId, 51500, "2027-08-08");

        world.eventually(
                () -> assertThat(world.valueOf(world.referral(deal.referralId))).isEqualByComparingTo("51500"));
        world.settle();
        assertThat(crm().audit(crm().opportunity(deal.crmId))).doesNotContain("no longer synced");
        assertThat(world.auditSituations(deal.referralId)).doesNotContain("REFERRAL_GONE");
        world.andAgainNothingHappens();
    }

    /** A role that was taken away for a while lost every edit of that while, until somebody edited the deal again. */
    @Test
    void edits_of_deals_that_partner_center_did_not_show_for_a_while_travel_when_a_full_sweep_shows_them_again() {
        world = new World(Map.of("partner-center.sweep-interval", "500ms", "partner-center.full-sweep-interval", "1s"),
                java.nio.file.Path.of("routes"), name());
        List<Deal> deals = List.of(joinedDeal(), joinedDeal(), joinedDeal());
        world.settle();
        deals.forEach(deal -> hide(deal, 1_000_000));
        deals.forEach(deal -> crm().changeValueAndDate(deal.crmId, 51600, "2027-08-08"));
        deals.forEach(deal -> world.eventually(() -> assertThat(crm().audit(crm().opportunity(deal.crmId)))
                .contains("no longer synced")));
        world.settle();
        world.partnerCenter().delete("/sandbox/faults");

        deals.forEach(deal -> world.eventually(
                () -> assertThat(world.valueOf(world.referral(deal.referralId))).isEqualByComparingTo("51600")));
        world.andAgainNothingHappens();
    }

    /** The second absence was taken for the first, which had been handled: the deal counted as synced and was not. */
    @Test
    void a_referral_that_is_not_shown_a_second_time_is_told_a_second_time() {
        begin("60s");
        Deal deal = joinedDeal();
        world.settle();
        for (int time = 1; time <= 2; time++) {
            int absences = time;
            hide(deal, 1_000_000);
            portalChanges(deal, 52000 + absences);
            world.eventually(() -> assertThat(world.auditSituations(deal.referralId))
                    .filteredOn("REFERRAL_GONE"::equals).hasSize(absences));
            world.settle();
            world.partnerCenter().delete("/sandbox/faults");
            portalChanges(deal, 53000 + absences);
            world.eventually(() -> assertThat(crm().value(crm().opportunity(deal.crmId)))
                    .isEqualByComparingTo(String.valueOf(53000 + absences)));
            world.settle();
        }
        world.andAgainNothingHappens();
    }

    private void hide(Deal deal, int times) {
        world.partnerCenter().post("/sandbox/faults", Map.of("method", "GET", "path", "/referrals/" + deal.referralId,
                "times", times, "status", 404, "body",
                Map.of("error", Map.of("code", "itemNotFound", "message", "Not found"))));
    }

    /** Since April 2026 Partner Center refuses such users, although Entra renews their tokens without complaint. */
    @Test
    void a_user_who_signed_in_without_a_second_factor_is_told_so_and_after_a_sign_in_with_one_the_work_goes_on()
            throws Exception {
        begin("60s");
        Deal deal = joinedDeal();
        try (Log log = Log.from(Level.WARN)) {
            world.partnerCenter().post("/sandbox/settings", Map.of("withoutMfa", true));
            world.partnerCenter().raw("POST", "/sandbox/tokens/revoke", new byte[0], Map.of());
            portalChanges(deal, 58100);
            world.eventually(() -> assertThat(state("partner-center")).isEqualTo("BROKEN"));
            World.pause(QUIET);
            assertThat(log.lines()).singleElement()
                    .satisfies(line -> assertThat(line).startsWith("ERROR partner-center is disconnected")
                            .contains("900421", "./cosell login and pass the second factor"));
            assertThat(health()).contains("\"DOWN\"", "900421");
            assertThat(world.parked()).isEmpty();

            login("approve", Map.of("secondFactor", false));
            World.pause(QUIET);
            assertThat(state("partner-center")).as("signed in without it again").isEqualTo("BROKEN");
            login("approve");
            world.eventually(
                    () -> assertThat(crm().value(crm().opportunity(deal.crmId))).isEqualByComparingTo("58100"));
            assertThat(log.lines()).as("alarms").hasSize(1);
        }
        world.andAgainNothingHappens();
    }

    @Test
    void a_start_with_a_dead_sign_in_says_so_and_goes_on_after_a_new_one() throws Exception {
        begin("60s");
        Deal deal = joinedDeal();
        world.stopApplication();
        signInEnds();
        portalChanges(deal, 52100);
        try (Log log = Log.from(Level.ERROR)) {
            world.start();
            world.eventually(() -> assertThat(log.lines()).singleElement()
                    .satisfies(line -> assertThat(line).contains("./cosell login")));
            login("approve");
            world.eventually(
                    () -> assertThat(crm().value(crm().opportunity(deal.crmId))).isEqualByComparingTo("52100"));
        }
        world.andAgainNothingHappens();
    }

    @Test
    void a_role_that_is_taken_and_given_back_stops_and_starts_the_sync_by_itself() throws Exception {
        begin("1s");
        Deal deal = joinedDeal();
        try (Log log = Log.from(Level.WARN)) {
            world.partnerCenter().post("/sandbox/settings", Map.of("withoutRole", true));
            String named = crm().newOpportunity(Map.of(crm().field(CrmField.REFERRAL_IDENTIFIER),
                    "00000000-1111-4222-8333-555555555555"));
            portalChanges(deal, 53100);
            world.eventually(() -> assertThat(state("partner-center")).isEqualTo("BROKEN"));
            World.pause(QUIET);
            assertThat(log.lines()).singleElement()
                    .satisfies(line -> assertThat(line).contains("the role Referrals admin"));
            assertThat(crm().audit(crm().opportunity(named))).as("a denial of everything says nothing about one id")
                    .doesNotContain("Not synced");
            assertThat(world.parked()).isEmpty();

            world.partnerCenter().post("/sandbox/settings", Map.of("withoutRole", false));
            world.eventually(
                    () -> assertThat(crm().value(crm().opportunity(deal.crmId))).isEqualByComparingTo("53100"));
        }
        world.andAgainNothingHappens();
    }

    @Test
    void one_record_that_is_denied_is_parked_while_all_others_go_on() {
        begin("60s");
        Deal denied = joinedDeal();
        Deal other = joinedDeal();
        world.partnerCenter().post("/sandbox/faults",
                Map.of("path", "/referrals/" + denied.referralId, "status", 403, "times", 1000,
                        "body", Map.of("error", Map.of("code", "accessDenied", "message", "no access"))));
        portalChanges(denied, 54100);
        world.eventually(() -> assertThat(world.parked()).singleElement()
                .satisfies(line -> assertThat(line).contains(denied.referralId,
                        "Referrals admin")));
        portalChanges(other, 54200);
        world.eventually(() -> assertThat(crm().value(crm().opportunity(other.crmId))).isEqualByComparingTo("54200"));

        world.partnerCenter().delete("/sandbox/faults");
        portalChanges(denied, 54300);
        world.eventually(() -> assertThat(crm().value(crm().opportunity(denied.crmId))).isEqualByComparingTo("54300"));
        world.andAgainNothingHappens();
    }

    @Test
    void a_crm_that_refuses_us_keeps_its_work_until_it_takes_us_again() throws Exception {
        begin("1s");
        Deal deal = joinedDeal();
        try (Log log = Log.from(Level.WARN)) {
            crmRefusesUs(world);
            portalChanges(deal, 55100);
            world.eventually(() -> assertThat(state(name())).isEqualTo("BROKEN"));
            World.pause(QUIET);
            assertThat(log.lines()).singleElement()
                    .satisfies(line -> assertThat(line).startsWith("ERROR " + name() + " is disconnected"));
            assertThat(world.backlog()).isPositive();
            assertThat(world.parked()).isEmpty();
            assertThat(health()).contains(name() + "-connection");

            crmAcceptsUs(world);
            world.eventually(
                    () -> assertThat(crm().value(crm().opportunity(deal.crmId))).isEqualByComparingTo("55100"));
        }
        world.andAgainNothingHappens();
    }

    /** The system was called broken for a minute, with an alarm, and all of its changes waited for as long. */
    @Test
    void a_server_that_refuses_fresh_tokens_for_a_moment_is_asked_again_soon_and_nobody_is_called() throws Exception {
        begin("60s");
        Deal deal = joinedDeal();
        try (Log log = Log.from(Level.ERROR)) {
            refuses(crm().api(), tokenIsRefused(), 7);
            portalChanges(deal, 59100);
            world.eventually(
                    () -> assertThat(crm().value(crm().opportunity(deal.crmId))).isEqualByComparingTo("59100"));
            refuses(world.partnerCenter(), ofPartnerCenter(), 5);
            crm().changeValueAndDate(deal.crmId, 59200, "2027-08-08");
            world.eventually(
                    () -> assertThat(world.valueOf(world.referral(deal.referralId))).isEqualByComparingTo("59200"));
            assertThat(log.lines()).isEmpty();
            assertThat(List.of(state(name()), state("partner-center"))).containsOnly("UP");
        }
        world.andAgainNothingHappens();
    }

    @Test
    void fresh_tokens_that_are_refused_for_long_are_told_and_the_work_goes_on_when_they_are_taken_again()
            throws Exception {
        begin("2s");
        Deal deal = joinedDeal();
        refusalsAreTold(deal, name(), crm().api(), tokenIsRefused(), 59300);
        refusalsAreTold(deal, "partner-center", world.partnerCenter(), ofPartnerCenter(), 59400);
        world.andAgainNothingHappens();
    }

    private void refusalsAreTold(Deal deal, String system, Api api, Map<String, Object> refusal, int value)
            throws Exception {
        try (Log log = Log.from(Level.ERROR)) {
            refuses(api, refusal, 1_000_000);
            portalChanges(deal, value);
            world.eventually(() -> assertThat(state(system)).isEqualTo("BROKEN"));
            World.pause(QUIET);
            assertThat(log.lines()).singleElement().satisfies(line -> assertThat(line)
                    .startsWith("ERROR " + system + " is disconnected").contains("refused a fresh"));
            assertThat(world.parked()).isEmpty();
            api.delete("/sandbox/faults");
            world.eventually(() -> assertThat(crm().value(crm().opportunity(deal.crmId)))
                    .isEqualByComparingTo(String.valueOf(value)));
        }
    }

    private static Map<String, Object> ofPartnerCenter() {
        return Map.of("path", "/v1.0/engagements", "status", 401, "body", "");
    }

    private static void refuses(Api api, Map<String, Object> refusal, int times) {
        Map<String, Object> rule = new HashMap<>(refusal);
        rule.put("times", times);
        api.post("/sandbox/faults", rule);
    }

    @Test
    void a_rotated_refresh_token_survives_a_restart() {
        begin("60s");
        world.partnerCenter().post("/sandbox/settings", Map.of("strictRotation", true));
        Deal deal = joinedDeal();
        world.restart();
        portalChanges(deal, 56100);
        world.eventually(() -> assertThat(crm().value(crm().opportunity(deal.crmId))).isEqualByComparingTo("56100"));
        world.andAgainNothingHappens();
    }

    /** A person's pause is not ended by a connection that heals. */
    @Test
    void a_paused_crm_stays_paused_when_the_connection_comes_back() throws Exception {
        begin("60s");
        Deal deal = joinedDeal();
        world.pauseSync();
        signInEnds();
        world.eventually(
                () -> assertThat(world.camel().getRouteController().getRouteStatus("sync-" + name()).isSuspended())
                        .isTrue());
        world.camel().createProducerTemplate().send("direct:partner-center-sweep", exchange -> { });
        portalChanges(deal, 57100);
        login("approve");
        World.pause(QUIET);
        assertThat(world.backlog()).isPositive();
        world.resumeSync();
        world.eventually(() -> assertThat(crm().value(crm().opportunity(deal.crmId))).isEqualByComparingTo("57100"));
        world.andAgainNothingHappens();
    }

    // ---- what people do
    // ------------------------------------------------------------------------------------------------

    private record Deal(String referralId, String crmId) {}

    private Deal joinedDeal() {
        String referralId = world.newDeal(Map.of());
        String crmId = crm().id(world.opportunityFor(referralId));
        world.eventually(() -> assertThat(world.referral(referralId)).containsEntry("externalReferenceId", crmId));
        world.settle();
        return new Deal(referralId, crmId);
    }

    private void portalChanges(Deal deal, int value) {
        world.partnerCenter().patch("/sandbox/deals/" + deal.referralId, Map.of("details", Map.of("dealValue", value)));
    }

    /** The password of the service user changes: neither refresh tokens nor access tokens are good any more. */
    private void signInEnds() {
        world.partnerCenter().post("/sandbox/stats/reset", Map.of());
        world.partnerCenter().post("/sandbox/settings", Map.of("refreshTokenRevoked", true));
        world.partnerCenter().raw("POST", "/sandbox/tokens/revoke", new byte[0], Map.of());
    }

    /** Runs {@code ./cosell login} while somebody answers it; gives what it prints. */
    private String login(String answer) throws Exception {
        return login(answer, Map.of());
    }

    /** @param how what the user does differently */
    private String login(String answer, Map<String, Object> how) throws Exception {
        List<String> line = new ArrayList<>(List.of("login"));
        for (Setting key : List.<Setting>of(Key.SANDBOX, Key.CRMS, Key.DATA_DIRECTORY, Key.SANDBOX_PARTNER_CENTER_PORT,
                DynamicsKey.SANDBOX_PORT,
                SalesforceKey.SANDBOX_PORT)) {
            line.addAll(List.of("--set", key.text() + "=" + world.settings().text(key)));
        }
        StringWriter out = new StringWriter();
        CompletableFuture<Integer> running = CompletableFuture.supplyAsync(() -> new CommandLine(new Commands())
                .setOut(new PrintWriter(out, true)).setErr(new PrintWriter(out, true))
                .execute(line.toArray(String[]::new)));
        world.eventually(() -> assertThat(world.partnerCenter().list("/sandbox/device-codes")).isNotEmpty());
        world.partnerCenter().post("/sandbox/device-codes/latest/" + answer, how);
        assertThat(running.get()).as(out.toString()).isZero();
        return out.toString();
    }

    // ---- what operators see
    // ----------------------------------------------------------------------------------------------

    static String state(String system) throws JMException {
        return (String) ManagementFactory.getPlatformMBeanServer()
                .getAttribute(new ObjectName("dev.cosell:type=Connection,name=" + system), "State");
    }

    private String health() {
        return new String(
                new Api(world.settings().number(Key.MANAGEMENT_PORT)).raw("GET", "/observe/health", null, Map.of())
                        .body(),
                java.nio.charset.StandardCharsets.UTF_8);
    }

    private int managed(String path) {
        return new Api(world.settings().number(Key.MANAGEMENT_PORT)).raw("GET", path, null, Map.of()).statusCode();
    }

    private int calls(String path) {
        return Api.map(world.partnerCenter().get("/sandbox/stats").get("calls")).entrySet().stream()
                .filter(call -> call.getKey().endsWith(path)).mapToInt(call -> (Integer) call.getValue()).sum();
    }
}
