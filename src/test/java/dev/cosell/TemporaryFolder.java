package dev.cosell;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.util.FileSystemUtils;

/** For what is neither a test nor closed for good before its process ends. A whole run left a gigabyte behind. */
public final class TemporaryFolder {
    private TemporaryFolder() {}

    /** A new one, which is gone with all that is in it when this process ends. */
    public static Path named(String prefix) {
        try {
            Path folder = Files.createTempDirectory(prefix);
            Runtime.getRuntime().addShutdownHook(
                    new Thread(() -> FileSystemUtils.deleteRecursively(folder.toFile()), "delete " + folder));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
