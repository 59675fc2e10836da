package dev.cosell.door;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.RsaKeys;
import dev.cosell.operations.WebhookMXBean;
import dev.cosell.operations.WebhookOperations;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.management.JMX;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever a forger sends to the running application: a short constant answer, no call off the list, nothing on the
 * queue.
 */
@Isolated
class HostileDeliveriesTest {
    private static final String ID = "3f5c2a10-0000-4000-8000-000000000001";
    private static final byte[] BODY = ("{\"EventName\":\"referral-updated\","
            + "\"ResourceUri\":\"https://api.partnercenter.microsoft.com/engagements/v1/referrals/"
            + ID
            + "\",\"ResourceName\":\"referral\",\"AuditUri\":null,\"ResourceChangeUtcDate\":\"2026-02-17T00:05:39.5485487+00:00\"}")
            .getBytes(StandardCharsets.UTF_8);
    private static final Map<Integer, Set<String>> ANSWERS = Map.of(
            400, Set.of("signature headers missing", "not a notification"),
            401,
            Set.of("signature missing", "signature algorithm not accepted", "signature not accepted",
                    "certificate not accepted",
                    "certificate address not accepted"),
            404, Set.of("not found"),
            413, Set.of("too large", "Request Entity Too Large"),
            415, Set.of(""),
            503, Set.of("certificate not available"));

    private static final List<String> FETCHED = new CopyOnWriteArrayList<>();
    private static final ProxySelector BEFORE = ProxySelector.getDefault();
    private static CertificateHost host;
    private static Decoy decoy;
    private static DoorApplication application;
    private static Authority root;
    private static KeyPair keys;
    /** Of {@link #BODY}; the same each time. */
    private static String signature;
    private static int queuedBefore;

    @BeforeAll
    static void start() throws Exception {
        host = new CertificateHost();
        decoy = new Decoy();
        root = Authority.root("CN=Root, " + Authority.MICROSOFT);
        keys = RsaKeys.of(2048);
        signature = base64(signature("SHA256withRSA", keys, BODY));
        Certificates.serve(host, decoy, root, keys);
        // Whatever the JDK's HTTP client is about to call, it asks here first; so do plain sockets, the test's own
        // among them.
        ProxySelector.setDefault(new ProxySelector() {
            @Override
            public List<Proxy> select(URI uri) {
                if (!"socket".equals(uri.getScheme())) {
                    FETCHED.add(uri.toString());
                }
                return List.of(Proxy.NO_PROXY);
            }

            @Override
            public void connectFailed(URI uri, SocketAddress address, IOException failure) {
                FETCHED.add(uri.toString());
            }
        });
        application = new DoorApplication(host.origin(), root);
    }

    @AfterAll
    static void stop() throws IOException {
        ProxySelector.setDefault(BEFORE);
        application.close();
        decoy.close();
        host.close();
    }

    // ---- what Microsoft sends
    // ----------------------------------------------------------------------------------------------

    private static byte[] signature(String algorithm, KeyPair signer, byte[] body) {
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(signer.getPrivate());
            signature.update(body);
            return signature.sign();
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static Delivery good(String certificate) {
        return new Delivery(DoorApplication.PATH, List.of("Content-Type: application/json", "x-ms-signature: Signature "
                + signature,
                "X-MS-Certificate-Url: " + host.origin() + "/cert/" + certificate,
                "X-MS-Signature-Algorithm: rsa-sha256"), BODY);
    }

    private static Delivery good() {
        return good("good.cer");
    }

    /** Signed with the good key over this body. */
    private static Delivery signed(byte[] body) {
        return good().withBody(body).with("x-ms-signature",
                "Signature " + base64(signature("SHA256withRSA", keys, body)));
    }

    // ---- the corpus
    // --------------------------------------------------------------------------------------------------------

    private record Case(String name, Delivery delivery, Set<Integer> statuses) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Case refused(String name, Delivery delivery, Integer... statuses) {
        return new Case(name, delivery, Set.of(statuses));
    }

    static Stream<Case> corpus() {
        return Stream
                .of(bytesOfTheBody(), bytesOfTheSignature(), lettersOfTheHeaders(), headers(), bodies(), certificates(),
                        addresses(), paths())
                .flatMap(cases -> cases);
    }

    private static byte[] flipped(byte[] bytes, int at) {
        byte[] changed = bytes.clone();
        changed[at] ^= 1;
        return changed;
    }

    private static String changed(String text, int at) {
        char other = text.charAt(at) == '~' ? '-' : (char) (text.charAt(at) ^ 1);
        return text.substring(0, at) + other + text.substring(at + 1);
    }

    private static Stream<Case> bytesOfTheBody() {
        return IntStream.range(0, BODY.length)
                .mapToObj(i -> refused("body byte " + i, good().withBody(flipped(BODY, i)), 401));
    }

    private static Stream<Case> bytesOfTheSignature() {
        byte[] right = Base64.getDecoder().decode(signature);
        return IntStream.range(0, right.length).mapToObj(i -> refused("signature byte " + i,
                good().with("x-ms-signature", "Signature " + base64(flipped(right, i))), 401));
    }

    private static Stream<Case> lettersOfTheHeaders() {
        String url = host.origin() + "/cert/good.cer";
        return Stream.of(
                IntStream.range(0, url.length()).mapToObj(i -> refused("certificate address letter " + i,
                        good().with("X-MS-Certificate-Url", changed(url, i)), 401, 503)),
                IntStream.range(0, 10).mapToObj(i -> refused("algorithm letter " + i,
                        good().with("X-MS-Signature-Algorithm", changed("rsa-sha256", i)), 401)),
                IntStream.range(0, 9).mapToObj(i -> refused("scheme letter " + i, good().with("x-ms-signature",
                        changed("Signature ", i) + signature), 401)))
                .flatMap(cases -> cases);
    }

    private static Stream<Case> headers() {
        return Stream.of(
                refused("no signature", good().without("x-ms-signature"), 401),
                refused("empty signature", good().with("x-ms-signature", ""), 401),
                refused("scheme alone", good().with("x-ms-signature", "Signature"), 401),
                refused("another scheme", good().without("x-ms-signature").with("Authorization", "Bearer " + signature),
                        401),
                refused("bare signature in Authorization",
                        good().without("x-ms-signature").with("Authorization", signature), 401),
                refused("half a signature", good().with("x-ms-signature", "Signature " + signature.substring(0, 172)),
                        401),
                refused("signature and more", good().with("x-ms-signature", "Signature " + signature + "AAAA"), 401),
                refused("no base64", good().with("x-ms-signature", "Signature !!!!"), 401),
                refused("two signatures", good().and("x-ms-signature", "Signature AAAA"), 401),
                refused("wrong own header, right Authorization",
                        good().with("x-ms-signature", "Signature AAAA").with("Authorization",
                                "Signature " + signature),
                        401),
                refused("no certificate address", good().without("X-MS-Certificate-Url"), 400),
                refused("empty certificate address", good().with("X-MS-Certificate-Url", ""), 400, 401),
                refused("two certificate addresses",
                        good().and("X-MS-Certificate-Url", "http://localhost:" + decoy.port() + "/cert/good.cer"), 401),
                refused("no algorithm", good().without("X-MS-Signature-Algorithm"), 400),
                refused("algorithm none", good().with("X-MS-Signature-Algorithm", "none"), 401),
                refused("algorithm rsa-sha1", good().with("X-MS-Signature-Algorithm", "rsa-sha1"), 401),
                refused("algorithm rsa-md5", good().with("X-MS-Signature-Algorithm", "rsa-md5"), 401),
                refused("algorithm hmac-sha256", good().with("X-MS-Signature-Algorithm", "hmac-sha256"), 401),
                refused("unsigned and too large", good().without("x-ms-signature").withBody(new byte[(1 << 20) + 1]),
                        401),
                refused("another content type", good().with("Content-Type", "application/x-www-form-urlencoded"), 415));
    }

    private static Stream<Case> bodies() {
        return Stream.of(
                refused("right signature over another body",
                        good().withBody(new String(BODY, StandardCharsets.UTF_8).replace("0001", "0002").getBytes(
                                StandardCharsets.UTF_8)),
                        401),
                refused("nothing", good().withBody(new byte[0]), 401),
                refused("one byte more",
                        good().withBody(
                                (new String(BODY, StandardCharsets.UTF_8) + " ").getBytes(StandardCharsets.UTF_8)),
                        401),
                refused("too large", signed(new byte[(1 << 20) + 1]), 413),
                refused("far too large", signed(new byte[5 << 20]), 413),
                refused("signed, but no JSON", signed("{".getBytes(StandardCharsets.UTF_8)), 400),
                refused("signed, but another event twice", signed(
                        ("{\"EventName\":\"referral-updated\",\"EventName\":\"x\",\"ResourceUri\":\"/" + ID + "\"}")
                                .getBytes(StandardCharsets.UTF_8)),
                        400),
                refused("signed, but no id",
                        signed("{\"EventName\":\"referral-updated\",\"ResourceUri\":\"https://x/../../admin\"}"
                                .getBytes(
                                        StandardCharsets.UTF_8)),
                        400));
    }

    private static Stream<Case> certificates() {
        KeyPair stranger = Certificates.stranger();
        return Stream.of(
                Stream.of("stranger", "self-signed", "expired", "not-yet-valid", "contoso", "contoso-issuer", "hidden",
                        "two-organisations", "short-key",
                        "text", "nothing", "huge", "baited", "unchained", "by-a-leaf")
                        .map(name -> refused("certificate: " + name, good(name + ".cer"), 401)),
                Stream.of("moved-away", "moved-here", "failing", "missing")
                        .map(name -> refused("certificate: " + name, good(name + ".cer"), 503)),
                Stream.of(
                        refused("another key",
                                good().with("x-ms-signature",
                                        "Signature " + base64(signature("SHA256withRSA", stranger, BODY))),
                                401),
                        refused("SHA-1 under the name of SHA-256", good().with("x-ms-signature", "Signature "
                                + base64(signature("SHA1withRSA", keys, BODY))), 401),
                        refused("elliptic key", good("elliptic.cer").with("x-ms-signature", "Signature "
                                + base64(signature("SHA256withECDSA", Certificates.elliptic(), BODY))), 401),
                        refused("the authority signs itself", good("authority.cer").with("x-ms-signature", "Signature "
                                + base64(signature("SHA256withRSA", root.keys(), BODY))), 401)))
                .flatMap(cases -> cases);
    }

    private static Stream<Case> addresses() {
        String own = "localhost:" + host.port();
        String other = "localhost:" + decoy.port();
        String microsofts = DoorApplication.MICROSOFTS_HOST;
        return Stream.of("http://" + other + "/cert/good.cer", "http://127.0.0.1:" + decoy.port() + "/cert/good.cer",
                "http://127.0.0.1:" + host.port() + "/cert/good.cer", "http://[::1]:" + host.port() + "/cert/good.cer",
                "http://[::ffff:127.0.0.1]:" + decoy.port() + "/cert/good.cer",
                "http://2130706433:" + decoy.port() + "/cert/good.cer",
                "http://0x7f000001:" + decoy.port() + "/cert/good.cer", "http://0:" + decoy.port() + "/cert/good.cer",
                "http://169.254.169.254/cert/good.cer", "https://10.0.0.1/cert/good.cer",
                "https://192.168.0.1/cert/good.cer",
                "http://user@" + own + "/cert/good.cer", "http://user:word@" + own + "/cert/good.cer",
                "http://" + own + "@" + other + "/cert/good.cer",
                "http://" + own + "%40" + other + "/cert/good.cer", "http://" + own + "\\@" + other + "/cert/good.cer",
                "http://" + own + "#@" + other + "/cert/good.cer", "http://" + other + "#" + own + "/cert/good.cer",
                "http://" + other + "/" + own + "/cert/good.cer", "http://" + other + "?" + own + "/cert/good.cer",
                "http://localhost:/cert/good.cer", "http://localhost/cert/good.cer",
                "http://localhost:0" + host.port() + "/cert/good.cer",
                "https://" + own + "/cert/good.cer", "HTTP://" + own + "/cert/good.cer",
                "http://LOCALHOST:" + host.port() + "/cert/good.cer",
                "http://localhost.:" + host.port() + "/cert/good.cer",
                "http://localhost.localdomain:" + host.port() + "/cert/good.cer",
                "http://" + own + ".evil.example/cert/good.cer", "ftp://" + own + "/cert/good.cer",
                "file:///cert/good.cer", "//" + own + "/cert/good.cer",
                "/cert/good.cer", "jar:http://" + own + "/cert/good.cer!/", "gopher://" + other + "/cert/good.cer",
                "http://" + own + "/cert/good.cer?x=1", "http://" + own + "/cert/good.cer?",
                "http://" + own + "/cert/good.cer#x", "http://" + own + "/cert/good.cer#",
                "http://" + own + "/cert/../cert/good.cer", "http://" + own + "/cert/./good.cer",
                "http://" + own + "/cert//good.cer",
                "http://" + own + "//cert/good.cer", "http://" + own + "/cert/good.cer/",
                "http://" + own + "/cert/good.cer;x", "http://" + own + "/cert/good.pem",
                "http://" + own + "/cert/%67ood.cer", "http://" + own + "/%63ert/good.cer",
                "http://" + own + "/cert/good%2ecer", "http://" + own
                        + "/cert/x%2f..%2fgood.cer",
                "http://" + own + "/cert/good.cer%00", "http://" + own + "/CERT/good.cer",
                "http://" + own + "/cert/good.CER",
                "http://" + own + "/cert/.cer", "http://" + own + "/other/good.cer",
                "http://" + own + "/cert/good.cer http://" + other + "/cert/good.cer",
                microsofts.replace("https", "http") + "/cert/good.cer", microsofts + ":443/cert/good.cer",
                microsofts + ":8443/cert/good.cer",
                microsofts + "./cert/good.cer", microsofts + ".evil.example/cert/good.cer",
                microsofts + "@" + other + "/cert/good.cer",
                "https://evil3psostorageacct.blob.core.windows.net/cert/good.cer",
                "https://3psostorageacct-blob.core.windows.net/cert/good.cer",
                "https://3psostorageacct.blob.core.windows.net.evil.example/cert/good.cer",
                "https://3psostorageacct.blob.core.windows.org/cert/good.cer",
                "https://evil.example/3psostorageacct.blob.core.windows.net/cert/good.cer",
                "https://3PSOSTORAGEACCT.blob.core.windows.net/cert/good.cer",
                "https://3psostorageacct.bl\u00d0\u00beb.core.windows.net/cert/good.cer",
                "https://xn--3psostorageacct-blb.core.windows.net/cert/good.cer",
                "https://3psostorageacct.blob.core.windows\u00e3\u0080\u0082net/cert/good.cer", "not an address",
                "x".repeat(5000),
                "http://" + own + "/cert/" + "x".repeat(600) + ".cer")
                .map(url -> refused("address " + (url.length() > 100 ? url.substring(0, 100) : url),
                        good().with("X-MS-Certificate-Url", url),
                        url.equals("http://" + own + "/cert/.cer") ? new Integer[] {401, 503} : new Integer[] {401}));
    }

    private static Stream<Case> paths() {
        String path = "/webhooks/partner-center";
        String secret = DoorApplication.SECRET;
        return Stream.concat(
                IntStream.range(0, secret.length()).mapToObj(
                        i -> refused("path secret letter " + i, good().to(path + "/" + changed(secret, i)), 404)),
                Stream.of(path, path + "/", path + "?" + secret, path + "/x?/" + secret, path + "/" + secret + "/",
                        path + "/" + secret + "x", path + "x/" + secret,
                        path + "/" + secret.toUpperCase(java.util.Locale.ROOT), path + "/x/" + secret,
                        path + "/" + secret + "/x", path + "/./" + secret,
                        path + "/%66" + secret.substring(1))
                        .map(target -> refused("path " + target, good().to(target), 404)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("corpus")
    void isRefused(Case hostile) throws IOException {
        Delivery.Answer answer = hostile.delivery().send(application.port);

        assertThat(answer.status()).as(answer.toString()).isIn(hostile.statuses());
        assertThat(ANSWERS.get(answer.status())).contains(answer.body());
        nothingHappened();
    }

    private static void nothingHappened() {
        assertThat(application.queued()).as("queue").isEqualTo(queuedBefore);
        assertThat(decoy.connections).as("connections to the decoy").hasValue(0);
        assertThat(host.asked).allMatch(path -> path.startsWith("/cert/") || path.equals("/issuers/intermediate.crt"));
        assertThat(FETCHED.stream().filter(url -> !url.startsWith(host.origin() + "/"))
                .filter(url -> !url.contains("/oauth2/"))).as("called off the list").isEmpty();
    }

    // ---- what must still work
    // ----------------------------------------------------------------------------------------------

    @Test
    void theRightDeliveryIsLetInEachWayItMayCome() throws IOException {
        List<Delivery> right = new ArrayList<>(
                List.of(good(), good("pem.cer"), good("chained.cer"), good().with("x-ms-signature", signature),
                        good().without("x-ms-signature").with("Authorization", "Signature " + signature),
                        good().to(DoorApplication.PATH + "?x=1"),
                        good().with("X-MS-Signature-Algorithm", "RSA-SHA256"),
                        good().with("Content-Type", "application/json; charset=utf-8")));
        for (Delivery delivery : right) {
            Delivery.Answer answer = delivery.send(application.port);
            assertThat(answer.status()).as(delivery.toString() + answer).isEqualTo(200);
            assertThat(answer.body()).isEqualTo("accepted");
        }
        assertThat(application.queued()).as("hints of one record are joined").isPositive();
        queuedBefore = application.queued();
    }

    @Test
    void aSlowCertificateHoldsUpNobodyWhoseCertificateIsKnown() throws Exception {
        assertThat(good().withBody(flipped(BODY, 0)).send(application.port).status()).isEqualTo(401);
        Instant begun = Instant.now();
        CompletableFuture<Integer> slow = CompletableFuture.supplyAsync(() -> status(good("slow.cer")));
        assertThat(signed(
                "{\"EventName\":\"test-created\",\"ResourceUri\":\"http://x/1\"}".getBytes(StandardCharsets.UTF_8))
                .send(application.port).status())
                .isEqualTo(200);
        assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofSeconds(10));
        assertThat(slow.get()).isEqualTo(503);
        assertThat(Duration.between(begun, Instant.now())).isBetween(Duration.ofSeconds(14), Duration.ofSeconds(40));
        nothingHappened();
    }

    private static int status(Delivery delivery) {
        try {
            return delivery.send(application.port).status();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void aRejectedHostIsNamedWhereAnOperatorSeesIt() throws Exception {
        WebhookMXBean webhook = JMX.newMXBeanProxy(ManagementFactory.getPlatformMBeanServer(),
                new ObjectName(WebhookOperations.NAME), WebhookMXBean.class);
        for (int i = 0; i < 40; i++) {
            status(good().with("X-MS-Certificate-Url", "https://noise" + i + ".example/cert/good.cer"));
        }
        status(good().with("X-MS-Certificate-Url", "https://newstorage.blob.core.windows.net/cert/good.cer"));
        assertThat(webhook.getRejectedCertificateOrigins()).hasSize(20).last().asString()
                .startsWith("https://newstorage.blob.core.windows.net (1 times, last 2");
        nothingHappened();
    }
}
