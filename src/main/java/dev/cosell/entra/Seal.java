package dev.cosell.entra;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** A small JSON object, encrypted with AES-256-GCM and a key of {@value #KEY_BYTES} bytes. */
public final class Seal {
    /** Something sealed is there and cannot be opened; the message says why, not what to do. */
    public static final class Unreadable extends RuntimeException {
        Unreadable(String message) {
            super(message);
        }
    }

    static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final byte[] FORMAT = "cosell-sealed-1".getBytes(StandardCharsets.US_ASCII);
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final ObjectMapper JSON = new ObjectMapper();

    private Seal() {}

    /** Readable text, though not its content. */
    public static byte[] closed(Map<String, String> content, byte[] key) {
        try {
            byte[] nonce = new byte[NONCE_BYTES];
            RANDOM.nextBytes(nonce);
            Map<String, String> outer = new LinkedHashMap<>();
            outer.put("cipher", "AES-256-GCM");
            outer.put("nonce", Base64.getEncoder().encodeToString(nonce));
            outer.put("sealed", Base64.getEncoder().encodeToString(cipher(Cipher.ENCRYPT_MODE, key, nonce)
                    .doFinal(JSON.writeValueAsBytes(content))));
            return JSON.writeValueAsBytes(outer);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java has no " + CIPHER, e);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @throws Unreadable when it is damaged or sealed with another key */
    public static Map<String, String> opened(byte[] text, byte[] key) {
        try {
            Map<String, String> outer = JSON.readValue(text, new TypeReference<>() {});
            byte[] nonce = Base64.getDecoder().decode(outer.getOrDefault("nonce", ""));
            byte[] sealed = Base64.getDecoder().decode(outer.getOrDefault("sealed", ""));
            return JSON.readValue(cipher(Cipher.DECRYPT_MODE, key, nonce).doFinal(sealed), new TypeReference<>() {});
        } catch (GeneralSecurityException wrongKey) {
            throw new Unreadable("it is damaged, or it was written with another key");
        } catch (IOException | IllegalArgumentException damaged) {
            throw new Unreadable("it is damaged or cannot be read");
        }
    }

    private static Cipher cipher(int mode, byte[] key, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(FORMAT);
        return cipher;
    }
}
