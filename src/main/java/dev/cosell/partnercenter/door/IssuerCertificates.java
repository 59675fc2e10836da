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
import java.util.stream.Stream;
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
    private final RejectedOrigins rejected;
    private final CertificateDownload download;
    private final Map<URI, Known> known = new ConcurrentHashMap<>();

    /** @param until when it has to be fetched again, whether or not anything hangs from it */
    private record Known(X509Certificate certificate, Instant fetched, Instant until) {
        /** A forged chain must not make us fetch it over and over. */
        private boolean isJustFetched(Instant now) {
            return now.isBefore(fetched.plus(BETWEEN_FETCHES));
        }
    }

    /** @param rejected takes note of origins that are not on the list */
    IssuerCertificates(Set<String> origins, RejectedOrigins rejected, CertificateDownload download) {
        this.rejected = rejected;
        this.origins = origins;
        this.download = download;
    }

    /**
     * What stands above a certificate, as far as it can be had; nothing of it is trusted yet.
     *
     * @param unlisted where the next one could be had if that were allowed; null when there is none or nobody says
     */
    record Above(List<X509Certificate> certificates, String unlisted) {}

    /** Throws {@link WebhookRefusal} with 503. */
    Above above(X509Certificate certificate, Instant now) {
        return above(certificate, now, one -> now.isBefore(one.until()));
    }

    /**
     * The same after all have been fetched again that were not fetched only just now: at the same addresses there may
     * be others by now, and what was fetched may have been none of the issuer's, such as a proxy's. Throws
     * {@link WebhookRefusal} with 503.
     */
    Above newer(X509Certificate certificate, Instant now) {
        return above(certificate, now, one -> false);
    }

    private Above above(X509Certificate certificate, Instant now, Predicate<Known> remembered) {
        List<X509Certificate> chain = new ArrayList<>();
        X509Certificate at = certificate;
        for (int step = 0; step < STEPS; step++) {
            List<String> places = places(at);
            String place = places.stream().filter(this::listed).findFirst().orElse(null);
            if (place == null) {
                return new Above(chain, places.isEmpty() ? null : places.get(0));
            }
            at = certificate(URI.create(place), now, remembered);
            chain.add(at);
        }
        return new Above(chain, null);
    }

    /** Tells where the next one could be had, if that were allowed. */
    void tellUnlisted(Above above) {
        rejected.add(above.unlisted(), origins);
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

    /** Where the issuer can be had, as the certificate says. */
    private static List<String> places(X509Certificate certificate) {
        byte[] extension = certificate.getExtensionValue(Extension.authorityInfoAccess.getId());
        if (extension == null || certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal())) {
            return List.of();
        }
        try {
            AuthorityInformationAccess access = AuthorityInformationAccess
                    .getInstance(ASN1OctetString.getInstance(extension).getOctets());
            return Stream.of(access.getAccessDescriptions())
                    .filter(each -> AccessDescription.id_ad_caIssuers.equals(each.getAccessMethod()))
                    .map(AccessDescription::getAccessLocation)
                    .filter(location -> location.getTagNo() == GeneralName.uniformResourceIdentifier)
                    .map(location -> location.getName().toString()).filter(IssuerCertificates::isAddress).toList();
        } catch (IllegalArgumentException | IllegalStateException unreadable) {
            return List.of();
        }
    }

    private static boolean isAddress(String place) {
        try {
            return URI.create(place).isAbsolute();
        } catch (IllegalArgumentException unreadable) {
            return false;
        }
    }

    private boolean listed(String url) {
        return origins.stream().anyMatch(origin -> url.startsWith(origin + "/"));
    }
}
