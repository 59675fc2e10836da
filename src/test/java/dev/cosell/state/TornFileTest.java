package dev.cosell.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.sync.books.Finished;
import dev.cosell.sync.books.LinkStore;
import dev.cosell.sync.books.SeenVersions;
import dev.cosell.sync.books.Watermarks;
import dev.cosell.sync.decide.Ends;
import dev.cosell.sync.decide.Link;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The database file ends somewhere in the middle, as after a power loss: it opens as it was at an earlier moment, links
 * and positions of the same one, or it is refused with what to do.
 */
class TornFileTest {
    private static final int COMMITS = 300;

    @TempDir
    Path folder;

    private static void commit(Database database, int number) {
        new LinkStore(database, new SeenVersions(database, Clock.systemUTC()), Clock.systemUTC()).finish(
                new Finished(Link.of("crm", Ends.deal("r" + number, null, "c" + number)).at("1", "1"), null,
                List.of()));
        new Watermarks(database, Clock.systemUTC()).advance("crm", String.valueOf(number));
    }

    @Test
    void a_file_that_was_cut_off_opens_at_an_earlier_moment_or_is_refused_with_the_remedy() throws IOException {
        Path whole = folder.resolve("whole.mv.db");
        try (Database database = Database.open(Database.h2(folder.resolve("cosell").toString()), null, null)) {
            for (int number = 1; number <= COMMITS; number++) {
                commit(database, number);
            }
            Files.copy(folder.resolve("cosell.mv.db"), whole);
        }
        Random random = new Random(20261128);
        for (int time = 0; time < 20; time++) {
            Path torn = folder.resolve("torn-" + time + ".mv.db");
            Files.copy(whole, torn);
            try (RandomAccessFile file = new RandomAccessFile(torn.toFile(), "rw")) {
                file.setLength(1 + random.nextInt((int) file.length() - 1));
            }
            opensAtAnEarlierMomentOrIsRefused(folder.resolve("torn-" + time).toString());
        }
    }

    private static void opensAtAnEarlierMomentOrIsRefused(String file) {
        try (Database database = Database.open(Database.h2(file), null, null)) {
            String position = new Watermarks(database, Clock.systemUTC()).read("crm");
            int links = database.client().sql("SELECT COUNT(*) FROM link").query(Integer.class).single();
            assertThat(links).as("links, and the position " + position)
                    .isGreaterThanOrEqualTo(position == null ? 0 : Integer.parseInt(position));
        } catch (DatabaseUnavailable refused) {
            assertThat(refused).hasMessageContaining("restore a backup", "delete");
        }
    }
}
