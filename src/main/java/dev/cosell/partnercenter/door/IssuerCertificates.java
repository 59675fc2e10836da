package dev.cosell.partnercenter.door;

import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
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

    /** @param until when it is to be fetched again, whether or not anything hangs from it */
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
     * @param enough   whether it is all that was wanted
     * @param unlisted where the next one could be had if that were allowed; null when there is none or nobody says
     * @param failed   what could not be fetched; null when nothing was the matter
     */
    record Above(List<X509Certificate> certificates, boolean enough, String unlisted, Failed failed) {}

    /** @param refusal 503 when nothing came, 401 when it was no certificate */
    record Failed(URI place, WebhookRefusal refusal) {}

    /**
     * Goes up step by step, so that nothing is fetched that is not needed. A certificate that was fetched before and is
     * still valid serves while it cannot be fetched again.
     *
     * @param enough asked after each step with what there is by then
     */
    Above above(X509Certificate certificate, Instant now, Predicate<List<X509Certificate>> enough) {
        return above(certificate, enough, place -> certificate(place, now));
    }

    /**
     * The same after all have been fetched again that were not fetched only just now: at the same addresses there may
     * be others by now, and what was fetched may have been none of the issuer's, such as a proxy's.
     */
    Above newer(X509Certificate certificate, Instant now, Predicate<List<X509Certificate>> enough) {
        return above(certificate, enough, place -> newer(place, now));
    }

    private Above above(X509Certificate certificate, Predicate<List<X509Certificate>> enough,
            Function<URI, X509Certificate> source) {
        List<X509Certificate> chain = new ArrayList<>();
        X509Certificate at = certificate;
        for (int step = 0; step < STEPS; step++) {
            List<String> places = places(at);
            String listed = places.stream().filter(this::listed).findFirst().orElse(null);
            if (listed == null) {
                return new Above(chain, false, places.stream().filter(IssuerCertificates::isOnTheWeb).findFirst()
                        .orElse(null), null);
            }
            URI place = URI.create(listed);
            try {
                at = source.apply(place);
            } catch (WebhookRefusal refusal) {
                return new Above(chain, false, null, new Failed(place, refusal));
            }
            chain.add(at);
            if (enough.test(chain)) {
                return new Above(chain, true, null, null);
            }
        }
        return new Above(chain, false, null, null);
    }

    /** Tells where the next one could be had, if that were allowed. @return whether that is what is the matter */
    boolean tellUnlisted(Above above) {
        return above.unlisted() != null && rejected.add(above.unlisted(), origins);
    }

    private X509Certificate certificate(URI place, Instant now) {
        Known one = known.get(place);
        if (one != null && (one.isJustFetched(now) || now.isBefore(one.until()))) {
            return one.certificate();
        }
        try {
            return fetched(place, now);
        } catch (WebhookRefusal refusal) {
            if (one == null || !now.isBefore(one.certificate().getNotAfter().toInstant())) {
                throw refusal;
            }
            return one.certificate();
        }
    }

    private X509Certificate newer(URI place, Instant now) {
        Known one = known.get(place);
        return one != null && one.isJustFetched(now) ? one.certificate() : fetched(place, now);
    }

    private X509Certificate fetched(URI place, Instant now) {
        X509Certificate certificate = download.fetch(place);
        Instant end = certificate.getNotAfter().toInstant();
        Instant limit = now.plus(LONGEST);
        if (known.size() >= MOST) {
            known.clear();
        }
        known.put(place, new Known(certificate, now, end.isBefore(limit) ? end : limit));
        return certificate;
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

    /** A directory's address, which comes first at some authorities, has no origin that could be listed. */
    private static boolean isOnTheWeb(String place) {
        URI uri = URI.create(place);
        return uri.getHost() != null && List.of("http", "https").contains(uri.getScheme().toLowerCase(Locale.ROOT));
    }

    private boolean listed(String url) {
        return origins.stream().anyMatch(origin -> url.startsWith(origin + "/"));
    }
}
