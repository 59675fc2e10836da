package dev.cosell.sync.books;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.state.Database;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * H2 tells how many rows a statement read. What a sync, a poll or a start says must not read more of them because more
 * deals are linked.
 */
class ManyLinksTest {
    private static final int LINKS = 1000;
    private static final int FEW = 100;
    private static final Pattern READ = Pattern.compile("scanCount: (\\d+)");
    private static final String FILL_LINKS = "INSERT INTO link (crm, referral_id, engagement_id, crm_id, agreed, state,"
            + " updated_at, writes_in_window) SELECT 'crm', 'r' || n, 'e' || n, 'c' || n, '{}', 'LINKED',"
            + " TIMESTAMP WITH TIME ZONE '2026-01-01 00:00:00Z', 0 FROM SYSTEM_RANGE(1, " + LINKS + ") AS many(n)";
    private static final String FILL_AUDIT = "INSERT INTO audit (happened_at, crm, referral_id, crm_id, situation,"
            + " action, wrote) SELECT updated_at, crm, referral_id, crm_id, 'CHANGED', 'UPDATE', TRUE FROM link";
    /** Whole lists and counts that a person asks for, and what is done once a day, once a start or never again. */
    private static final List<String> MAY = List.of(
    );

    @Test
    void what_a_sync_a_poll_or_a_start_says_does_not_read_all_links(@TempDir Path folder) throws Exception {
        List<String> reads = new ArrayList<>();
        try (Database database = Database.open(Database.h2(folder.resolve("books").toString()), null, null);
             Connection connection = database.dataSource().getConnection()) {
            for (String fill : List.of(FILL_LINKS, FILL_AUDIT, "ANALYZE")) {
                connection.createStatement().execute(fill);
            }
            for (RecordedStatement statement : recorded()) {
                int rows = read(statement, connection);
                if (rows > FEW && MAY.stream().noneMatch(statement.sql()::startsWith)) {
                    reads.add(rows + ": " + statement.sql());
                }
            }
        }
        assertThat(reads).isEmpty();
    }

    private static List<RecordedStatement> recorded() throws Exception {
        return RecordedStatement.read(Files.readString(Path.of("src/test/resources/db/statements/0.1.0.txt")));
    }

    private static int read(RecordedStatement statement, Connection connection) throws SQLException {
        return READ.matcher(statement.plan(connection)).results().mapToInt(found -> Integer.parseInt(found.group(1)))
                .sum();
    }
}
