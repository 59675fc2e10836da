package dev.cosell.app;

import dev.cosell.settings.Key;
import dev.cosell.settings.Settings;
import dev.cosell.settings.SettingsFault;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * Who may have issued the certificate that signs webhooks: the sandbox's own authority, a file of certificates, or
 * those Java trusts.
 */
final class TrustAnchors {
    private TrustAnchors() {}

    static Set<TrustAnchor> of(Settings settings) {
        try {
            if (settings.sandbox()) {
                return certificates(sandboxAuthority(settings));
            }
            String file = settings.text(Key.WEBHOOK_TRUST_ANCHORS);
            return file.isEmpty() ? trustedByJava() : certificates(Files.readAllBytes(Path.of(file)));
        } catch (IOException | GeneralSecurityException unusable) {
            throw new SettingsFault(List.of(settings.sandbox()
                    ? "the sandbox servers do not answer at " + settings.text(Key.PARTNER_CENTER_LOGIN_URL)
                            + "; start them with ./cosell sandbox"
                    : "webhook.trust-anchors names a file that holds no certificates: " + unusable.getMessage()));
        }
    }

    /** Without the sandbox's authority, which would have to be asked for. */
    static Set<TrustAnchor> onThisMachine(Settings settings) {
        return settings.sandbox() ? Set.of() : of(settings);
    }

    private static byte[] sandboxAuthority(Settings settings) throws IOException {
        try {
            HttpResponse<byte[]> answer = HttpClient.newHttpClient().send(HttpRequest.newBuilder(
                    URI.create(settings.text(Key.PARTNER_CENTER_LOGIN_URL) + "/sandbox/ca.pem"))
                    .timeout(Duration.ofSeconds(10)).build(),
                    HttpResponse.BodyHandlers.ofByteArray());
            return answer.body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private static Set<TrustAnchor> certificates(byte[] pem) throws GeneralSecurityException {
        Set<TrustAnchor> anchors = new HashSet<>();
        read(pem).forEach(certificate -> anchors.add(new TrustAnchor(certificate, null)));
        return anchors;
    }

    /** Certificates that may stand between an authority and the signing certificate. */
    static Set<X509Certificate> intermediates(Settings settings) {
        String file = settings.text(Key.WEBHOOK_INTERMEDIATES);
        try {
            return file.isEmpty() ? Set.of() : read(Files.readAllBytes(Path.of(file)));
        } catch (IOException | GeneralSecurityException unusable) {
            throw new SettingsFault(
                    List.of("webhook.intermediates names a file that holds no certificates: " + unusable.getMessage()));
        }
    }

    private static Set<X509Certificate> read(byte[] pem) throws GeneralSecurityException {
        Collection<? extends Certificate> all = CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(pem));
        if (all.isEmpty()) {
            throw new GeneralSecurityException("it is empty");
        }
        Set<X509Certificate> certificates = new HashSet<>();
        all.forEach(certificate -> certificates.add((X509Certificate) certificate));
        return certificates;
    }

    private static Set<TrustAnchor> trustedByJava() throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init((KeyStore) null);
        Set<TrustAnchor> anchors = new HashSet<>();
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509TrustManager x509) {
                for (X509Certificate issuer : x509.getAcceptedIssuers()) {
                    anchors.add(new TrustAnchor(issuer, null));
                }
            }
        }
        return anchors;
    }
}
