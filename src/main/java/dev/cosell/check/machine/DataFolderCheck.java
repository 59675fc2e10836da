package dev.cosell.check.machine;

import dev.cosell.check.Check;
import dev.cosell.check.Finding;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Whether the data folder can be written to and has room. A folder that is not there yet is not made: the one above it
 * is looked at.
 */
public final class DataFolderCheck implements Check {
    private static final long MEBIBYTE = 1024 * 1024;
    private static final long LEAST = 200 * MEBIBYTE;
    private static final long COMFORTABLE = 1024 * MEBIBYTE;
    private static final String ROOM = "Free some space on its disk, or put data.directory on a larger one";

    private final Path folder;

    public DataFolderCheck(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
    }

    @Override
    public String where() {
        return "machine";
    }

    @Override
    public String what() {
        return "data folder";
    }

    @Override
    public List<Finding> look() {
        try {
            return List.of(room(folder, Files.getFileStore(tried()).getUsableSpace()));
        } catch (IOException refused) {
            return List.of(refusal(refused));
        }
    }

    /**
     * For a start that keeps something there.
     *
     * @throws IllegalStateException when it cannot be written to, with the remedy; a disk without room is no reason
     */
    public void require() {
        try {
            tried();
        } catch (IOException refused) {
            throw new IllegalStateException("The data folder " + refusal(refused).told(), refused);
        }
    }

    /** The folder, or the one above it that is there: rights on paper say nothing about a disk that is read-only. */
    private Path tried() throws IOException {
        Path there = folder;
        while (!Files.exists(there)) {
            there = there.getParent();
        }
        if (!Files.isDirectory(there)) {
            throw new IOException(there + " is a file, not a folder");
        }
        Files.delete(Files.createTempFile(there, ".cosell-check", ""));
        return there;
    }

    private Finding refusal(IOException refused) {
        return Finding.fault(where(), what(),
                folder + " cannot be written to: " + reason(refused),
                "Give the user that runs Cosell Sync the right to write there, or name another folder in "
                        + "data.directory");
    }

    private static String reason(IOException refused) {
        if (refused instanceof AccessDeniedException) {
            return "access is denied";
        }
        return refused instanceof FileSystemException fault && fault.getReason() != null ? fault.getReason()
                : refused.getMessage();
    }

    /** @param usable bytes that are free for us */
    static Finding room(Path folder, long usable) {
        String said = folder + " has " + usable / MEBIBYTE + " MB left";
        return usable < LEAST ? Finding.fault("machine", "data folder", said, ROOM)
                : usable < COMFORTABLE ? Finding.warning("machine", "data folder", said, ROOM)
                : Finding.ok("machine", "data folder", said + " and can be written to");
    }
}
