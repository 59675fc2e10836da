package dev.cosell.entra;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * A {@link Seal sealed} object in a file that is replaced as a whole: after a crash there is the old content or
 * the new one. Without a key of one's own a key file is made beside it, for the owner's eyes only.
 */
public final class SealedFile implements SealedStore {
    private static final SecureRandom RANDOM = new SecureRandom();
    /** File locks work between processes only. */
    private static final Object WITHIN_THIS_PROCESS = new Object();

    private final Path file;
    private final String key;

    /** @param key 32 bytes in base64; empty for a generated one */
    public SealedFile(Path file, String key) {
        this.file = file.toAbsolutePath();
        this.key = key;
    }

    @Override
    public String place() {
        return file.toString();
    }

    Path keyFile() {
        return file.resolveSibling(file.getFileName() + ".key");
    }

    @Override
    public String fingerprint() {
        try {
            BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
            return now.lastModifiedTime() + " " + now.size() + " " + now.fileKey();
        } catch (IOException notThere) {
            return "";
        }
    }

    @Override
    public Map<String, String> read() {
        if (!Files.exists(file)) {
            return null;
        }
        try {
            return Seal.opened(Files.readAllBytes(file), existingKey());
        } catch (IOException | IllegalArgumentException damaged) {
            throw new Seal.Unreadable("it is damaged or cannot be read");
        }
    }

    @Override
    public void write(Map<String, String> content) {
        try {
            Files.createDirectories(file.getParent(), ownerOnly(file.getParent(), "rwx------"));
            replace(file, Seal.closed(content, keyForWriting()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public <T> T alone(Supplier<T> work) {
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

    private byte[] existingKey() throws IOException {
        if (!key.isEmpty()) {
            return Base64.getDecoder().decode(key);
        }
        if (!Files.exists(keyFile())) {
            throw new Seal.Unreadable("its key file " + keyFile() + " is missing");
        }
        return Base64.getDecoder().decode(Files.readString(keyFile()).strip());
    }

    /** A key file that holds no key is replaced: what it has sealed is lost either way. */
    private byte[] keyForWriting() throws IOException {
        if (key.isEmpty() && !holdsKey(keyFile())) {
            byte[] made = new byte[Seal.KEY_BYTES];
            RANDOM.nextBytes(made);
            replace(keyFile(), Base64.getEncoder().encode(made));
        }
        return existingKey();
    }

    private static boolean holdsKey(Path file) throws IOException {
        try {
            return Files.exists(file)
                    && Base64.getDecoder().decode(Files.readString(file).strip()).length == Seal.KEY_BYTES;
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
        return posix
                ? new FileAttribute<?>[] {
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))}
                : new FileAttribute<?>[0];
    }
}
