package dev.cosell.partnercenter.door;

import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.Set;

/**
 * Where certificates may come from and whom they must hang from.
 *
 * @param origins       where signing certificates may be fetched, e.g. {@code https://certificates.example}
 * @param anchors       roots, or issuing authorities that are trusted directly
 * @param intermediates certificates that may stand between; a signing certificate comes alone
 * @param issuerOrigins where further ones may be fetched when the signing certificate names them
 */
public record CertificateSources(Set<String> origins, Set<TrustAnchor> anchors, Set<X509Certificate> intermediates,
        Set<String> issuerOrigins) {
    public CertificateSources {
        origins = Set.copyOf(origins);
        anchors = Set.copyOf(anchors);
        intermediates = Set.copyOf(intermediates);
        issuerOrigins = Set.copyOf(issuerOrigins);
    }
}
