package dev.cosell.partnercenter.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.cosell.RsaKeys;
import dev.cosell.partnercenter.PartnerCenterFixture;
import dev.cosell.sandbox.partnercenter.PartnerCenterClient;
import dev.cosell.verbs.Hint;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WebhookDoorTest {
    private static final String ID = "3f5c2a10-0000-4000-8000-000000000001";
    private static final String BODY = body("referral-updated",
            "https://api.partnercenter.microsoft.com/engagements/v1/referrals/" + ID);
    private static PartnerCenterFixture fixture;

    @BeforeAll
    static void start() {
        fixture = new PartnerCenterFixture();
    }

    @AfterAll
    static void stop() {
        fixture.close();
    }

    @BeforeEach
    void reset() {
        fixture.reset();
    }

    private static String body(String event, String uri) {
        return "{\"EventName\":\"" + event + "\",\"ResourceUri\":\"" + uri
                + "\",\"ResourceName\":\"referral\",\"AuditUri\":null,"
                + "\"ResourceChangeUtcDate\":\"2026-02-17T00:05:39.5485487+00:00\"}";
    }

    private static Map<String, Object> signed(String body) {
        return new LinkedHashMap<>(fixture.client.control("POST", "sign", body).json());
    }

    private static int post(String body, Map<String, Object> headers) {
        return answer(body, headers).status();
    }

    private static PartnerCenterClient.Result answer(String body, Map<String, Object> headers) {
        List<String> flat = new ArrayList<>();
        headers.forEach((name, value) -> flat.addAll(List.of(name, value.toString())));
        return fixture.client.send("POST", fixture.doorUrl(), body, flat.toArray(String[]::new));
    }

    private static Map<String, Object> with(Map<String, Object> headers, String name, String value) {
        Map<String, Object> changed = new LinkedHashMap<>(headers);
        if (value == null) {
            changed.remove(name);
        } else {
            changed.put(name, value);
        }
        return changed;
    }

    /** What was related was dropped, and an event that names our own referral told nothing new. */
    @Test
    void anEventAboutAnothersReferralSaysSoWhoseIdEverItNames() {
        int before = fixture.hints.size();
        String body = body("related-referral-updated", "https://x/referrals/" + ID);
        assertThat(post(body, signed(body))).isEqualTo(200);
        await().until(() -> fixture.hints.size() > before);
        assertThat(fixture.hints.get(before)).extracting(Hint::id, Hint::origin)
                .containsExactly(ID, Hint.Origin.RELATED);
    }

    @Test
    void deliveriesOfTheSandboxArriveAsHints() {
        fixture.client.control("PUT", "webhook", "{\"url\":\"" + fixture.doorUrl() + "\"}");
        Map<String, Object> deal = fixture.client.deal("{}");
        await().until(() -> fixture.hints.size() == 1);
        assertThat(fixture.hints)
                .containsExactly(new Hint("partner-center", (String) deal.get("id"), null, Hint.Origin.WEBHOOK)
                        .changedAt(Instant.parse((String) deal.get("updatedDateTime"))));
        fixture.client.settings("{\"duplicates\":2}");
        fixture.client.control("PATCH", "deals/latest", "{\"name\":\"x\"}");
        await().until(() -> fixture.hints.size() == 4);
        fixture.client.control("PUT", "webhook", "{\"url\":\"" + fixture.doorUrl() + "\",\"msSignature\":false}");
        fixture.client.control("PATCH", "deals/latest", "{\"name\":\"y\"}");
        await().until(() -> fixture.hints.size() == 7);
    }

    @Test
    void bothHeaderPlacesAndABareSignatureAreGood() {
        Map<String, Object> headers = signed(BODY);
        String signature = (String) headers.get("x-ms-signature");
        assertThat(post(BODY, headers)).isEqualTo(200);
        assertThat(post(BODY, with(headers, "x-ms-signature", signature.substring("Signature ".length()))))
                .isEqualTo(200);
        assertThat(post(BODY, with(with(headers, "x-ms-signature", null), "Authorization", signature))).isEqualTo(200);
        assertThat(fixture.hints).hasSize(3);
    }

    @Test
    void unknownAndTestEventsAreAcknowledgedAndIgnored() {
        for (String event : List.of("test-created", "invoice-ready", "something-new")) {
            String body = body(event, "http://api.partnercenter.microsoft.com/webhooks/v1/registration/1");
            assertThat(post(body, signed(body))).as(event).isEqualTo(200);
        }
        assertThat(fixture.hints).isEmpty();
    }

    @Test
    void whatIsNotSignedByMicrosoftStaysOutside() throws IOException {
        Map<String, Object> headers = signed(BODY);
        assertThat(post(BODY, Map.of("Content-Type", "application/json"))).as("unsigned").isEqualTo(401);
        assertThat(post(BODY, with(headers, "X-MS-Certificate-Url", null))).isEqualTo(400);
        assertThat(post(BODY, with(headers, "X-MS-Signature-Algorithm", null))).isEqualTo(400);
        assertThat(post(BODY, with(headers, "X-MS-Signature-Algorithm", "rsa-sha1"))).isEqualTo(401);
        assertThat(post(BODY + " ", headers)).as("another body").isEqualTo(401);
        assertThat(post(BODY, with(headers, "x-ms-signature", "Signature bm90IHNpZ25lZA=="))).isEqualTo(401);
        assertThat(post(BODY, with(headers, "x-ms-signature", "Signature !!"))).isEqualTo(401);
        foreignHostIsNeverAsked(headers);
        assertThat(fixture.hints).isEmpty();
    }

    private void foreignHostIsNeverAsked(Map<String, Object> headers) throws IOException {
        AtomicInteger calls = new AtomicInteger();
        HttpServer foreign = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
        foreign.createContext("/", exchange -> {
            calls.incrementAndGet();
            exchange.sendResponseHeaders(404, -1);
        });
        foreign.start();
        String own = "localhost:" + fixture.sandboxPort;
        for (String url : List.of("http://localhost:" + foreign.getAddress().getPort() + "/cert/sandbox.cer",
                "http://" + own + "/sandbox/ca.pem",
                "http://user@" + own + "/cert/sandbox.cer", "http://" + own + "/cert/sandbox.cer?x",
                "http://" + own + "/cert/sandbox.cer#x",
                "http://" + own + "/cert/../cert/sandbox.cer", "https://" + own + "/cert/sandbox.cer",
                "file:///cert/sandbox.cer", "not an address")) {
            assertThat(post(BODY, with(headers, "X-MS-Certificate-Url", url))).as(url).isEqualTo(401);
        }
        foreign.stop(0);
        assertThat(calls).hasValue(0);
    }

    @Test
    void aKeyOfAnotherAuthorityIsRefused() throws GeneralSecurityException {
        Signature forger = Signature.getInstance("SHA256withRSA");
        forger.initSign(RsaKeys.of(2048).getPrivate());
        forger.update(BODY.getBytes(StandardCharsets.UTF_8));
        String forged = "Signature " + Base64.getEncoder().encodeToString(forger.sign());
        Map<String, Object> others = new LinkedHashMap<>(signed(BODY));
        assertThat(others.values()).filteredOn(value -> value.toString().startsWith("Signature ")).hasSize(1);
        others.replaceAll((name, value) -> value.toString().startsWith("Signature ") ? forged : value);
        assertThat(post(BODY, others)).isEqualTo(401);
        assertThat(fixture.hints).isEmpty();
    }

    @Test
    void unreadableNotificationsAreRefusedAfterTheSignature() {
        for (String body : List.of("{oops", "[1]", "{}", "", "{\"EventName\":\"referral-updated\"}", BODY + "{}",
                "{\"EventName\":\"referral-updated\",\"EventName\":\"x\",\"ResourceUri\":\"y\"}",
                body("referral-updated", "https://x/referrals/not-an-id"))) {
            assertThat(post(body, signed(body))).as(body).isEqualTo(400);
        }
        String large = "\"" + "x".repeat((1 << 20) + 1) + "\"";
        assertThat(post(large, signed(large))).isEqualTo(413);
        assertThat(post(BODY, with(signed(BODY), "Content-Type", "text/plain"))).isEqualTo(415);
        assertThat(fixture.client.send("GET", fixture.doorUrl(), null).status()).isEqualTo(405);
        assertThat(fixture.hints).isEmpty();
    }

    @Test
    void certificateOutOfReachOrQueueDownAsksTheSenderToComeAgain() {
        assertThat(post(BODY, with(signed(BODY), "X-MS-Certificate-Url",
                "http://localhost:" + fixture.sandboxPort + "/cert/missing.cer"))).isEqualTo(503);
        fixture.queueFault.set(new IllegalStateException("secret detail"));
        PartnerCenterClient.Result answer = answer(BODY, signed(BODY));
        assertThat(answer.status()).isEqualTo(503);
        assertThat(new String(answer.response().body(), java.nio.charset.StandardCharsets.UTF_8))
                .isEqualTo("not stored, send again");
    }

    @Test
    void nothingOfTheRequestIsEchoed() {
        PartnerCenterClient.Result answer = answer(BODY,
                with(with(signed(BODY), "sObjectQuery", "SELECT Id FROM User"), "X-Probe", "echo"));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.response().headers().map()).doesNotContainKeys("sobjectquery", "x-probe", "x-ms-signature");
    }

    /** Headers steer Camel's components, and those that begin with mail.smtp how mail is sent: docs/advisories.md. */
    @Test
    void noHeaderOfTheRequestGoesOnBehindTheDoor() {
        assertThat(post(BODY, with(with(signed(BODY), "mail.smtp.from", "elsewhere"), "X-Probe", "echo")))
                .isEqualTo(200);
        assertThat(fixture.hints).hasSize(1);
        assertThat(fixture.headers).isEmpty();
    }
}
