package dev.cosell.entra;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A small JSON object in a file, encrypted with AES-256-GCM and replaced as a whole: after a crash there is the old content or
 * the new one. Without a key of one's own a key file is made beside it, for the owner's eyes only.
 */
final class SealedFile {
    /** The file is there and cannot be opened; the message says why, not what to do. */
    static final class Unreadable extends RuntimeException {
        Unreadable(String message) {
            super(message);
        }
    }

    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final byte[] FORMAT = "cosell-sealed-1".getBytes(StandardCharsets.US_ASCII);
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final ObjectMapper JSON = new ObjectMapper();
    /** File locks work between processes only. */
    private static final Object WITHIN_THIS_PROCESS = new Object();

    private final Path file;
    private final String key;

    /** @param key 32 bytes in base64; empty for a generated one */
    SealedFile(Path file, String key) {
        this.file = file.toAbsolutePath();
        this.key = key;
    }

    Path path() {
        return file;
    }

    Path keyFile() {
        return file.resolveSibling(file.getFileName() + ".key");
    }

    /** Differs after each replacement of the file; empty when there is none. */
    String fingerprint() {
        try {
            BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
            return now.lastModifiedTime() + " " + now.size() + " " + now.fileKey();
        } catch (IOException notThere) {
            return "";
        }
    }

    /**
     * Null when there is no file.
     *
     * @throws Unreadable when it is damaged or sealed with another key
     */
    Map<String, String> read() {
        if (!Files.exists(file)) {
            return null;
        }
        try {
            Map<String, String> outer = JSON.readValue(Files.readAllBytes(file), new TypeReference<>() {});
            byte[] nonce = Base64.getDecoder().decode(outer.getOrDefault("nonce", ""));
            byte[] sealed = Base64.getDecoder().decode(outer.getOrDefault("sealed", ""));
            return JSON.readValue(cipher(Cipher.DECRYPT_MODE, existingKey(), nonce).doFinal(sealed), new TypeReference<>() {});
        } catch (GeneralSecurityException wrongKey) {
            throw new Unreadable("it is damaged, or it was written with another key");
        } catch (IOException | IllegalArgumentException damaged) {
            throw new Unreadable("it is damaged or cannot be read");
        }
    }

    /** @throws UncheckedIOException when the old content is still in place */
    void write(Map<String, String> content) {
        try {
            Files.createDirectories(file.getParent(), ownerOnly(file.getParent(), "rwx------"));
            byte[] nonce = new byte[NONCE_BYTES];
            RANDOM.nextBytes(nonce);
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, keyForWriting(), nonce).doFinal(JSON.writeValueAsBytes(content));
            Map<String, String> outer = new LinkedHashMap<>();
            outer.put("cipher", "AES-256-GCM");
            outer.put("nonce", Base64.getEncoder().encodeToString(nonce));
            outer.put("sealed", Base64.getEncoder().encodeToString(sealed));
            replace(file, JSON.writeValueAsBytes(outer));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java has no " + CIPHER, e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs something while no other process changes the file. */
    <T> T alone(Supplier<T> work) {
        synchronized (WITHIN_THIS_PROCESS) {
            try {
                Files.createDirectories(file.getParent(), ownerOnly(file.getParent(), "rwx------"));
                try (FileChannel channel = FileChannel.open(file.resolveSibling(file.getFileName() + ".lock"),
                        StandardOpenOption.CREATE, StandardOpenOption.WRITE); var lock = channel.lock()) {
                    return lock.isValid() ? work.get() : null;
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static Cipher cipher(int mode, byte[] key, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(FORMAT);
        return cipher;
    }

    private byte[] existingKey() throws IOException {
        if (!key.isEmpty()) {
            return Base64.getDecoder().decode(key);
        }
        if (!Files.exists(keyFile())) {
            throw new Unreadable("its key file " + keyFile() + " is missing");
        }
        return Base64.getDecoder().decode(Files.readString(keyFile()).strip());
    }

    /** A key file that holds no key is replaced: what it has sealed is lost either way. */
    private byte[] keyForWriting() throws IOException {
        if (key.isEmpty() && !holdsKey(keyFile())) {
            byte[] made = new byte[KEY_BYTES];
            RANDOM.nextBytes(made);
            replace(keyFile(), Base64.getEncoder().encode(made));
        }
        return existingKey();
    }

    private static boolean holdsKey(Path file) throws IOException {
        try {
            return Files.exists(file) && Base64.getDecoder().decode(Files.readString(file).strip()).length == KEY_BYTES;
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
    }

    private static void replace(Path target, byte[] content) throws IOException {
        Path fresh = target.resolveSibling(target.getFileName() + "." + UUID.randomUUID() + ".tmp");
        try {
            Files.createFile(fresh, ownerOnly(target.getParent(), "rw-------"));
            try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(content);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(fresh);
        }
        flushFolder(target.getParent());
    }

    /** Makes the new name durable; not every file system lets a folder be opened for that. */
    private static void flushFolder(Path folder) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException notHere) {
            return;
        }
    }

    private static FileAttribute<?>[] ownerOnly(Path near, String permissions) {
        boolean posix = near.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))}
                : new FileAttribute<?>[0];
    }
}
