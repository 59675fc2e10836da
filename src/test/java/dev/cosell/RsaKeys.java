package dev.cosell;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.Security;

/** New RSA keys, made by native code where it is there: with the quick compiler alone the JDK needs seconds for one. */
public final class RsaKeys {
    private RsaKeys() {}

    public static KeyPair of(int bits) {
        try {
            Provider nativeCode = Security.getProvider("Conscrypt");
            KeyPairGenerator pairs = nativeCode == null ? KeyPairGenerator.getInstance("RSA")
                    : KeyPairGenerator.getInstance("RSA", nativeCode);
            pairs.initialize(bits);
            return pairs.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
