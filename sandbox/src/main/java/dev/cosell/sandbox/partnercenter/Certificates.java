package dev.cosell.sandbox.partnercenter;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * The certificate that deliveries are signed with and the authority that vouches for it, both made for this sandbox
 * alone, with the keys of this process.
 */
final class Certificates {
    /**
     * Made once a process, because an RSA pair takes seconds of a core; a test run starts hundreds of sandboxes.
     * Deliveries have to be signed with RSA, the certificate need not.
     */
    private static final class Keys {
        static final KeyPair AUTHORITY = pair("EC", 256);
        static final KeyPair DISPATCH = pair("RSA", 2048);

        private static KeyPair pair(String algorithm, int bits) {
            try {
                KeyPairGenerator pairs = KeyPairGenerator.getInstance(algorithm);
                pairs.initialize(bits);
                return pairs.generateKeyPair();
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("the sandbox could not make its keys", e);
            }
        }
    }

    /** The pair of this process that is signed with. */
    static KeyPair rsa() {
        return Keys.DISPATCH;
    }

    private static final X500Name AUTHORITY = new X500Name("CN=Sandbox Root CA, O=Microsoft Corporation, C=US");
    private static final X500Name DISPATCH = new X500Name(
            "CN=pcnotifications-dispatch.microsoft.com, O=Microsoft Corporation, C=US");
    private static final Duration LIFE = Duration.ofDays(3650);

    private PrivateKey key;
    private X509Certificate leaf;
    private X509Certificate authority;

    Certificates(Instant now) {
        try {
            authority = certificate(AUTHORITY, Keys.AUTHORITY.getPublic(), Keys.AUTHORITY.getPrivate(), now, true);
            leaf = certificate(DISPATCH, Keys.DISPATCH.getPublic(), Keys.AUTHORITY.getPrivate(), now, false);
            key = Keys.DISPATCH.getPrivate();
        } catch (GeneralSecurityException | OperatorCreationException | CertIOException e) {
            throw new IllegalStateException("the sandbox could not make its certificates", e);
        }
    }

    private static X509Certificate certificate(X500Name subject, PublicKey publicKey, PrivateKey issuerKey, Instant now,
            boolean ca)
            throws GeneralSecurityException, OperatorCreationException, CertIOException {
        BigInteger serial = new BigInteger(64, new java.security.SecureRandom());
        JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(AUTHORITY, serial,
                Date.from(now.minus(Duration.ofDays(1))), Date.from(now.plus(LIFE)), subject, publicKey);
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(ca));
        builder.addExtension(Extension.keyUsage, true,
                new KeyUsage(ca ? KeyUsage.keyCertSign | KeyUsage.cRLSign : KeyUsage.digitalSignature));
        return new JcaX509CertificateConverter().getCertificate(
                builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(issuerKey)));
    }

    X509Certificate authority() {
        return authority;
    }

    byte[] leaf() {
        return der(leaf);
    }

    String authorityPem() {
        return "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der(authority))
                + "\n-----END CERTIFICATE-----\n";
    }

    /** RSA with SHA-256 and PKCS#1 v1.5 padding, in base64. */
    String sign(byte[] body) {
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key);
            signature.update(body);
            return Base64.getEncoder().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    Map<String, Object> snapshot() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("key", Base64.getEncoder().encodeToString(key.getEncoded()));
        json.put("leaf", Base64.getEncoder().encodeToString(der(leaf)));
        json.put("authority", Base64.getEncoder().encodeToString(der(authority)));
        return json;
    }

    void restore(Map<?, ?> json) {
        try {
            key = KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(bytes(json, "key")));
            leaf = read(bytes(json, "leaf"));
            authority = read(bytes(json, "authority"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the sandbox could not take over its certificates", e);
        }
    }

    private static byte[] bytes(Map<?, ?> json, String name) {
        return Base64.getDecoder().decode((String) json.get(name));
    }

    private static X509Certificate read(byte[] der) throws GeneralSecurityException {
        try (ByteArrayInputStream in = new ByteArrayInputStream(der)) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] der(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
