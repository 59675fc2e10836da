package dev.cosell.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A file of the queue's journal ends somewhere in the middle, as after a power loss or on a broken disk. */
class TornJournalTest extends QueueOnDisk {
    @Test
    void a_queue_whose_journal_is_torn_opens_and_says_so_or_has_lost_nothing() throws Exception {
        for (int each = 0; each < 40; each++) {
            hints.offer(hint("record-" + each, null));
        }
        Path kept = directory.resolve("kept");
        copy(directory.resolve("journal"), kept);
        Random random = new Random(20261128);
        for (int time = 0; time < 12; time++) {
            Path torn = directory.resolve("torn-" + time);
            copy(kept, torn.resolve("journal"));
            List<Path> files = files(torn.resolve("journal"));
            Path file = files.get(random.nextInt(files.size()));
            try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
                open.setLength(random.nextInt(16 * 1024));
            }
            Broker broker = Broker.embedded(torn, CRMS.stream().map(Hints::queue).toList(), Redelivery.DEFAULT);
            try {
                int left = broker.depth(Hints.queue("salesforce"));
                assertThat(left < 40 && !broker.torn()).as("lost in silence").isFalse();
                broker.madeUpFor();
                broker.close();
                broker = Broker.embedded(torn, CRMS.stream().map(Hints::queue).toList(), Redelivery.DEFAULT);
                assertThat(broker.torn()).as("torn once more at the next start").isFalse();
                assertThat(broker.depth(Hints.queue("salesforce"))).isEqualTo(left);
            } finally {
                broker.close();
            }
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(file -> file.toString().endsWith(".amq")).sorted().toList();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        for (Path file : files(from)) {
            Files.copy(file, to.resolve(file.getFileName()));
        }
    }
}
