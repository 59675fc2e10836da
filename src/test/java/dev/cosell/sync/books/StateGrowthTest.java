package dev.cosell.sync.books;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.state.Database;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateGrowthTest {
    private static final int TIMES_THE_DATA = 6;

    @TempDir
    Path directory;

    /** Every deal left 25 KB and more of superseded pages, which stayed in the file as long as it was open. */
    @Test
    void theFileStaysWithinAFewTimesItsDataWithoutBeingClosed() throws Exception {
        Path file = directory.resolve("state");
        try (Database database = Database.open(Database.h2(file.toString()), null, null)) {
            StateGrowth growth = new StateGrowth(database);
            growth.create(300, 4);
            long few = Files.size(Path.of(file + ".mv.db"));
            growth.create(300, 4);
            Awaitility.await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(500)).untilAsserted(() -> {
                growth.create(1, 1);
                assertThat(Files.size(Path.of(file + ".mv.db"))).as("after %d with half the deals", few)
                        .isLessThan(TIMES_THE_DATA * data(database));
            });
            assertThat(database.client().sql("SELECT COUNT(*) FROM link WHERE state = 'LINKED'").query(Long.class)
                    .single()).isGreaterThan(600);
        }
        try (Database again = Database.open(Database.h2(file.toString()), null, null)) {
            assertThat(again.client().sql("SELECT COUNT(*) FROM audit").query(Long.class).single())
                    .isEqualTo(2 * number(again, "SELECT COUNT(*) FROM link"));
        }
    }

    /** The stored texts in bytes; every key stands in a row and in an index. */
    private static long data(Database database) {
        return number(database,
                "SELECT SUM(CHAR_LENGTH(agreed) + 4 * CHAR_LENGTH(referral_id) + 2 * CHAR_LENGTH(crm_id) + 60) FROM "
                        + "link")
                + number(database,
                        "SELECT SUM(2 * CHAR_LENGTH(referral_id) + CHAR_LENGTH(crm_id) + CHAR_LENGTH(detail) + 40) "
                                + "FROM audit");
    }

    private static long number(Database database, String sql) {
        return database.client().sql(sql).query(Long.class).single();
    }
}
