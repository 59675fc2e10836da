package dev.cosell.partnercenter.door;

import dev.cosell.text.Storable;
import dev.cosell.text.Visible;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CertificateException;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.function.Predicate;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.security.auth.x500.X500Principal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether a certificate may speak for Microsoft: its chain, its validity and the organisation in both its names. */
final class CertificateTrust {
    private static final Logger LOG = LoggerFactory.getLogger("cosell.journey");
    private static final Duration BETWEEN_LINES = Duration.ofMinutes(10);
    private static final int NAME_LENGTH = 200;
    private static final String ORGANISATION = "Microsoft Corporation";

    private static final int SHORTEST_KEY = 2048;

    private final CertificateSources sources;
    private final IssuerCertificates issuers;
    private Instant nextLine = Instant.MIN;

    CertificateTrust(CertificateSources sources, IssuerCertificates issuers) {
        this.sources = sources;
        this.issuers = issuers;
    }

    /** Throws {@link WebhookRefusal} when it may not. */
    void check(X509Certificate certificate, Instant now) {
        if (!ofMicrosoft(certificate.getSubjectX500Principal()) || !ofMicrosoft(certificate.getIssuerX500Principal())
                || certificate.getBasicConstraints() >= 0 || !strongRsa(certificate)) {
            throw refused();
        }
        try {
            certificate.checkValidity(Date.from(now));
        } catch (CertificateException expiredOrNotYetValid) {
            throw refused();
        }
        if (!hangsFromAnAnchor(certificate, List.of(), now)) {
            checkIssuers(certificate, now);
        }
    }

    private void checkIssuers(X509Certificate certificate, Instant now) {
        Predicate<List<X509Certificate>> enough = between -> hangsFromAnAnchor(certificate, between, now);
        IssuerCertificates.Above above = issuers.above(certificate, now, enough);
        if (!above.enough() && above.failed() == null) {
            above = issuers.newer(certificate, now, enough);
        }
        if (!above.enough()) {
            tell(certificate, above, now);
            throw above.failed() == null ? refused() : above.failed().refusal();
        }
    }

    /** Whoever sees no notification any more has to learn why; anybody can send one, so the lines are limited. */
    private synchronized void tell(X509Certificate certificate, IssuerCertificates.Above above, Instant now) {
        if (issuers.tellUnlisted(above) || now.isBefore(nextLine)) {
            return;
        }
        nextLine = now.plus(BETWEEN_LINES);
        String subject = shown(certificate.getSubjectX500Principal());
        String issuer = shown(certificate.getIssuerX500Principal());
        IssuerCertificates.Failed failed = above.failed();
        if (failed == null) {
            LOG.warn("A notification was refused with 401, because no trusted authority stands behind its certificate"
                    + " of {}, which was issued by {}. Compare webhook.trust-anchors, webhook.intermediates and"
                    + " webhook.issuer-origins with the issuers it names, and see that no proxy answers in their place."
                    + " What changes meanwhile is found by the sweep", subject, issuer);
        } else {
            LOG.warn("A notification was refused with {}, because {} gave no certificate. It is wanted for the issuers"
                    + " of the notification's certificate of {}, which was issued by {}. See that this host can be"
                    + " reached from here and that no proxy answers in its place, or put the issuer's certificate into"
                    + " the file of webhook.intermediates. What changes meanwhile is found by the sweep",
                    failed.refusal().status(), shown(failed.place().toString()), subject, issuer);
        }
    }

    private static String shown(String text) {
        return Visible.line(Storable.shortened(text, NAME_LENGTH));
    }

    private static String shown(X500Principal name) {
        return shown(name.getName());
    }

    private static boolean strongRsa(X509Certificate certificate) {
        return certificate.getPublicKey() instanceof RSAPublicKey key && key.getModulus().bitLength() >= SHORTEST_KEY;
    }

    private boolean hangsFromAnAnchor(X509Certificate certificate, Collection<X509Certificate> between, Instant now) {
        List<X509Certificate> all = new ArrayList<>(between);
        all.addAll(sources.intermediates());
        all.add(certificate);
        try {
            X509CertSelector leaf = new X509CertSelector();
            leaf.setCertificate(certificate);
            PKIXBuilderParameters parameters = new PKIXBuilderParameters(sources.anchors(), leaf);
            parameters.setRevocationEnabled(false);
            parameters.setDate(Date.from(now));
            parameters.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(all)));
            CertPathBuilder.getInstance("PKIX").build(parameters);
            return true;
        } catch (GeneralSecurityException notTrusted) {
            return false;
        }
    }

    private static boolean ofMicrosoft(X500Principal name) {
        try {
            List<String> organisations = new LdapName(name.getName(X500Principal.RFC2253)).getRdns().stream()
                    .filter(rdn -> rdn.getType().equalsIgnoreCase("O")).map(Rdn::getValue).map(String::valueOf)
                    .toList();
            return organisations.equals(List.of(ORGANISATION));
        } catch (InvalidNameException unreadable) {
            return false;
        }
    }

    private static WebhookRefusal refused() {
        return new WebhookRefusal(401, "certificate not accepted");
    }
}
