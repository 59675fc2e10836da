package dev.cosell.stories;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.cosell.app.FreePorts;
import dev.cosell.operations.WebhookMXBean;
import dev.cosell.operations.WebhookOperations;
import dev.cosell.settings.Key;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.management.JMException;
import javax.management.JMX;
import javax.management.ObjectName;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/**
 * The registration is made at the start, stays ours, and nobody else loses theirs without being asked. No CRM has a say
 * in it.
 */
@InWorld(openedBy = "open")
class RegistrationStoriesTest {
    private static final String PATH = "/sandbox/registration";
    private static final String FOREIGN = "https://other.example/workflows/1?sig=their-secret";
    private static World world;
    private static WebhookMXBean webhook;
    private static String address;

    static World world(Map<String, String> more) {
        Map<String, String> values = new HashMap<>();
        FreePorts.give(values, Key.HTTP_PORT);
        values.putAll(Map.of("webhook.check-interval", "300ms", "webhook.retry-interval", "300ms",
                "partner-center.sweep-interval", "1d",
                "webhook.public-url", "http://localhost:" + values.get("http.port") + "/webhooks/partner-center"));
        values.putAll(more);
        values.put("webhook.public-url", values.get("webhook.public-url").replace("{port}", values.get("http.port")));
        return new World(values, Path.of("routes"), "salesforce");
    }

    static World open() {
        return world(Map.of());
    }

    @BeforeAll
    static void start() throws JMException {
        address = world.settings().text(Key.WEBHOOK_PUBLIC_URL);
        webhook = JMX.newMXBeanProxy(ManagementFactory.getPlatformMBeanServer(), new ObjectName(WebhookOperations.NAME),
                WebhookMXBean.class);
    }

    /** The preset of the sandbox delivers without registration: here it must not. */
    @BeforeEach
    void ours() {
        Map<String, Object> none = new HashMap<>();
        none.put("url", null);
        world.partnerCenter().raw("PUT", "/sandbox/webhook", Api.bytes(none), Map.of());
        world.partnerCenter().post("/sandbox/settings",
                Map.of("noRegistration", "404", "camelCaseRegistration", false, "registrationDeniedTo", "",
                        "resourceUriBase",
                        "https://api.partnercenter.microsoft.com/engagements/v1/referrals"));
        world.partnerCenter().delete("/sandbox/faults");
        if (!address.equals(registration().get("WebhookUrl"))) {
            world.partnerCenter().delete(PATH);
        }
        world.eventually(() -> assertThat(registration()).containsEntry("WebhookUrl", address));
        world.eventually(() -> assertThat(webhook.getAlarm()).isEmpty());
    }

    private static Map<String, Object> registration() {
        return world.partnerCenter().get(PATH);
    }

    private static int written() {
        Map<String, Object> calls = Api.map(world.partnerCenter().get("/sandbox/stats").get("calls"));
        return calls.entrySet().stream().filter(call -> call.getKey().matches("(POST|PUT) /webhooks/v1/registration"))
                .mapToInt(call -> (Integer) call.getValue()).sum();
    }

    private static int looks() {
        Map<String, Object> calls = Api.map(world.partnerCenter().get("/sandbox/stats").get("calls"));
        return calls.get("GET /webhooks/v1/registration") instanceof Integer count ? count : 0;
    }

    private static void threeMoreLooks() {
        int before = looks();
        world.eventually(() -> assertThat(looks()).isGreaterThanOrEqualTo(before + 3));
    }

    @Test
    void theRegistrationNamesOurAddressOurEventsAndTheHeader() {
        assertThat(registration()).containsEntry("SignatureTokenToMsSignatureHeader", true);
        assertThat(registration().get("WebhookEvents"))
                .isEqualTo(List.of("referral-created", "referral-updated", "related-referral-created",
                        "related-referral-updated", "test-created"));
        assertThat(webhook.getRegistration()).isEqualTo("Partner Center sends its notifications to " + address);
        assertThat(webhook.getLastChecked()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aRightRegistrationIsNeverWritten(boolean camelCase) {
        world.partnerCenter().post("/sandbox/settings", Map.of("camelCaseRegistration", camelCase));
        int before = written();
        threeMoreLooks();
        assertThat(written()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"404", "empty"})
    void aRegistrationThatVanishesIsMadeAgain(String answer) {
        world.partnerCenter().post("/sandbox/settings", Map.of("noRegistration", answer));
        world.partnerCenter().delete(PATH);
        world.eventually(() -> assertThat(registration()).containsEntry("WebhookUrl", address));
        String referralId = world.newDeal(Map.of());
        world.opportunityFor(referralId);
        world.andAgainNothingHappens();
    }

    @Test
    void aForeignRegistrationIsLeftAloneAndNamed() throws Exception {
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        ((Logger) LoggerFactory.getLogger("cosell.journey")).addAppender(lines);
        world.partnerCenter().raw("PUT", PATH, Api.bytes(Map.of("url", FOREIGN)), Map.of());
        int before = written();
        world.eventually(() -> assertThat(webhook.getAlarm())
                .contains("taken away", "other.example", "polling every", "webhook.overwrite-existing")
                .doesNotContain("their-secret"));
        threeMoreLooks();
        ((Logger) LoggerFactory.getLogger("cosell.journey")).detachAppender(lines);
        assertThat(lines.list).as("said once").filteredOn(line -> line.getLevel() == Level.ERROR).singleElement()
                .asString().contains("other.example");
        assertThat(registration()).containsEntry("WebhookUrl", FOREIGN);
        assertThat(written()).isEqualTo(before);
        assertThat(health("")).contains("\"DOWN\"", "other.example").doesNotContain("their-secret");
        assertThat(health("/ready")).as("nobody restarts the application for it").isEqualTo("{\"status\":\"UP\"}");
        assertThat(health("/live")).isEqualTo("{\"status\":\"UP\"}");

        world.partnerCenter().delete(PATH);
        world.eventually(() -> assertThat(registration()).containsEntry("WebhookUrl", address));
        world.eventually(() -> assertThat(webhook.getAlarm()).isEmpty());
        assertThat(health("")).isEqualTo("{\"status\":\"UP\"}");
    }

    private static String health(String kind) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest
                        .newBuilder(URI.create("http://localhost:" + world.settings().number(Key.MANAGEMENT_PORT)
                                + "/observe/health" + kind))
                        .build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    /** Somebody registered for more events by hand, and for fewer of ours: theirs stay, ours are added. */
    @Test
    void otherEventsAtOurAddressStay() throws Exception {
        Map<String, Object> token = Api.object(world.partnerCenter()
                .raw("POST", "/t/oauth2/v2.0/token", ("client_id=sandbox&client_secret=sandbox"
                        + "&grant_type=client_credentials&scope=https://api.partnercenter.microsoft.com/.default")
                        .getBytes(java.nio.charset.StandardCharsets.UTF_8),
                        Map.of())
                .body());
        world.partnerCenter().raw("PUT", "/webhooks/v1/registration",
                Api.bytes(Map.of("webhookUrl", address, "webhookEvents",
                        List.of("invoice-ready", "referral-created"), "signatureTokenToMsSignatureHeader", false)),
                Map.of("Authorization", "Bearer " + token.get("access_token")));
        world.eventually(() -> assertThat(registration().get("WebhookEvents"))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
                .contains("invoice-ready", "referral-created", "referral-updated", "related-referral-created",
                        "related-referral-updated", "test-created"));
        assertThat(registration()).containsEntry("SignatureTokenToMsSignatureHeader", true);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://api.partnercenter.microsoft.com/engagements/v1/referrals",
            "https://api.partner.microsoft.com/v1.0/engagements/referrals",
            "http://localhost:1/anything"})
    void theAddressInANotificationMayBeOnAnyHostBecauseNobodyCallsIt(String base) {
        world.partnerCenter().post("/sandbox/settings", Map.of("resourceUriBase", base));
        String referralId = world.newDeal(Map.of());
        world.opportunityFor(referralId);
        world.andAgainNothingHappens();
    }

    @Test
    void aCheckThatFailsIsTriedAgainSoon() {
        world.partnerCenter().post("/sandbox/faults",
                Map.of("path", "/webhooks/v1/registration", "status", 500, "times", 3));
        world.eventually(() -> assertThat(webhook.getRegistration()).contains("could not be checked", "500"));
        world.eventually(() -> assertThat(webhook.getRegistration())
                .isEqualTo("Partner Center sends its notifications to " + address));
        assertThat(webhook.getAlarm()).isEmpty();
    }

    /** Advice that fits the refusal: nobody can correct a record here. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            400 | Correct webhook.public-url if it names the address
            405 | Correct partner-center.webhook-url if it is not Microsoft's
            406 | it is tried again at the next check
            """)
    void aRefusalSaysWhatCanBeDone(int status, String advice) {
        world.partnerCenter().post("/sandbox/faults",
                Map.of("path", "/webhooks/v1/registration/events", "status", status, "times", 1000,
                        "body", Map.of("message", "the words of Partner Center")));
        world.eventually(() -> assertThat(webhook.getRegistration()).contains("(" + status + ")",
                "the words of Partner Center", advice));
        world.eventually(() -> assertThat(webhook.getAlarm()).contains("(" + status + ")", advice));
        world.partnerCenter().delete("/sandbox/faults");
        world.eventually(() -> assertThat(webhook.getRegistration()).contains("sends its notifications to"));
        world.eventually(() -> assertThat(webhook.getAlarm()).isEmpty());
    }

    /** The alarm of a refusal ends with the write that goes well, not with the look after it. */
    @Test
    void aNewRegistrationThatIsRefusedForATimeLeavesNoAlarmBehind() {
        world.partnerCenter().post("/sandbox/faults", Map.of("path", "/webhooks/v1/registration$", "method", "POST",
                "status", 400, "times", 1000, "body", Map.of("message", "not now")));
        world.partnerCenter().delete(PATH);
        world.eventually(() -> assertThat(webhook.getAlarm()).contains("(400)", "not now"));
        world.partnerCenter().delete("/sandbox/faults");
        world.eventually(() -> assertThat(registration()).containsEntry("WebhookUrl", address));
        world.eventually(() -> assertThat(webhook.getAlarm()).isEmpty());
    }

    /** The roles for referrals and for the registration are not the same. */
    @Test
    void aUserWithoutARoleForItIsToldTheRolesAndTheOtherWays() throws Exception {
        world.partnerCenter().post("/sandbox/settings", Map.of("registrationDeniedTo", "*"));
        world.eventually(() -> assertThat(webhook.getRegistration()).contains(
                "Global admin, Admin agent, Sales agent, Helpdesk agent or Billing admin",
                "which the role Referrals admin does not include", "webhook.sign-in = app", "own-user"));
        world.eventually(() -> assertThat(webhook.getAlarm()).contains("(403)", "webhook.sign-in = app"));
        assertThat(health("")).contains("\"DOWN\"", "(403)");
        assertThat(health("/ready")).as("nobody restarts the application for it").isEqualTo("{\"status\":\"UP\"}");
        String referralId = world.newDeal(Map.of());
        world.partnerCenter().post("/sandbox/settings", Map.of("registrationDeniedTo", ""));
        world.opportunityFor(referralId);
        world.eventually(() -> assertThat(webhook.getRegistration())
                .isEqualTo("Partner Center sends its notifications to " + address));
        world.eventually(() -> assertThat(webhook.getAlarm()).isEmpty());
    }
}
