package dev.cosell.partnercenter.door;

import java.net.URI;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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
    private final CertificateDownload download;
    private final Map<URI, X509Certificate> known = new ConcurrentHashMap<>();

    IssuerCertificates(Set<String> origins, CertificateDownload download) {
        this.origins = origins;
        this.download = download;
    }

    /**
     * The certificates above this one as far as they can be had; nothing of them is trusted yet. Throws
     * {@link WebhookRefusal} with 503.
     */
    List<X509Certificate> above(X509Certificate certificate) {
        List<X509Certificate> chain = new ArrayList<>();
        X509Certificate at = certificate;
        for (int step = 0; step < STEPS; step++) {
            URI issuer = issuer(at);
            if (issuer == null) {
                break;
            }
            at = fetched(issuer);
            chain.add(at);
        }
        return chain;
    }

    private X509Certificate fetched(URI uri) {
        if (known.size() >= MOST) {
            known.clear();
        }
        return known.computeIfAbsent(uri, download::fetch);
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
