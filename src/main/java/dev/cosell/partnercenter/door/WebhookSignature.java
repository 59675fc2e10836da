package dev.cosell.partnercenter.door;

import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Clock;
import java.util.Base64;

/**
 * Checks that a notification was signed by Microsoft. The signature covers the body only, so an old notification stays
 * valid for ever; it may therefore cause nothing but a look at the record it names.
 */
public final class WebhookSignature {
    private static final String ALGORITHM = "rsa-sha256";

    private final CertificateUrlPolicy policy;
    private final SigningKeys keys;

    /** @param rejected takes note of origins that are not on the list */
    public WebhookSignature(CertificateSources sources, RejectedOrigins rejected, Clock clock) {
        CertificateDownload download = new CertificateDownload();
        this.policy = new CertificateUrlPolicy(sources.origins(), rejected);
        this.keys = new SigningKeys(download,
                new CertificateTrust(sources, new IssuerCertificates(sources.issuerOrigins(),
                        RejectedOrigins.ofIssuers(clock), download)), clock);
    }

    /** Throws {@link WebhookRefusal} unless the signature is good. The notification must have all its headers. */
    public void verify(Notification notification) {
        if (!ALGORITHM.equalsIgnoreCase(notification.algorithm().strip())) {
            throw new WebhookRefusal(401, "signature algorithm not accepted");
        }
        byte[] signed = decoded(notification.signature());
        URI uri = policy.accepted(notification.certificateUrl().strip());
        SigningKeys.Key key = keys.get(uri);
        if (!matches(key.key(), signed, notification.body()) && !matchesNewer(uri, key, signed, notification.body())) {
            throw refused();
        }
    }

    /** Microsoft may have replaced the certificate at the same address. */
    private boolean matchesNewer(URI uri, SigningKeys.Key old, byte[] signed, byte[] body) {
        SigningKeys.Key newer = keys.newer(uri, old);
        return newer != null && matches(newer.key(), signed, body);
    }

    private static boolean matches(PublicKey key, byte[] signed, byte[] body) {
        try {
            Signature rsa = Signature.getInstance("SHA256withRSA");
            rsa.initVerify(key);
            rsa.update(body);
            return rsa.verify(signed);
        } catch (GeneralSecurityException malformed) {
            return false;
        }
    }

    private static byte[] decoded(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException notBase64) {
            throw refused();
        }
    }

    private static WebhookRefusal refused() {
        return new WebhookRefusal(401, "signature not accepted");
    }
}
