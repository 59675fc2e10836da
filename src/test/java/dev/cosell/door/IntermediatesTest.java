package dev.cosell.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.cosell.RsaKeys;
import dev.cosell.partnercenter.door.CertificateSources;
import dev.cosell.partnercenter.door.Notification;
import dev.cosell.partnercenter.door.RejectedOrigins;
import dev.cosell.partnercenter.door.WebhookRefusal;
import dev.cosell.partnercenter.door.WebhookSignature;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.Signature;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/**
 * A signing certificate comes alone; the one between it and the root comes from a file or from where the certificate
 * says.
 */
class IntermediatesTest {
    private static final byte[] BODY = "{}".getBytes(StandardCharsets.UTF_8);
    private static final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private static CertificateHost host;
    private static Authority root;
    private static Authority intermediate;
    private static Notification notification;

    @BeforeAll
    static void start() throws Exception {
        log.start();
        ((Logger) LoggerFactory.getLogger("cosell.journey")).addAppender(log);
        host = new CertificateHost();
        root = Authority.root("CN=Root, " + Authority.MICROSOFT);
        intermediate = root.below("CN=Issuing CA, " + Authority.MICROSOFT);
        KeyPair keys = RsaKeys.of(2048);
        host.serve("/issuers/intermediate.crt", intermediate.certificate().getEncoded());
        host.serve("/cert/leaf.cer",
                intermediate.leaf("CN=dispatch, " + Authority.MICROSOFT, keys, Instant.now().minus(Duration.ofDays(1)),
                        Instant.now().plus(Duration.ofDays(1)), host.origin() + "/issuers/intermediate.crt"));
        Signature rsa = Signature.getInstance("SHA256withRSA");
        rsa.initSign(keys.getPrivate());
        rsa.update(BODY);
        notification = new Notification(BODY, null, Base64.getEncoder().encodeToString(rsa.sign()),
                host.origin() + "/cert/leaf.cer", "rsa-sha256");
    }

    @AfterAll
    static void stop() {
        ((Logger) LoggerFactory.getLogger("cosell.journey")).detachAppender(log);
        host.close();
    }

    private static WebhookSignature signature(Set<X509Certificate> intermediates, Set<String> issuerOrigins) {
        return new WebhookSignature(new CertificateSources(Set.of(host.origin()),
                Set.of(new TrustAnchor(root.certificate(), null)), intermediates,
                issuerOrigins), new RejectedOrigins(Clock.systemUTC()), Clock.systemUTC());
    }

    @Test
    void aConfiguredOneSparesTheCall() {
        host.asked.clear();
        assertThatCode(() -> signature(Set.of(intermediate.certificate()), Set.of(host.origin())).verify(notification))
                .doesNotThrowAnyException();
        assertThat(host.asked).containsExactly("/cert/leaf.cer");
    }

    @Test
    void itIsFetchedOnceFromAListedOrigin() {
        host.asked.clear();
        WebhookSignature signature = signature(Set.of(), Set.of(host.origin()));
        signature.verify(notification);
        signature.verify(notification);
        assertThat(host.asked).containsExactly("/cert/leaf.cer", "/issuers/intermediate.crt");
    }

    @Test
    void itIsNotFetchedFromElsewhere() {
        host.asked.clear();
        log.list.clear();
        assertThatThrownBy(() -> signature(Set.of(), Set.of("http://www.microsoft.com")).verify(notification))
                .isInstanceOfSatisfying(WebhookRefusal.class,
                        refusal -> assertThat(refusal.status()).isEqualTo(401));
        assertThat(host.asked).containsExactly("/cert/leaf.cer");
        assertThat(said()).as("why the door stays closed").singleElement().asString()
                .contains("webhook.issuer-origins", "webhook.intermediates");
    }

    @Test
    void nothingIsToldOfAnIssuerThatIsNotNeeded() {
        log.list.clear();
        signature(Set.of(intermediate.certificate()), Set.of()).verify(notification);
        assertThat(said()).isEmpty();
    }

    private static List<String> said() {
        return log.list.stream().map(ILoggingEvent::getFormattedMessage)
                .filter(line -> line.contains(host.origin() + " alone")).toList();
    }
}
