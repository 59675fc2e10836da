package dev.cosell.door;

import dev.cosell.RsaKeys;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

/** What the certificate host has to offer: three good certificates and all the others. */
final class Certificates {
    private static final String DISPATCH = "CN=pcnotifications-dispatch.microsoft.com, " + Authority.MICROSOFT;
    private static final KeyPair STRANGER = RsaKeys.of(2048);
    private static final KeyPair ELLIPTIC = elliptic(256);

    private Certificates() {}

    private static KeyPair elliptic(int bits) {
        try {
            KeyPairGenerator pairs = KeyPairGenerator.getInstance("EC");
            pairs.initialize(bits);
            return pairs.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static KeyPair stranger() {
        return STRANGER;
    }

    static KeyPair elliptic() {
        return ELLIPTIC;
    }

    static void serve(CertificateHost host, Decoy decoy, Authority root, KeyPair keys) throws Exception {
        byte[] good = root.leaf(DISPATCH, keys);
        host.serve("/cert/good.cer", good);
        host.serve("/cert/pem.cer", Authority.pem(good).getBytes(StandardCharsets.US_ASCII));
        chains(host, decoy, root, keys);
        names(host, root, keys);
        Instant now = Instant.now();
        host.serve("/cert/expired.cer",
                root.leaf(DISPATCH, keys, now.minus(Duration.ofDays(9)), now.minus(Duration.ofHours(1))));
        host.serve("/cert/not-yet-valid.cer",
                root.leaf(DISPATCH, keys, now.plus(Duration.ofHours(1)), now.plus(Duration.ofDays(9))));
        host.serve("/cert/elliptic.cer", root.leaf(DISPATCH, ELLIPTIC));
        host.serve("/cert/short-key.cer", root.leaf(DISPATCH, RsaKeys.of(1024)));
        host.serve("/cert/authority.cer", root.certificate().getEncoded());
        host.serve("/cert/text.cer", "no certificate".getBytes(StandardCharsets.US_ASCII));
        host.serve("/cert/nothing.cer", new byte[0]);
        host.serve("/cert/huge.cer", Arrays.copyOf(good, 64 * 1024 + 1));
        host.redirect("/cert/moved-away.cer", "http://localhost:" + decoy.port() + "/cert/good.cer");
        host.redirect("/cert/moved-here.cer", host.origin() + "/cert/good.cer");
        host.fail("/cert/failing.cer");
        host.hang("/cert/slow.cer");
    }

    private static void chains(CertificateHost host, Decoy decoy, Authority root, KeyPair keys) throws Exception {
        Instant from = Instant.now().minus(Duration.ofDays(9));
        Instant until = Instant.now().plus(Duration.ofDays(9));
        Authority intermediate = root.below("CN=Issuing CA, " + Authority.MICROSOFT);
        host.serve("/issuers/intermediate.crt", intermediate.certificate().getEncoded());
        host.serve("/cert/chained.cer",
                intermediate.leaf(DISPATCH, keys, from, until, host.origin() + "/issuers/intermediate.crt"));
        host.serve("/cert/baited.cer", intermediate.leaf(DISPATCH, keys, from, until,
                "http://localhost:" + decoy.port() + "/issuers/intermediate.crt"));
        host.serve("/cert/unchained.cer",
                root.below("CN=Unknown CA, " + Authority.MICROSOFT).leaf(DISPATCH, keys, from, until,
                        host.origin() + "/issuers/intermediate.crt"));
        Authority stranger = Authority.root("CN=Root, " + Authority.MICROSOFT);
        host.serve("/cert/stranger.cer", stranger.leaf(DISPATCH, keys));
        host.serve("/cert/self-signed.cer",
                new Authority(new org.bouncycastle.asn1.x500.X500Name(DISPATCH), keys, null).leaf(DISPATCH, keys));
        Authority leafAsAuthority = new Authority(new org.bouncycastle.asn1.x500.X500Name(DISPATCH), keys, null);
        host.serve("/cert/by-a-leaf.cer", leafAsAuthority.leaf("CN=other, " + Authority.MICROSOFT, keys, from, until,
                host.origin() + "/cert/good.cer"));
    }

    private static void names(CertificateHost host, Authority root, KeyPair keys) throws Exception {
        host.serve("/cert/contoso.cer", root.leaf("CN=pcnotifications-dispatch.microsoft.com, O=Contoso, C=US", keys));
        host.serve("/cert/contoso-issuer.cer", root.below("CN=Issuing CA, O=Contoso").leaf(DISPATCH, keys));
        host.serve("/cert/hidden.cer", root.leaf("CN=O\\=Microsoft Corporation, O=Contoso, C=US", keys));
        host.serve("/cert/two-organisations.cer", root.leaf("CN=dispatch, O=Contoso, " + Authority.MICROSOFT, keys));
    }
}
