package dev.cosell.door;

import dev.cosell.RsaKeys;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate authority of the test's own, which issues whatever it is asked for. */
record Authority(X500Name name, KeyPair keys, X509Certificate certificate) {
    static final String MICROSOFT = "O=Microsoft Corporation, C=US";
    private static final Duration YEAR = Duration.ofDays(365);

    static Authority root(String name) throws Exception {
        KeyPair keys = RsaKeys.of(2048);
        X500Name subject = new X500Name(name);
        return new Authority(subject, keys,
                issue(subject, keys, subject, keys, true, Instant.now().minus(YEAR), Instant.now().plus(YEAR), List.of()));
    }

    /** @param issuerUrls where its certificate says this one's can be had */
    Authority below(String subject, String... issuerUrls) throws Exception {
        KeyPair own = RsaKeys.of(2048);
        X500Name below = new X500Name(subject);
        return new Authority(below, own, issue(name, keys, below, own, true, Instant.now().minus(YEAR),
                Instant.now().plus(YEAR), List.of(issuerUrls)));
    }

    /** One with the same name and key as one of its own that is another, as its next certificate is. */
    Authority renewed(Authority below, Instant from, Instant until) throws Exception {
        return new Authority(below.name, below.keys,
                issue(name, keys, below.name, below.keys, true, from, until, List.of()));
    }

    byte[] leaf(String subject, KeyPair own) throws Exception {
        return leaf(subject, own, Instant.now().minus(YEAR), Instant.now().plus(YEAR));
    }

    /** @param issuerUrls where the certificate says its issuer can be had */
    byte[] leaf(String subject, KeyPair own, Instant from, Instant until, String... issuerUrls) throws Exception {
        return issue(name, keys, new X500Name(subject), own, false, from, until, List.of(issuerUrls)).getEncoded();
    }

    private static X509Certificate issue(X500Name issuer, KeyPair issuerKeys, X500Name subject, KeyPair own,
            boolean authority, Instant from,
            Instant until, List<String> issuerUrls) throws Exception {
        JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(issuer,
                new BigInteger(64, new SecureRandom()), Date.from(from),
                Date.from(until), subject, own.getPublic());
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
        if (!issuerUrls.isEmpty()) {
            builder.addExtension(Extension.authorityInfoAccess, false,
                    new AuthorityInformationAccess(issuerUrls.stream().map(url -> new AccessDescription(
                            AccessDescription.id_ad_caIssuers,
                            new GeneralName(GeneralName.uniformResourceIdentifier, url)))
                            .toArray(AccessDescription[]::new)));
        }
        return new JcaX509CertificateConverter().getCertificate(
                builder.build(new JcaContentSignerBuilder("SHA256withRSA").build(issuerKeys.getPrivate())));
    }

    static String pem(byte[] certificate) {
        return "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate)
                + "\n-----END CERTIFICATE-----\n";
    }
}
