package dev.cosell.check.machine;

import dev.cosell.check.Check;
import dev.cosell.check.Finding;
import java.io.IOException;
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
        Path there = folder;
        while (!Files.exists(there)) {
            there = there.getParent();
        }
        try {
            if (!Files.isDirectory(there)) {
                throw new IOException(there + " is a file, not a folder");
            }
            // Rights on paper say nothing about disks that are mounted read-only, so a file is tried.
            Files.delete(Files.createTempFile(there, ".cosell-check", ""));
            return List.of(room(folder, Files.getFileStore(there).getUsableSpace()));
        } catch (IOException refused) {
            return List.of(Finding.fault(where(), what(),
                    folder + " cannot be written to: " + refused.getClass().getSimpleName() + " "
                            + refused.getMessage(),
                    "Give the user that runs Cosell Sync the right to write there, or name another folder in "
                            + "data.directory"));
        }
    }

    /** @param usable bytes that are free for us */
    static Finding room(Path folder, long usable) {
        String said = folder + " has " + usable / MEBIBYTE + " MB left";
        return usable < LEAST ? Finding.fault("machine", "data folder", said, ROOM)
                : usable < COMFORTABLE ? Finding.warning("machine", "data folder", said, ROOM)
                : Finding.ok("machine", "data folder", said + " and can be written to");
    }
}
