package dev.cosell.partnercenter.door;

import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;

/**
 * Fetches issuers from where a certificate says they can be had (its Authority Information Access), from listed origins
 * only. The JVM's own way of doing this would call any address that a certificate names.
 */
final class IssuerCertificates {
    private static final int STEPS = 3;
    private static final int MOST = 16;
    private static final Duration LONGEST = Duration.ofHours(24);
    private static final Duration BETWEEN_FETCHES = Duration.ofSeconds(10);

    private final Set<String> origins;
    private final CertificateDownload download;
    private final Map<URI, Known> known = new ConcurrentHashMap<>();

    /** @param until when it has to be fetched again, whether or not anything hangs from it */
    private record Known(X509Certificate certificate, Instant fetched, Instant until) {
        /** A forged chain must not make us fetch it over and over. */
        private boolean isJustFetched(Instant now) {
            return now.isBefore(fetched.plus(BETWEEN_FETCHES));
        }
    }

    IssuerCertificates(Set<String> origins, CertificateDownload download) {
        this.origins = origins;
        this.download = download;
    }

    /**
     * The certificates above this one as far as they can be had; nothing of them is trusted yet. Throws
     * {@link WebhookRefusal} with 503.
     */
    List<X509Certificate> above(X509Certificate certificate, Instant now) {
        return above(certificate, now, one -> now.isBefore(one.until()));
    }

    /**
     * The same after all have been fetched again that were not fetched only just now: at the same addresses there may
     * be others by now, and what was fetched may have been none of the issuer's, such as a proxy's. Throws
     * {@link WebhookRefusal} with 503.
     */
    List<X509Certificate> newer(X509Certificate certificate, Instant now) {
        return above(certificate, now, one -> false);
    }

    private List<X509Certificate> above(X509Certificate certificate, Instant now, Predicate<Known> remembered) {
        List<X509Certificate> chain = new ArrayList<>();
        X509Certificate at = certificate;
        for (int step = 0; step < STEPS; step++) {
            URI issuer = issuer(at);
            if (issuer == null) {
                break;
            }
            at = certificate(issuer, now, remembered);
            chain.add(at);
        }
        return chain;
    }

    private X509Certificate certificate(URI uri, Instant now, Predicate<Known> remembered) {
        Known one = known.get(uri);
        if (one == null || !one.isJustFetched(now) && !remembered.test(one)) {
            one = fetched(uri, now);
            if (known.size() >= MOST) {
                known.clear();
            }
            known.put(uri, one);
        }
        return one.certificate();
    }

    private Known fetched(URI uri, Instant now) {
        X509Certificate certificate = download.fetch(uri);
        Instant end = certificate.getNotAfter().toInstant();
        Instant limit = now.plus(LONGEST);
        return new Known(certificate, now, end.isBefore(limit) ? end : limit);
    }

    private URI issuer(X509Certificate certificate) {
        byte[] extension = certificate.getExtensionValue(Extension.authorityInfoAccess.getId());
        if (extension == null || certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal())) {
            return null;
        }
        try {
            AuthorityInformationAccess access = AuthorityInformationAccess
                    .getInstance(ASN1OctetString.getInstance(extension).getOctets());
            for (AccessDescription description : access.getAccessDescriptions()) {
                GeneralName location = description.getAccessLocation();
                if (AccessDescription.id_ad_caIssuers.equals(description.getAccessMethod())
                        && location.getTagNo() == GeneralName.uniformResourceIdentifier
                        && listed(location.getName().toString())) {
                    return URI.create(location.getName().toString());
                }
            }
            return null;
        } catch (IllegalArgumentException | IllegalStateException unreadable) {
            return null;
        }
    }

    private boolean listed(String url) {
        return origins.stream().anyMatch(origin -> url.startsWith(origin + "/"));
    }
}
