package dev.cosell.stories;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.cosell.ShippedRoutes;
import dev.cosell.crm.salesforce.StreamingMXBean;
import dev.cosell.crm.salesforce.StreamingOperations;
import dev.cosell.settings.Key;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.management.JMX;
import javax.management.ObjectName;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Salesforce tells of changes by events. Polls are an hour apart, so whatever travels here travels by an event. */
@InWorld(openedBy = "open")
class SalesforceStreamingTest {
    private static final String EVENTS = "/sandbox/streaming/";
    @TempDir
    static Path routes;
    private static World world;
    private static StreamingMXBean stream;

    static World open() throws IOException {
        ShippedRoutes.copyTo(routes);
        return new World(Map.of("salesforce.streaming", "on", "salesforce.poll-interval", "1h"), routes,
                before -> switches(before, Map.of("changeDataCapture", List.of("Opportunity"), "pollSeconds", 5)),
                "salesforce");
    }

    @BeforeAll
    static void start() throws Exception {
        stream = JMX.newMXBeanProxy(ManagementFactory.getPlatformMBeanServer(),
                new ObjectName(StreamingOperations.NAME), StreamingMXBean.class);
        listening();
    }

    @AfterEach
    void mend() {
        world.crm().api().delete("/sandbox/faults");
        switches(world, Map.of("originNamesClient", true, "changeDataCapture", List.of("Opportunity")));
    }

    // ---- what travels
    // ---------------------------------------------------------------------------------------------------

    @Test
    void an_edit_of_a_seller_reaches_partner_center_within_seconds_without_a_poll() {
        Deal deal = joinedDeal();
        Instant edited = Instant.now();
        world.crm().changeValue(deal.crmId, 61100);
        arrives(deal, 61100);
        assertThat(Duration.between(edited, Instant.now())).isLessThan(Duration.ofSeconds(15));
        assertThat(stream.getLastEvent()).isNotEmpty();
        assertThat(stream.getReplayPosition()).isNotEmpty();
        andAgainNothingHappens(deal);
    }

    @Test
    void an_opportunity_that_a_seller_shares_gets_its_referral_without_a_poll() {
        String crmId = world.crm().newOpportunity(Map.of());
        world.referralFor(crmId);
        world.andAgainNothingHappens();
    }

    @Test
    void a_deleted_opportunity_is_noticed_and_one_that_comes_back_too() {
        Deal deal = joinedDeal();
        world.crm().api().delete("/sandbox/opportunities/" + deal.crmId);
        world.eventually(() -> assertThat(world.auditSituations(deal.referralId)).contains("OPPORTUNITY_GONE"));
        world.settle();
        world.crm().api().post("/sandbox/opportunities/" + deal.crmId + "/undelete", Map.of());
        world.crm().changeValue(deal.crmId, 61500);
        arrives(deal, 61500);
        andAgainNothingHappens(deal);
    }

    @Test
    void what_the_sync_writes_itself_costs_no_look() {
        Deal deal = joinedDeal();
        int before = calls();
        String position = stream.getReplayPosition();
        world.partnerCenter().patch("/sandbox/deals/" + deal.referralId, Map.of("details", Map.of("dealValue", 62100)));
        world.eventually(
                () -> assertThat(world.crm().value(world.crm().opportunity(deal.crmId))).isEqualByComparingTo("62100"));
        world.eventually(() -> assertThat(stream.getReplayPosition()).as("the event came").isNotEqualTo(position));
        world.settle();
        assertThat(calls() - before).as("one read and one write").isEqualTo(2);
        andAgainNothingHappens(deal);
    }

    @Test
    void an_event_of_our_own_write_that_does_not_name_us_costs_a_look_and_no_more() {
        switches(world, Map.of("originNamesClient", false));
        Deal deal = joinedDeal();
        int before = calls();
        world.partnerCenter().patch("/sandbox/deals/" + deal.referralId, Map.of("details", Map.of("dealValue", 63100)));
        world.eventually(
                () -> assertThat(world.crm().value(world.crm().opportunity(deal.crmId))).isEqualByComparingTo("63100"));
        world.eventually(() -> assertThat(calls() - before).isEqualTo(3));
        world.settle();
        assertThat(calls() - before).as("one read, one write, and a look at the event").isEqualTo(3);
        andAgainNothingHappens(deal);
    }

    @Test
    void an_opportunity_that_nobody_shares_costs_no_call() {
        String crmId = world.crm().newOpportunity(Map.of("Sync_with_Partner_Center__c", false));
        String position = stream.getReplayPosition();
        int before = calls();
        world.crm().changeValue(crmId, 64100);
        world.eventually(() -> assertThat(stream.getReplayPosition()).isNotEqualTo(position));
        world.settle();
        assertThat(calls()).isEqualTo(before);
        world.andAgainNothingHappens();
    }

    @Test
    void one_event_may_speak_of_several_opportunities() {
        Deal one = joinedDeal();
        Deal other = joinedDeal();
        silently(() -> {
            world.crm().changeValue(one.crmId, 65100);
            world.crm().changeValue(other.crmId, 65200);
        });
        gap("GAP_UPDATE", one.crmId, other.crmId);
        arrives(one, 65100);
        arrives(other, 65200);
        andAgainNothingHappens(one, other);
    }

    @Test
    void an_event_that_names_no_record_is_left_to_the_poll() throws Exception {
        Deal deal = joinedDeal();
        silently(() -> world.crm().changeValue(deal.crmId, 66100));
        int before = calls();
        try (Log log = Log.from(Level.INFO)) {
            gap("GAP_OVERFLOW");
            gap("UPDATE", "006*");
            world.eventually(() -> assertThat(log.lines()).filteredOn(line -> line.contains("the next poll finds them"))
                    .hasSize(2));
        }
        world.settle();
        assertThat(calls()).isEqualTo(before);
        poll();
        arrives(deal, 66100);
        andAgainNothingHappens(deal);
    }

    @Test
    void an_edited_route_goes_on_where_the_last_one_ended() throws Exception {
        Deal deal = joinedDeal();
        int handshakes = calls("/handshake");
        Path file = routes.resolve("salesforce.camel.yaml");
        Files.writeString(file, Files.readString(file).replace("description: Takes", "description: Edited. Takes"));
        world.eventually(() -> assertThat(world.camel().getRoute("salesforce-streaming")).isNotNull()
                .satisfies(route -> assertThat(route.getDescription()).startsWith("Edited")));
        world.crm().changeValue(deal.crmId, 66500);
        arrives(deal, 66500);
        assertThat(calls("/handshake")).as("the trial does not connect").isEqualTo(handshakes + 1);
        andAgainNothingHappens(deal);
    }

    // ---- what goes wrong
    // ------------------------------------------------------------------------------------------------

    static Stream<Named<Consumer<Api>>> faults() {
        return Stream.of(
                fault("HTTP 401", api -> http(api, Map.of("path", "/cometd", "status", 401))),
                fault("HTTP 503", api -> http(api, Map.of("path", "/cometd", "status", 503))),
                fault("an answer that is lost with its events",
                        api -> http(api, Map.of("path", "/cometd/.*/connect", "drop", "after"))),
                fault("the end of the session", api -> {
                    api.post("/sandbox/sessions/expire", Map.of());
                    api.post(EVENTS + "end-polls", Map.of());
                }),
                fault("a client that the server forgot", api -> api.post(EVENTS + "forget", Map.of())),
                fault("403 unknown client",
                        api -> refuse(api, Map.of("channel", "/meta/connect", "error", "403::Unknown client",
                                "advice", Map.of("reconnect", "handshake", "interval", 0)))),
                fault("a connect that is refused for good",
                        api -> refuse(api, Map.of("channel", "/meta/connect", "error", "403::denied",
                                "advice", Map.of("reconnect", "none", "interval", 0)))),
                fault("a handshake that is denied without advice or reason",
                        api -> refuseAndForget(api, Map.of("channel", "/meta/handshake",
                                "error", "403::Handshake denied"))),
                fault("a handshake that is denied for the session",
                        api -> refuseAndForget(api, Map.of("channel", "/meta/handshake",
                                "error", "403::Handshake denied", "failureReason", "401::Authentication invalid",
                                "advice", Map.of("reconnect", "none")))),
                fault("a subscription that is refused", api -> refuseAndForget(api, Map.of("channel", "/meta/subscribe",
                        "error", "403::denied_by_security_policy:subscribe_denied", "failureReason",
                        "503::Server is too busy."))));
    }

    private static Named<Consumer<Api>> fault(String name, Consumer<Api> fault) {
        return Named.of(name, fault);
    }

    private static void http(Api api, Map<String, Object> fault) {
        api.post("/sandbox/faults", fault);
        api.post(EVENTS + "end-polls", Map.of());
    }

    private static void refuse(Api api, Map<String, Object> fault) {
        api.post(EVENTS + "refuse", fault);
        api.post(EVENTS + "end-polls", Map.of());
    }

    private static void refuseAndForget(Api api, Map<String, Object> fault) {
        api.post(EVENTS + "refuse", fault);
        api.post(EVENTS + "forget", Map.of());
    }

    @ParameterizedTest
    @MethodSource("faults")
    void a_fresh_client_goes_on_where_the_last_one_ended_after(Consumer<Api> fault) {
        Deal deal = joinedDeal();
        int rebuilds = stream.getRebuilds();
        int missed = stream.getMissedChanges();
        fault.accept(world.crm().api());
        world.crm().changeValue(deal.crmId, 67100);
        arrives(deal, 67100);
        listening();
        assertThat(stream.getRebuilds()).isGreaterThan(rebuilds);
        assertThat(stream.getMissedChanges()).isEqualTo(missed);
        andAgainNothingHappens(deal);
    }

    @Test
    void what_happens_while_the_application_is_stopped_arrives_after_its_start() {
        Deal deal = joinedDeal();
        String position = stream.getReplayPosition();
        world.stopApplication();
        world.crm().changeValue(deal.crmId, 68100);
        // The poll of the start fails, and the next one is an hour away.
        world.crm().api().post("/sandbox/faults", Map.of("path", "/composite", "status", 503));
        world.start();
        listening();
        arrives(deal, 68100);
        assertThat(stream.getReplayPosition()).isNotEqualTo(position);
        andAgainNothingHappens(deal);
    }

    @Test
    void a_position_that_is_no_longer_kept_is_told_once_and_new_events_come() throws Exception {
        Deal deal = joinedDeal();
        try (Log log = Log.from(Level.WARN)) {
            sql("UPDATE watermark SET position = '999999' WHERE source = 'salesforce-events:OpportunityChangeEvent'");
            world.crm().api().post(EVENTS + "forget", Map.of());
            world.eventually(() -> assertThat(log.lines()).singleElement()
                    .satisfies(line -> assertThat(line).contains("position 999999 any more")));
            listening();
            world.crm().changeValue(deal.crmId, 69100);
            arrives(deal, 69100);
            assertThat(log.lines()).hasSize(1);
        }
        andAgainNothingHappens(deal);
    }

    @Test
    void an_event_whose_hints_cannot_be_stored_comes_again() throws Exception {
        Deal deal = joinedDeal();
        String position = stream.getReplayPosition();
        sql("ALTER TABLE link RENAME TO link_away");
        try {
            world.crm().changeValue(deal.crmId, 70100);
            world.eventually(() -> assertThat(stream.getState()).contains("could not be handed over"));
            assertThat(stream.getReplayPosition()).isEqualTo(position);
        } finally {
            sql("ALTER TABLE link_away RENAME TO link");
        }
        arrives(deal, 70100);
        world.eventually(() -> assertThat(stream.getReplayPosition()).isNotEqualTo(position));
        andAgainNothingHappens(deal);
    }

    @Test
    void a_stream_that_tells_nothing_is_noticed_and_the_remedy_named() throws Exception {
        Deal one = joinedDeal();
        Deal two = joinedDeal();
        Deal three = joinedDeal();
        // What is new about their solution rows must not hide what is new about the deals.
        poll();
        world.settle();
        int rebuilds = stream.getRebuilds();
        int missed = stream.getMissedChanges();
        // Stamps are ahead of our clock, so that the changes count as made long after the client began to listen.
        world.crm().api().post("/sandbox/clock", Map.of("advanceSeconds", 120));
        try (Log log = Log.from(Level.WARN)) {
            switches(world, Map.of("changeDataCapture", List.of()));
            world.crm().changeValue(one.crmId, 71100);
            world.crm().changeValue(two.crmId, 71200);
            world.crm().changeValue(three.crmId, 71300);
            poll();
            arrives(one, 71100);
            arrives(two, 71200);
            arrives(three, 71300);
            Awaitility.await().atMost(Duration.ofSeconds(50)).until(() -> stream.getState().startsWith("deaf"));
            assertThat(log.lines()).singleElement().satisfies(
                    line -> assertThat(line).contains("Setup, Change Data Capture", "read access", one.crmId));
            assertThat(stream.getMissedChanges()).isEqualTo(missed + 3);
            world.eventually(() -> assertThat(stream.getRebuilds()).isEqualTo(rebuilds + 1));
            assertThat(health("")).contains("\"DOWN\"", "Change Data Capture");
            assertThat(needed()).as("it said that all is well").contains("The event stream is deaf");
            assertThat(health("/ready")).isEqualTo("{\"status\":\"UP\"}");
        }
        switches(world, Map.of("changeDataCapture", List.of("Opportunity")));
        world.crm().changeValue(one.crmId, 71400);
        arrives(one, 71400);
        listening();
        assertThat(stream.getAlarm()).isEmpty();
        assertThat(health("")).isEqualTo("{\"status\":\"UP\"}");
        assertThat(needed()).doesNotContain("event stream");
        andAgainNothingHappens(one, two, three);
    }

    private static String needed() {
        return new Api(world.settings().number(Key.MANAGEMENT_PORT)).get("/api/overview").get("needsPerson")
                .toString();
    }

    // ---- what people do
    // -------------------------------------------------------------------------------------------------

    private record Deal(String referralId, String crmId) {}

    private static Deal joinedDeal() {
        listening();
        String referralId = world.newDeal(Map.of());
        String crmId = world.crm().id(world.opportunityFor(referralId));
        world.eventually(() -> assertThat(world.referral(referralId)).containsEntry("externalReferenceId", crmId));
        world.settle();
        return new Deal(referralId, crmId);
    }

    private static void arrives(Deal deal, int value) {
        world.eventually(() -> assertThat(world.valueOf(world.referral(deal.referralId)))
                .isEqualByComparingTo(String.valueOf(value)));
    }

    private static void listening() {
        world.eventually(() -> assertThat(stream.getState()).isEqualTo("listening"));
    }

    private static void switches(World world, Map<String, Object> values) {
        world.crm().api().post("/sandbox/settings", values);
    }

    /** Changes of which Salesforce makes no events. */
    private static void silently(Runnable changes) {
        switches(world, Map.of("changeDataCapture", List.of()));
        changes.run();
        switches(world, Map.of("changeDataCapture", List.of("Opportunity")));
    }

    private static void gap(String type, String... ids) {
        world.crm().api().post(EVENTS + "gap",
                Map.of("entity", "Opportunity", "changeType", type, "recordIds", List.of(ids)));
    }

    /** Every record is reported once more by an event too. */
    private static void andAgainNothingHappens(Deal... deals) {
        String position = stream.getReplayPosition();
        gap("GAP_UPDATE", Stream.of(deals).map(Deal::crmId).toArray(String[]::new));
        world.eventually(() -> assertThat(stream.getReplayPosition()).isNotEqualTo(position));
        world.andAgainNothingHappens();
    }

    /** A poll out of turn. */
    private static void poll() {
        world.firings().fire("salesforce-poll");
    }

    private static void sql(String statement) throws Exception {
        try (Connection connection = DriverManager.getConnection(world.settings().text(Key.STATE_URL));
                Statement sql = connection.createStatement()) {
            sql.execute(statement);
        }
    }

    // ---- what operators see
    // ---------------------------------------------------------------------------------------------

    private static String health(String kind) {
        return new String(
                new Api(world.settings().number(Key.MANAGEMENT_PORT))
                        .raw("GET", "/observe/health" + kind, null, new HashMap<>()).body(),
                StandardCharsets.UTF_8);
    }

    /** Calls of the API, without those that wait for events. */
    private static int calls() {
        return calls("/services/data");
    }

    private static int calls(String path) {
        return Api.map(world.crm().api().get("/sandbox/stats").get("calls")).entrySet().stream()
                .filter(call -> call.getKey().contains(path))
                .mapToInt(call -> (Integer) call.getValue()).sum();
    }
}
