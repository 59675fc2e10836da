package dev.cosell.cluster;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The data folder of an application, and what happens to it while nobody or somebody else uses it. */
record DataFolder(Path path) {
    private static final int MOST_OF_A_JOURNAL = 64 * 1024;
    private static final int LAST_PART = 4;

    private Path database() {
        return path.resolve("cosell.mv.db");
    }

    /** One file of the queue's journal ends at a random byte. */
    void tearQueue(Random random) {
        try (Stream<Path> files = Files.list(path.resolve("queue").resolve("journal"))) {
            List<Path> journal = files.filter(file -> file.toString().endsWith(".amq")).sorted().toList();
            Path torn = journal.get(random.nextInt(journal.size()));
            cut(torn, random.nextInt(Math.max(1, (int) Math.min(Files.size(torn), MOST_OF_A_JOURNAL))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The file of the database ends at a random byte of its last quarter. */
    void tearDatabase(Random random) {
        try {
            int length = (int) Files.size(database());
            cut(database(), length - 1 - random.nextInt(length / LAST_PART));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void cut(Path path, int length) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.setLength(length);
        }
    }

    void deleteDatabase() {
        delete(database());
    }

    /** Something else writes beside it until nothing is left. */
    void fill(Consumer<String> told) {
        try (RandomAccessFile file = new RandomAccessFile(somebodyElses().toFile(), "rw")) {
            byte[] piece = new byte[64 * 1024];
            while (true) {
                file.write(piece);
            }
        } catch (IOException full) {
            told.accept("nothing is left: " + full.getMessage());
        }
    }

    /** What filled it is gone. */
    void free() {
        delete(somebodyElses());
    }

    private Path somebodyElses() {
        return path.resolveSibling("somebody-elses");
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
