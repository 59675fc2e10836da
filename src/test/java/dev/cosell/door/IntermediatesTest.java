package dev.cosell.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.cosell.RsaKeys;
import dev.cosell.partnercenter.door.CertificateSources;
import dev.cosell.partnercenter.door.Notification;
import dev.cosell.partnercenter.door.RejectedOrigins;
import dev.cosell.partnercenter.door.WebhookRefusal;
import dev.cosell.partnercenter.door.WebhookSignature;
import dev.cosell.sandbox.MovableClock;
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
    private static KeyPair keys;
    private static Notification notification;

    @BeforeAll
    static void start() throws Exception {
        log.start();
        ((Logger) LoggerFactory.getLogger("cosell.journey")).addAppender(log);
        host = new CertificateHost();
        root = Authority.root("CN=Root, " + Authority.MICROSOFT);
        intermediate = root.below("CN=Issuing CA, " + Authority.MICROSOFT);
        keys = RsaKeys.of(2048);
        host.serve("/issuers/intermediate.crt", intermediate.certificate().getEncoded());
        notification = notification("/cert/leaf.cer", "/issuers/intermediate.crt");
    }

    /** Signed with a certificate that is served at the one path and names the other for its issuer's. */
    private static Notification notification(String path, String issuer) throws Exception {
        return notification(path, intermediate, host.origin() + issuer);
    }

    /** @param places where the certificate says its issuer's can be had */
    private static Notification notification(String path, Authority issuer, String... places) throws Exception {
        host.serve(path, issuer.leaf("CN=dispatch, " + Authority.MICROSOFT, keys,
                Instant.now().minus(Duration.ofDays(1)), Instant.now().plus(Duration.ofDays(2)), places));
        Signature rsa = Signature.getInstance("SHA256withRSA");
        rsa.initSign(keys.getPrivate());
        rsa.update(BODY);
        return new Notification(BODY, null, Base64.getEncoder().encodeToString(rsa.sign()), host.origin() + path,
                "rsa-sha256");
    }

    @AfterAll
    static void stop() {
        ((Logger) LoggerFactory.getLogger("cosell.journey")).detachAppender(log);
        host.close();
    }

    private static WebhookSignature signature(Set<X509Certificate> intermediates, Set<String> issuerOrigins) {
        return signature(intermediates, issuerOrigins, Clock.systemUTC());
    }

    private static WebhookSignature signature(Set<X509Certificate> intermediates, Set<String> issuerOrigins,
            Clock clock) {
        return new WebhookSignature(new CertificateSources(Set.of(host.origin()),
                Set.of(new TrustAnchor(root.certificate(), null)), intermediates,
                issuerOrigins), new RejectedOrigins(clock), clock);
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
    void oneThatWasRenewedAtTheSameAddressWasRefusedUntilTheRestart() throws Exception {
        MovableClock clock = new MovableClock(Clock.systemUTC());
        Instant now = Instant.now();
        Notification today = notification("/cert/renewed.cer", "/issuers/renewed.crt");
        host.serve("/issuers/renewed.crt", root.renewed(intermediate, now.minus(Duration.ofDays(1)),
                now.plus(Duration.ofHours(1))).certificate().getEncoded());
        WebhookSignature signature = signature(Set.of(), Set.of(host.origin()), clock);
        host.asked.clear();
        signature.verify(today);

        clock.setAhead(Duration.ofHours(25));
        host.serve("/issuers/renewed.crt", root.renewed(intermediate, now.minus(Duration.ofHours(1)),
                now.plus(Duration.ofDays(9))).certificate().getEncoded());
        assertThatCode(() -> signature.verify(today)).doesNotThrowAnyException();
        assertThat(host.asked).containsExactly("/cert/renewed.cer", "/issuers/renewed.crt", "/cert/renewed.cer",
                "/issuers/renewed.crt");
    }

    /** As a proxy answers that wants a sign-in first. */
    @Test
    void anothersCertificateInItsPlaceWasKeptUntilTheRestart() throws Exception {
        MovableClock clock = new MovableClock(Clock.systemUTC());
        Notification notification = notification("/cert/proxied.cer", "/issuers/proxied.crt");
        host.serve("/issuers/proxied.crt",
                Authority.root("CN=Proxy, O=Contoso, C=US").certificate().getEncoded());
        WebhookSignature signature = signature(Set.of(), Set.of(host.origin()), clock);
        host.asked.clear();
        assertRefused(signature, notification);
        host.serve("/issuers/proxied.crt", intermediate.certificate().getEncoded());
        clock.setAhead(Duration.ofSeconds(5));
        assertRefused(signature, notification);
        assertThat(host.asked).as("forged ones must not make us fetch it over and over")
                .containsOnlyOnce("/issuers/proxied.crt");

        clock.setAhead(Duration.ofSeconds(11));
        assertThatCode(() -> signature.verify(notification)).doesNotThrowAnyException();
        assertThat(host.asked).filteredOn("/issuers/proxied.crt"::equals).hasSize(2);
    }

    private static void assertRefused(WebhookSignature signature, Notification notification) {
        assertRefused(401, signature, notification);
    }

    private static void assertRefused(int status, WebhookSignature signature, Notification notification) {
        assertThatThrownBy(() -> signature.verify(notification)).isInstanceOfSatisfying(WebhookRefusal.class,
                refusal -> assertThat(refusal.status()).isEqualTo(status));
    }

    @Test
    void aProxysPageInPlaceOfTheIssuerWasToldToNobody() throws Exception {
        Notification notification = notification("/cert/page.cer", "/issuers/page.crt");
        host.serve("/issuers/page.crt", "<html>Sign in first</html>".getBytes(StandardCharsets.UTF_8));
        assertRefusedAndTold(401, notification, host.origin() + "/issuers/page.crt", "no proxy answers");

        host.fail("/issuers/page.crt");
        assertRefusedAndTold(503, notification, host.origin() + "/issuers/page.crt", "can be reached");
    }

    private static void assertRefusedAndTold(int status, Notification notification, String... words) {
        WebhookSignature signature = signature(Set.of(), Set.of(host.origin()));
        log.list.clear();
        assertRefused(status, signature, notification);
        assertRefused(status, signature, notification);
        assertThat(log.list).as("one line in ten minutes").singleElement().satisfies(line -> {
            assertThat(line.getLevel()).isEqualTo(Level.WARN);
            assertThat(line.getFormattedMessage()).contains("with " + status).contains(words);
        });
    }

    /** A directory's address has no origin that could be listed, and it kept the other from being named. */
    @Test
    void anIssuerInADirectoryFirstAndAtAnUnlistedHostSecondWasToldToNobody() throws Exception {
        String directory = "ldap:///CN=Issuing%20CA?cACertificate";
        log.list.clear();
        assertRefused(signature(Set.of(), Set.of("http://www.microsoft.com")), notification("/cert/two.cer",
                intermediate, directory, host.origin() + "/issuers/intermediate.crt"));
        assertThat(said()).hasSize(1);

        log.list.clear();
        assertRefused(signature(Set.of(), Set.of("http://www.microsoft.com")),
                notification("/cert/one.cer", intermediate, directory));
        assertThat(log.list).singleElement().extracting(ILoggingEvent::getLevel).isEqualTo(Level.WARN);
    }

    /** The text differs from the setting, the origin does not. */
    @Test
    void anIssuerAtAListedHostInCapitalsWasToldToNobody() throws Exception {
        log.list.clear();
        assertRefused(signature(Set.of(), Set.of("http://www.microsoft.com")),
                notification("/cert/capitals.cer", intermediate, "HTTP://WWW.MICROSOFT.COM/issuers/intermediate.crt"));
        assertThat(log.list).singleElement().extracting(ILoggingEvent::getLevel).isEqualTo(Level.WARN);
    }

    @Test
    void aValidIssuerWasOfNoUseAfterADayWhileItsHostWasAway() throws Exception {
        MovableClock clock = new MovableClock(Clock.systemUTC());
        Notification notification = notification("/cert/away.cer", "/issuers/away.crt");
        host.serve("/issuers/away.crt", intermediate.certificate().getEncoded());
        WebhookSignature signature = signature(Set.of(), Set.of(host.origin()), clock);
        signature.verify(notification);

        host.fail("/issuers/away.crt");
        clock.setAhead(Duration.ofHours(25));
        Notification other = notification("/cert/away-2.cer", "/issuers/away.crt");
        assertThatCode(() -> signature.verify(other)).doesNotThrowAnyException();
    }

    @Test
    void aRootThatCannotBeFetchedRefusedAnIntermediateThatHangsFromAnAnchor() throws Exception {
        Authority issuing = root.below("CN=Issuing CA 2, " + Authority.MICROSOFT, host.origin() + "/issuers/root.crt");
        host.serve("/issuers/issuing-2.crt", issuing.certificate().getEncoded());
        host.fail("/issuers/root.crt");
        Notification notification = notification("/cert/rootless.cer", issuing,
                host.origin() + "/issuers/issuing-2.crt");
        host.asked.clear();
        assertThatCode(() -> signature(Set.of(), Set.of(host.origin())).verify(notification))
                .doesNotThrowAnyException();
        assertThat(host.asked).doesNotContain("/issuers/root.crt");
    }

    /** The line told to configure it, and it helped only together with the one below. */
    @Test
    void aConfiguredOneAboveAFetchedOneWasOfNoUse() throws Exception {
        Authority upper = root.below("CN=Policy CA, " + Authority.MICROSOFT);
        Authority issuing = upper.below("CN=Issuing CA 3, " + Authority.MICROSOFT);
        host.serve("/issuers/third.crt", issuing.certificate().getEncoded());
        Notification third = notification("/cert/third.cer", issuing, host.origin() + "/issuers/third.crt");
        assertThatCode(() -> signature(Set.of(upper.certificate()), Set.of(host.origin())).verify(third))
                .doesNotThrowAnyException();
    }

    @Test
    void itIsNotFetchedFromElsewhere() {
        host.asked.clear();
        log.list.clear();
        assertRefused(signature(Set.of(), Set.of("http://www.microsoft.com")), notification);
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
