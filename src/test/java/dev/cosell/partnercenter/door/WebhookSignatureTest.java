package dev.cosell.partnercenter.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.cosell.RsaKeys;
import java.math.BigInteger;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.Signature;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Date;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WebhookSignatureTest {
    private static final String MICROSOFT = "O=Microsoft Corporation, C=US";
    private static final byte[] BODY = "{\"EventName\":\"referral-updated\"}".getBytes(StandardCharsets.UTF_8);
    private static KeyPair authorityKeys;
    private static KeyPair keys;
    private static X509Certificate authority;

    private final Instant start = Instant.now();
    private Duration moved = Duration.ZERO;
    private final Clock clock = ((InstantSource) () -> start.plus(moved)).withZone(ZoneOffset.UTC);
    private final AtomicReference<byte[]> served = new AtomicReference<>();
    private final AtomicInteger fetches = new AtomicInteger();
    private HttpServer host;
    private String origin;
    private WebhookSignature signature;

    @BeforeAll
    static void makeKeys() throws Exception {
        authorityKeys = RsaKeys.of(2048);
        keys = RsaKeys.of(2048);
        authority = certificate("CN=Root, " + MICROSOFT, "CN=Root, " + MICROSOFT, authorityKeys, authorityKeys, true,
                365);
    }

    private static X509Certificate certificate(String issuer, String subject, KeyPair issuerKeys, KeyPair own,
            boolean ca, int days) throws Exception {
        Instant end = Instant.now().plus(Duration.ofDays(days));
        JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(new X500Name(issuer),
                BigInteger.valueOf(days + 1000L),
                Date.from(end.minus(Duration.ofDays(400))), Date.from(end), new X500Name(subject), own.getPublic());
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(ca));
        return new JcaX509CertificateConverter().getCertificate(
                builder.build(new JcaContentSignerBuilder("SHA256withRSA").build(issuerKeys.getPrivate())));
    }

    private static byte[] leaf(String subject, KeyPair issuerKeys, KeyPair own, int days) throws Exception {
        return certificate("CN=Root, " + MICROSOFT, subject, issuerKeys, own, false, days).getEncoded();
    }

    @BeforeEach
    void start() throws Exception {
        host = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
        origin = "http://localhost:" + host.getAddress().getPort();
        host.createContext("/cert/", exchange -> {
            fetches.incrementAndGet();
            boolean moved = exchange.getRequestURI().getPath().endsWith("moved.cer");
            if (moved) {
                exchange.getResponseHeaders().add("Location", origin + "/cert/good.cer");
            }
            exchange.sendResponseHeaders(moved ? 302 : 200, moved ? -1 : served.get().length);
            if (!moved) {
                exchange.getResponseBody().write(served.get());
            }
            exchange.close();
        });
        host.start();
        signature = new WebhookSignature(
                new CertificateSources(Set.of(origin), Set.of(new TrustAnchor(authority, null)), Set.of(), Set.of()),
                new RejectedOrigins(clock), clock);
        served.set(leaf("CN=dispatch, " + MICROSOFT, authorityKeys, keys, 100));
    }

    @AfterEach
    void stop() {
        host.stop(0);
    }

    private Notification notification(KeyPair signer, String path) throws Exception {
        Signature rsa = Signature.getInstance("SHA256withRSA");
        rsa.initSign(signer.getPrivate());
        rsa.update(BODY);
        return new Notification(BODY, null, "Signature " + Base64.getEncoder().encodeToString(rsa.sign()),
                origin + path, "RSA-SHA256");
    }

    private void refused(int status, Notification notification) {
        assertThatThrownBy(() -> signature.verify(notification)).isInstanceOfSatisfying(WebhookRefusal.class,
                refusal -> assertThat(refusal.status()).isEqualTo(status));
    }

    @Test
    void certificateIsFetchedOnceADay() throws Exception {
        for (int i = 0; i < 5; i++) {
            signature.verify(notification(keys, "/cert/good.cer"));
        }
        assertThat(fetches).hasValue(1);
        moved = Duration.ofHours(25);
        signature.verify(notification(keys, "/cert/good.cer"));
        assertThat(fetches).hasValue(2);
    }

    @Test
    void aValidCertificateWasOfNoUseAfterADayWhileItsHostWasAway() throws Exception {
        Notification good = notification(keys, "/cert/good.cer");
        signature.verify(good);
        Notification another = notification(authorityKeys, "/cert/good.cer");
        host.stop(0);
        moved = Duration.ofHours(25);
        assertThatCode(() -> signature.verify(good)).doesNotThrowAnyException();
        refused(503, another);
        moved = Duration.ofDays(101);
        refused(503, good);
    }

    @Test
    void aReplacedCertificateIsFetchedAgainButForgeriesFetchNothing() throws Exception {
        signature.verify(notification(keys, "/cert/good.cer"));
        refused(401, notification(authorityKeys, "/cert/good.cer"));
        assertThat(fetches).hasValue(1);
        moved = Duration.ofMinutes(1);
        served.set(leaf("CN=dispatch, " + MICROSOFT, authorityKeys, authorityKeys, 100));
        assertThatCode(() -> signature.verify(notification(authorityKeys, "/cert/good.cer")))
                .doesNotThrowAnyException();
        assertThat(fetches).hasValue(2);
    }

    @Test
    void onlyMicrosoftsValidCertificatesFromATrustedAuthorityCount() throws Exception {
        served.set(leaf("CN=dispatch, " + MICROSOFT, authorityKeys, keys, -1));
        refused(401, notification(keys, "/cert/expired.cer"));
        served.set(leaf("CN=dispatch, O=Microsoft Corporation Ltd, C=US", authorityKeys, keys, 100));
        refused(401, notification(keys, "/cert/organisation.cer"));
        served.set(leaf("CN=O\\=Microsoft Corporation, O=Contoso, C=US", authorityKeys, keys, 100));
        refused(401, notification(keys, "/cert/hidden.cer"));
        served.set(leaf("CN=dispatch, " + MICROSOFT, keys, keys, 100));
        refused(401, notification(keys, "/cert/self-made.cer"));
        served.set(certificate("CN=Root, O=Contoso", "CN=dispatch, " + MICROSOFT, authorityKeys, keys, false, 100)
                .getEncoded());
        refused(401, notification(keys, "/cert/issuer.cer"));
        served.set("no certificate".getBytes(StandardCharsets.US_ASCII));
        refused(401, notification(keys, "/cert/text.cer"));
        served.set(new byte[64 * 1024 + 1]);
        refused(401, notification(keys, "/cert/large.cer"));
    }

    @Test
    void redirectsAreNotFollowedAndSilenceAsksForAnotherTry() throws Exception {
        refused(503, notification(keys, "/cert/moved.cer"));
        assertThat(fetches).hasValue(1);
        host.stop(0);
        refused(503, notification(keys, "/cert/good.cer"));
    }
}
