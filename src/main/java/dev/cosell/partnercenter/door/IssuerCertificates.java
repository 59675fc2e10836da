package dev.cosell.partnercenter.door;

import java.net.URI;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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

    private final Set<String> origins;
    private final RejectedOrigins rejected;
    private final CertificateDownload download;
    private final Map<URI, X509Certificate> known = new ConcurrentHashMap<>();

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
    Above above(X509Certificate certificate) {
        List<X509Certificate> chain = new ArrayList<>();
        X509Certificate at = certificate;
        for (int step = 0; step < STEPS; step++) {
            List<String> places = places(at);
            String place = places.stream().filter(this::listed).findFirst().orElse(null);
            if (place == null) {
                return new Above(chain, places.isEmpty() ? null : places.get(0));
            }
            at = fetched(URI.create(place));
            chain.add(at);
        }
        return new Above(chain, null);
    }

    /** Tells why the door stays closed. */
    void told(Above above) {
        if (above.unlisted() != null) {
            rejected.add(above.unlisted(), origins);
        }
    }

    private X509Certificate fetched(URI uri) {
        if (known.size() >= MOST) {
            known.clear();
        }
        return known.computeIfAbsent(uri, download::fetch);
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
