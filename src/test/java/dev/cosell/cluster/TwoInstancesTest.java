package dev.cosell.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.app.FreePorts;
import dev.cosell.cli.Commands;
import dev.cosell.entra.Visitor;
import dev.cosell.settings.Key;
import dev.cosell.stories.Api;
import dev.cosell.stories.CrmDriver;
import dev.cosell.stories.DealField;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** Two instances share the work, and for the people on all three sides it is as if there were one. */
class TwoInstancesTest {
    private static final int DEALS = 6;
    private static final int CONCURRENT_CALLS = 6;
    private static final String CONNECTION = "dev.cosell:type=Connection,name=partner-center";
    private static final int AWAY = 503;
    private static final String PUBLIC = "https://sync.example.com";

    private static Cluster cluster;

    @BeforeAll
    static void start() {
        Map<String, String> values = new HashMap<>(Map.of("dynamics.concurrent-calls",
                String.valueOf(CONCURRENT_CALLS), "management.public-url", PUBLIC, "management.sign-in.client-id",
                "sandbox", "management.sign-in.client-secret", "sandbox"));
        FreePorts.give(values, Key.SANDBOX_PARTNER_CENTER_PORT);
        values.put("management.sign-in.issuer", "http://localhost:"
                + values.get(Key.SANDBOX_PARTNER_CENTER_PORT.text()) + "/contoso/v2.0");
        cluster = Cluster.ofTwo(values);
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    private record Deal(String referralId, Map<String, String> crmIds) {}

    private static Deal joined(String referralId) {
        Map<String, String> ids = new HashMap<>();
        cluster.crms().forEach((name, crm) -> ids.put(name, crm.id(cluster.opportunityFor(crm, referralId))));
        return new Deal(referralId, ids);
    }

    private static List<Deal> newDeals() {
        List<String> made = new ArrayList<>();
        for (int i = 0; i < DEALS; i++) {
            made.add(cluster.newDeal());
        }
        return made.stream().map(TwoInstancesTest::joined).toList();
    }

    private static void everywhere(Deal deal, DealField field, String value) {
        assertThat(field.inPortal(cluster.referral(deal.referralId))).as(field + " in the portal").isEqualTo(value);
        cluster.crms().forEach((name, crm) -> assertThat(field.inCrm(crm, crm.opportunity(deal.crmIds.get(name))))
                .as(field + " in " + name).isEqualTo(value));
    }

    @Test
    void edits_on_all_sides_travel_once() {
        List<Deal> deals = newDeals();
        List<String> ids = deals.stream().map(Deal::referralId).toList();
        cluster.andAgainNothingHappens(ids.subList(0, 1));
        Map<String, Integer> before = cluster.writes();
        List<CrmDriver> crms = List.copyOf(cluster.crms().values());
        for (int i = 0; i < DEALS; i++) {
            Deal deal = deals.get(i);
            DealField.VALUE.editInPortal(cluster.portal(), deal.referralId, DealField.VALUE.value(i));
            CrmDriver crm = crms.get(i % crms.size());
            DealField.DATE.editInCrm(crm, deal.crmIds.get(crm.name()), DealField.DATE.value(i));
        }
        cluster.eventually(() -> {
            for (int i = 0; i < DEALS; i++) {
                everywhere(deals.get(i), DealField.VALUE, DealField.VALUE.value(i));
                everywhere(deals.get(i), DealField.DATE, DealField.DATE.value(i));
            }
        });
        cluster.andAgainNothingHappens(ids);
        Map<String, Integer> after = cluster.writes();
        assertThat(after.get("partner-center") - before.get("partner-center"))
                .as("writes to Partner Center: one for each date").isEqualTo(DEALS);
        crms.forEach(crm -> assertThat(after.get(crm.name()) - before.get(crm.name())).as("writes to " + crm.name()
                + ": each value, each date of the other's, together or not").isBetween(DEALS, DEALS + DEALS / 2));
        assertThat(cluster.ownReferrals()).containsAll(ids).doesNotHaveDuplicates();
        deals.forEach(deal -> crms.forEach(crm -> assertThat(crm.opportunitiesOf(deal.referralId)).as(crm.name())
                .hasSize(1)));
    }

    @Test
    void one_is_frozen_and_wakes_up_and_then_it_is_killed_and_the_other_goes_on_with_its_deals() {
        List<Deal> deals = newDeals();
        cluster.first().freeze();
        edited(deals, 100);
        cluster.first().thaw();
        edited(deals, 200);
        cluster.first().kill();
        edited(deals, 300);
        List<Deal> more = newDeals();
        cluster.first().start();
        cluster.first().awaitReady();
        List<String> ids = Stream.concat(deals.stream(), more.stream()).map(Deal::referralId).toList();
        cluster.andAgainNothingHappens(ids);
        ids.forEach(id -> cluster.crms().values().forEach(crm -> assertThat(crm.opportunitiesOf(id)).as(crm.name())
                .hasSize(1)));
    }

    /** Somebody edits every deal in the portal, and all of it arrives. */
    private static void edited(List<Deal> deals, int from) {
        for (int i = 0; i < DEALS; i++) {
            DealField.VALUE.editInPortal(cluster.portal(), deals.get(i).referralId, DealField.VALUE.value(from + i));
        }
        cluster.eventually(() -> {
            for (int i = 0; i < DEALS; i++) {
                everywhere(deals.get(i), DealField.VALUE, DealField.VALUE.value(from + i));
            }
        });
    }

    @Test
    void together_they_keep_to_the_calls_that_dynamics_takes_at_a_time() {
        Api dynamics = cluster.crm("dynamics").api();
        dynamics.post("/sandbox/faults", Map.of("path", "/api/data/", "delayMillis", 400, "times", 1_000_000));
        dynamics.post("/sandbox/stats/reset", Map.of());
        try {
            List<String> made = IntStream.range(0, 4 * CONCURRENT_CALLS).mapToObj(number -> cluster.newDeal()).toList();
            made.forEach(id -> cluster.opportunityFor(cluster.crm("dynamics"), id));
            assertThat((Integer) dynamics.get("/sandbox/stats").get("mostInWork")).isBetween(CONCURRENT_CALLS / 2 + 1,
                    CONCURRENT_CALLS);
        } finally {
            dynamics.delete("/sandbox/faults");
        }
    }

    @Test
    void a_sign_in_by_the_command_reaches_both() throws Exception {
        List<String> line = new ArrayList<>(List.of("login"));
        cluster.settings().forEach((key, value) -> line.addAll(List.of("--set", key + "=" + value)));
        cluster.portal().post("/sandbox/settings", Map.of("deviceCodeInterval", 1));
        CompletableFuture<Integer> command = CompletableFuture.supplyAsync(() -> new CommandLine(new Commands())
                .execute(line.toArray(String[]::new)));
        cluster.eventually(() -> assertThat(cluster.portal().list("/sandbox/device-codes")).isNotEmpty());
        cluster.portal().post("/sandbox/device-codes/latest/approve", Map.of("user", "ana@tidewater.example"));
        assertThat(command.get(60, TimeUnit.SECONDS)).isZero();

        for (InstanceProcess instance : List.of(cluster.first(), cluster.second())) {
            cluster.eventually(() -> assertThat(instance.attribute(CONNECTION, "User")).as(instance.name())
                    .isEqualTo("ana@tidewater.example"));
            assertThat(instance.attribute(CONNECTION, "State")).as(instance.name()).isEqualTo("UP");
            assertThat(instance.settings().path(Key.PARTNER_CENTER_SIGN_IN_FILE)).doesNotExist();
        }
    }

    private static HttpResponse<byte[]> browse(InstanceProcess instance, String method, String path, String cookie) {
        return new Api(instance.settings().number(Key.MANAGEMENT_PORT)).raw(method, path,
                method.equals("POST") ? Api.bytes(Map.of()) : null, Map.of("Cookie", cookie, "Content-Type",
                        "application/json", "X-Requested-With", "test"));
    }

    private static String cookie(HttpResponse<byte[]> answer, String name) {
        return answer.headers().allValues("Set-Cookie").stream().filter(each -> each.startsWith(name + "="))
                .map(each -> each.split(";")[0]).findFirst().orElseThrow(() -> new IllegalStateException(
                        answer.statusCode() + " " + new String(answer.body(), StandardCharsets.UTF_8)));
    }

    /** Begun at one and finished at the other. */
    private static HttpResponse<byte[]> signIn(InstanceProcess one, InstanceProcess other) {
        HttpResponse<byte[]> begun = browse(one, "GET", "/sign-in", "none=");
        if (begun.statusCode() == AWAY) {
            return begun;
        }
        URI answer = new Visitor().accepts(URI.create(begun.headers().firstValue("Location").orElse("")),
                "ana@tidewater.example", "Cosell.Operator", "");
        return browse(other, "GET", answer.getRawPath() + "?" + answer.getRawQuery(),
                cookie(begun, "__Host-cosell-sign-in"));
    }

    /** As a proxy in front of both does it: each request of the browser goes to the other one. */
    @Test
    void a_session_on_the_page_is_good_at_both_and_who_signs_out_at_one_is_out_at_both() throws Exception {
        cluster.portal().post("/sandbox/settings", Map.of("redirectUris", PUBLIC + "/sign-in/answer"));
        List<InstanceProcess> both = List.of(cluster.first(), cluster.second());
        // On a busy machine Entra may answer too late; the page says so, and a person tries again.
        AtomicReference<HttpResponse<byte[]>> signedIn = new AtomicReference<>();
        cluster.eventually(() -> {
            signedIn.set(signIn(cluster.first(), cluster.second()));
            assertThat(signedIn.get().statusCode()).isNotEqualTo(AWAY);
        });
        String session = cookie(signedIn.get(), "__Host-cosell-session");

        for (InstanceProcess instance : List.of(both.get(0), both.get(1), both.get(0))) {
            assertThat(Api.object(browse(instance, "GET", "/api/me", session).body())).as(instance.name())
                    .containsEntry("name", "ana@tidewater.example").containsEntry("role", "operator");
        }
        CompletableFuture<HttpResponse<byte[]>> listening = CompletableFuture.supplyAsync(() ->
                browse(cluster.first(), "GET", "/api/events", session));
        assertThat(browse(cluster.second(), "POST", "/api/sign-out", session).statusCode()).isEqualTo(204);

        both.forEach(instance -> assertThat(browse(instance, "GET", "/api/me", session).statusCode())
                .as(instance.name()).isEqualTo(401));
        assertThat(listening.get(60, TimeUnit.SECONDS).statusCode()).as("what was listened to ends").isIn(200, 401);
    }

    @Test
    void one_with_another_sign_in_key_refuses_to_start_names_the_difference_and_does_nothing() throws Exception {
        cluster.andAgainNothingHappens(List.of());
        Map<String, Integer> before = cluster.writes();
        InstanceProcess third = cluster.add("third", Map.of("partner-center.sign-in-key",
                "b3RoZXIgb3RoZXIgb3RoZXIgb3RoZXIgb3RoZXIhISE="));
        third.start();
        third.awaitEnd();
        assertThat(third.log()).filteredOn(text -> text.contains("partner-center.sign-in-key is ")).singleElement()
                .asString()
                .contains("cannot work beside", " there and ", " here").doesNotContain("b3RoZXI");
        assertThat(cluster.writes()).isEqualTo(before);
        try (Connection database = cluster.database(); Statement statement = database.createStatement();
             ResultSet count = statement.executeQuery("SELECT COUNT(*) FROM instance")) {
            assertThat(count.next()).isTrue();
            assertThat(count.getInt(1)).as("instances that are known").isEqualTo(2);
        }
    }
}
