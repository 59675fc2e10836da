package dev.cosell.tls;

import dev.cosell.RsaKeys;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** An authority, and certificates that it gives to servers of tests. */
final class Certificates {
    private static final char[] PASSWORD = "sandbox".toCharArray();

    private final KeyPair keys = RsaKeys.of(2048);
    private final X509Certificate root;

    /** A server's certificate with its key. */
    record Leaf(KeyPair keys, X509Certificate certificate) {
        /** What a server with this certificate needs. */
        SSLContext context() throws Exception {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("server", keys.getPrivate(), PASSWORD, new X509Certificate[] {certificate});
            KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(store, PASSWORD);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), null, null);
            return context;
        }
    }

    Certificates(String name) throws Exception {
        root = signed(name, name, keys, Duration.ofDays(9), null);
    }

    X509Certificate root() {
        return root;
    }

    /** @param life from a day ago on */
    Leaf leaf(String host, Duration life) throws Exception {
        KeyPair own = RsaKeys.of(2048);
        return new Leaf(own, signed(root.getSubjectX500Principal().getName().replace("CN=", ""), host, own, life,
                host));
    }

    private X509Certificate signed(String issuer, String subject, KeyPair owner, Duration life, String host)
            throws OperatorException, GeneralSecurityException, java.io.IOException {
        Instant from = Instant.now().minus(Duration.ofDays(1));
        JcaX509v3CertificateBuilder certificate = new JcaX509v3CertificateBuilder(new X500Name("CN=" + issuer),
                BigInteger.valueOf(System.nanoTime()), Date.from(from), Date.from(from.plus(life)),
                new X500Name("CN=" + subject), owner.getPublic());
        certificate.addExtension(Extension.basicConstraints, true, new BasicConstraints(host == null));
        if (host != null) {
            certificate.addExtension(Extension.subjectAlternativeName, false,
                    new GeneralNames(new GeneralName(GeneralName.dNSName, host)));
        }
        return new JcaX509CertificateConverter().getCertificate(
                certificate.build(new JcaContentSignerBuilder("SHA256withRSA").build(keys.getPrivate())));
    }
}
