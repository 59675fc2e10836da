package dev.cosell.queue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of the queue's journal. They have one length from the beginning; Artemis reads a shorter one to its end and
 * says nothing.
 *
 * @param bytes of each
 */
record JournalFiles(Path folder, int bytes) {
    private static final Logger LOG = LoggerFactory.getLogger(JournalFiles.class);

    /** Whether one was cut off. */
    boolean areShort() throws IOException {
        return Files.isDirectory(folder) && !shortOnes().isEmpty();
    }

    private List<Path> shortOnes() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".amq"))
                    .filter(file -> file.toFile().length() != bytes).toList();
        }
    }

    /**
     * Artemis keeps a short file, so that each start to come would find it again. It skips what it is filled with here,
     * as it does behind the last record of any file.
     */
    void fill() {
        try {
            for (Path file : shortOnes()) {
                try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                    channel.write(ByteBuffer.allocate(1), bytes - 1);
                }
            }
        } catch (IOException fault) {
            LOG.warn("A file of the queue's journal stays short, so the next start reads everything once more: {}",
                    fault.toString());
        }
    }
}
