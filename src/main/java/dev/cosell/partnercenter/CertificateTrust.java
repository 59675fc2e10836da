package dev.cosell.partnercenter;

import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.security.auth.x500.X500Principal;

/** Whether a certificate may speak for Microsoft: its chain, its validity and the organisation in both its names. */
final class CertificateTrust {
    private static final String ORGANISATION = "Microsoft Corporation";

    private final Set<TrustAnchor> anchors;

    /** @param anchors roots, or issuing authorities that are trusted directly */
    CertificateTrust(Set<TrustAnchor> anchors) {
        this.anchors = Set.copyOf(anchors);
    }

    /** Throws {@link WebhookRefusal} when it may not. */
    void check(X509Certificate certificate, Instant now) {
        if (!ofMicrosoft(certificate.getSubjectX500Principal()) || !ofMicrosoft(certificate.getIssuerX500Principal())
                || certificate.getBasicConstraints() >= 0) {
            throw refused();
        }
        try {
            certificate.checkValidity(Date.from(now));
            X509CertSelector leaf = new X509CertSelector();
            leaf.setCertificate(certificate);
            PKIXBuilderParameters parameters = new PKIXBuilderParameters(anchors, leaf);
            parameters.setRevocationEnabled(false);
            parameters.setDate(Date.from(now));
            parameters.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(List.of(certificate))));
            CertPathBuilder.getInstance("PKIX").build(parameters);
        } catch (GeneralSecurityException notTrusted) {
            throw refused();
        }
    }

    private static boolean ofMicrosoft(X500Principal name) {
        try {
            List<String> organisations = new LdapName(name.getName(X500Principal.RFC2253)).getRdns().stream()
                    .filter(rdn -> rdn.getType().equalsIgnoreCase("O")).map(Rdn::getValue).map(String::valueOf).toList();
            return organisations.equals(List.of(ORGANISATION));
        } catch (InvalidNameException unreadable) {
            return false;
        }
    }

    private static WebhookRefusal refused() {
        return new WebhookRefusal(401, "certificate not accepted");
    }
}
