package dev.cosell.sandbox.partnercenter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.cosell.sandbox.IssuedTokens;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The registration API and the deliveries as Microsoft's pages describe them, and the other way where they are silent.
 */
class RegistrationSandboxTest {
    private static final String VALIDATION = Registration.PATH + "/validationEvents";

    private record Received(String body, Map<String, String> headers) {}

    private final Vertx vertx = Vertx.vertx();
    private volatile Instant now = Instant.parse("2026-03-01T12:00:00Z");
    private final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private PartnerCenterSandbox sandbox;
    private PartnerCenterClient client;
    private HttpServer receiver;
    private String url;

    @BeforeEach
    void start() throws IOException {
        IssuedTokens tokens = new IssuedTokens(Clock.systemUTC());
        sandbox = new PartnerCenterSandbox(vertx, clock, tokens, null);
        client = new PartnerCenterClient(sandbox.listen("localhost", 0));
        receiver = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
        receiver.createContext("/", exchange -> {
            Map<String, String> headers = new LinkedHashMap<>();
            exchange.getRequestHeaders()
                    .forEach((name, values) -> headers.put(name.toLowerCase(java.util.Locale.ROOT), values.get(0)));
            received.add(new Received(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8),
                    headers));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        receiver.start();
        url = "http://localhost:" + receiver.getAddress().getPort() + "/hook";
    }

    @AfterEach
    void stop() {
        receiver.stop(0);
        sandbox.close();
        vertx.close();
    }

    private PartnerCenterClient.Result call(String method, String path, String body) {
        return client.send(method, path, body, "Authorization",
                "Bearer " + client.token("https://api.partnercenter.microsoft.com"));
    }

    private PartnerCenterClient.Result register(String method, boolean ownHeader, String... events) {
        return call(method, Registration.PATH,
                "{\"webhookUrl\":\"" + url + "\",\"WebhookEvents\":[\"" + String.join("\",\"", events)
                        + "\"],\"signatureTokenToMsSignatureHeader\":" + ownHeader + "}");
    }

    @Test
    void noRegistrationIsA404OrAnEmptyAnswer() {
        assertThat(call("GET", Registration.PATH, null).status()).isEqualTo(404);
        assertThat(register("PUT", true, "referral-created").status()).isEqualTo(404);
        client.settings("{\"noRegistration\":\"empty\"}");
        PartnerCenterClient.Result empty = call("GET", Registration.PATH, null);
        assertThat(empty.status()).isEqualTo(200);
        assertThat(empty.response().body()).isEmpty();
    }

    @Test
    void theSubscriberStaysWhenTheRegistrationChanges() {
        Object subscriber = register("POST", true, "referral-created").json().get("SubscriberId");
        Map<String, Object> changed = register("PUT", false, "referral-updated", "test-created").json();
        assertThat(changed).containsEntry("SubscriberId", subscriber).containsEntry("SignatureTokenToMsSignatureHeader",
                false);
        assertThat(call("GET", Registration.PATH, null).json()).isEqualTo(changed);
        client.settings("{\"camelCaseRegistration\":true}");
        assertThat(call("GET", Registration.PATH, null).json()).containsEntry("webhookUrl", url)
                .containsKey("lastModifiedTimestamp").doesNotContainKey("WebhookUrl");
        assertThat(register("PUT", true, "no-such-event").status()).isEqualTo(400);
    }

    @Test
    void testEventsAreTwoAMinuteAndReportedForAWeek() {
        register("POST", true, "referral-created");
        assertThat(call("POST", VALIDATION, null).status()).as("test-created is not registered").isEqualTo(400);
        register("PUT", true, "test-created");
        Object first = call("POST", VALIDATION, null).json().get("correlationId");
        assertThat(call("POST", VALIDATION, null).status()).isEqualTo(200);
        assertThat(call("POST", VALIDATION, null).status()).isEqualTo(429);
        now = now.plusSeconds(61);
        assertThat(call("POST", VALIDATION, null).status()).isEqualTo(200);
        await().untilAsserted(() -> assertThat(call("GET", VALIDATION + "/" + first, null).json())
                .containsEntry("status", "completed")
                .containsEntry("callbackUrl", url));
        assertThat(Trees.get(call("GET", VALIDATION + "/" + first, null).json(), "results/0/responseCode"))
                .isEqualTo("OK");
        client.settings("{\"validationStatus\":\"Queued\"}");
        assertThat(call("GET", VALIDATION + "/" + first, null).json()).containsEntry("status", "Queued");
        now = now.plus(Duration.ofDays(8));
        assertThat(call("GET", VALIDATION + "/" + first, null).status()).isEqualTo(404);
    }

    @Test
    void onlyRegisteredEventsComeInTheWantedHeader() {
        register("POST", false, "referral-updated");
        client.deal("{}");
        client.control("PATCH", "deals/latest", "{\"name\":\"x\"}");
        await().until(() -> received.size() == 1);
        assertThat(received.get(0).body()).contains("referral-updated");
        assertThat(received.get(0).headers().get("authorization")).startsWith("Signature ");
        register("PUT", true, "referral-updated");
        client.control("PATCH", "deals/latest", "{\"name\":\"y\"}");
        await().until(() -> received.size() == 2);
        assertThat(received.get(1).headers()).containsKey("x-ms-signature").doesNotContainKey("authorization");
    }

    @Test
    void aLaterEventOvertakesWhenWanted() {
        register("POST", true, "referral-created", "referral-updated");
        client.settings("{\"overtakenMillis\":2000}");
        client.deal("{}");
        client.control("PATCH", "deals/latest", "{\"name\":\"y\"}");
        await().until(() -> received.size() == 2);
        assertThat(received.get(0).body()).contains("referral-updated");
        assertThat(received.get(1).body()).contains("referral-created");
    }

    @Test
    void signaturesAreWrongWhenWanted() throws GeneralSecurityException {
        register("POST", true, "referral-created");
        client.settings("{\"wrongSignature\":true}");
        client.deal("{}");
        client.settings(
                "{\"wrongSignature\":false,"
                        + "\"resourceUriBase\":\"https://api.partner.microsoft.com/v1.0/engagements/referrals\"}");
        client.deal("{}");
        await().until(() -> received.size() == 2);
        List<Boolean> good = new java.util.ArrayList<>();
        for (Received one : received.stream()
                .sorted(java.util.Comparator.comparing(r -> r.body().contains("api.partner.microsoft.com"))).toList()) {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initVerify(certificate());
            signature.update(one.body().getBytes(StandardCharsets.UTF_8));
            good.add(signature.verify(
                    Base64.getDecoder().decode(one.headers().get("x-ms-signature").substring("Signature ".length()))));
        }
        assertThat(good).containsExactly(false, true);
    }

    private java.security.cert.Certificate certificate() throws GeneralSecurityException {
        return java.security.cert.CertificateFactory.getInstance("X.509")
                .generateCertificate(new java.io.ByteArrayInputStream(
                        client.send("GET", "/cert/sandbox.cer", null).response().body()));
    }

    @Test
    void theRegistrationVanishesAndIsTakenByOthers() {
        register("POST", true, "referral-created");
        client.control("PUT", "registration", "{\"url\":\"https://other.example/hook\"}");
        assertThat(call("GET", Registration.PATH, null).json()).containsEntry("WebhookUrl",
                "https://other.example/hook");
        client.control("DELETE", "registration", null);
        assertThat(call("GET", Registration.PATH, null).status()).isEqualTo(404);
        assertThat(client.control("GET", "registration", null).status()).isEqualTo(204);
    }
}
