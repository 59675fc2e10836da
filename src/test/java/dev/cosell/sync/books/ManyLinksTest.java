package dev.cosell.sync.books;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.state.Database;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
    private static final String OF_SEVERAL_INSTANCES = "qrtz_";
    private static final Pattern READ = Pattern.compile("scanCount: (\\d+)");
    /** With ids of their own, because the statements name those that were given when they were recorded. */
    private static final String FILL_LINKS = "INSERT INTO link (id, crm, referral_id, engagement_id, crm_id, agreed,"
            + " state, updated_at, writes_in_window) SELECT 1000000 + n, 'crm', 'r' || n, 'e' || n, 'c' || n, '{}',"
            + " 'LINKED', TIMESTAMP WITH TIME ZONE '2026-01-01 00:00:00Z', 0 FROM SYSTEM_RANGE(1, " + LINKS
            + ") AS many(n)";
    private static final String FILL_AUDIT = "INSERT INTO audit (id, happened_at, crm, referral_id, crm_id, situation,"
            + " action, wrote) SELECT id, updated_at, crm, referral_id, crm_id, 'CHANGED', 'UPDATE', TRUE FROM link";
    /** Of the job that the statements name. */
    private static final String FILL_BACKFILL = "INSERT INTO backfill_record (backfill_id, crm, record_id, kind,"
            + " overwrites, handed_at, outcome, done_at) SELECT 2, crm, crm_id, 'CREATE', 0, updated_at, 'CREATE',"
            + " updated_at FROM link";
    private static final List<String> FILL_OTHERS = List.of(
            "INSERT INTO referral_index SELECT referral_id, engagement_id, crm, crm_id, FALSE FROM link",
            "INSERT INTO waiting_related SELECT crm, 'w' || referral_id, engagement_id, updated_at FROM link",
            "INSERT INTO part_row SELECT crm, 'p' || crm_id, crm_id FROM link",
            "INSERT INTO seen_version SELECT 's' || crm_id, updated_at FROM link",
            "INSERT INTO intent (crm, crm_id, begun_at) SELECT crm, 'i' || crm_id, updated_at FROM link",
            "INSERT INTO pushed_lead SELECT 'l' || crm_id, NULL, updated_at FROM link",
            "INSERT INTO deal_registration SELECT referral_id, crm_id, updated_at, 'REGISTERED', NULL, updated_at"
                    + " FROM link");
    /** Parts of those that may, each with who asks. */
    private static final Map<String, String> MAY = Map.ofEntries(
            entry("l.state = 'LINKED' AND l.record_type = 'OPPORTUNITY'",
                    "the brake, when many deals were overwritten; it believes the answer twenty times as long"),
            entry("GROUP BY state", "the page and the metrics; an index is counted"),
            entry("MAX(updated_at)", "the page, which believes the answer for twenty times as long as it took"),
            entry("waits LIKE",
                    "a person, when a direction was stopped or released; the looks at what a release lets go"),
            entry("waits IS NOT NULL", "the first looks at what is due after a start, a thousand links at a time; a"
                    + " person's approval; the page, which believes the answer for twenty times as long as it took"),
            entry("LOWER(deal_name) LIKE", "a person's search"),
            entry("SELECT DISTINCT referral_id, crm_id FROM audit", "a person who has somebody forgotten"),
            entry("DELETE FROM link WHERE crm = ? AND (", "a person's word that two records are one deal"),
            entry("FETCH FIRST ? ROWS ONLY) step", "the housekeeping, once a night, step by step"),
            entry("DELETE FROM seen_version", "the same, and a person who has them all forgotten"),
            entry("DELETE FROM intent WHERE begun_at", "the same"),
            entry("FROM waiting_related w JOIN link", "the same"),
            entry("DELETE FROM waiting_related WHERE waits_since", "the same"),
            entry("'OPPORTUNITY' AND state <> 'ORPHANED'", "a feed whose position the CRM has forgotten, once"),
            entry("DISTINCT record_id FROM part_row", "a feed of solutions whose position Dataverse has forgotten"),
            entry("FROM pushed_lead WHERE body IS NOT NULL", "a sweep of the marketplace's leads of some weeks"),
            entry("UPDATE pushed_lead SET body = NULL", "the housekeeping, once a night"),
            entry("SET reason = NULL WHERE reason IS NOT NULL", "the same"),
            entry("record_type = 'LEAD' AND crm_id IS NOT NULL AND agreed <> '{}'", "the same, piece by piece"),
            entry("SET deal_name = NULL, customer = NULL WHERE referral_id LIKE", "the same"),
            entry("backfill_record WHERE backfill_id = ? GROUP BY kind",
                    "people, and each phase of a backfill once; an index is read"),
            entry("GROUP BY outcome", "people as well; those that were handed to the sync"),
            entry("AND handed_at > ?", "a run, once in five seconds; an index is counted"),
            entry("SELECT record_id, COUNT(*) FROM backfill_record", "a run, once in five seconds; an index is read"),
            entry("'FAULTY', 'LEFT'", "people, whom the answer is good enough for twenty times as long as it took"),
            entry("ORDER BY record_id, crm", "a person's list of what a backfill found"));

    @Test
    void what_a_sync_a_poll_or_a_start_says_does_not_read_all_links(@TempDir Path folder) throws Exception {
        List<String> reads = new ArrayList<>();
        try (Database database = Database.open(Database.h2(folder.resolve("books").toString()), null, null);
             Connection connection = database.dataSource().getConnection()) {
            fill(connection);
            for (RecordedStatement statement : recorded()) {
                if (read(statement, connection) > FEW) {
                    reads.add(statement.sql());
                }
            }
        }
        assertThat(reads).allMatch(sql -> MAY.keySet().stream().anyMatch(sql::contains));
        assertThat(MAY.keySet()).as("no longer needed")
                .allMatch(part -> reads.stream().anyMatch(sql -> sql.contains(part)));
    }

    private static void fill(Connection connection) throws SQLException {
        List<String> fills = new ArrayList<>(List.of(FILL_LINKS, FILL_AUDIT, FILL_BACKFILL));
        fills.addAll(FILL_OTHERS);
        fills.add("ANALYZE");
        for (String fill : fills) {
            connection.createStatement().execute(fill);
        }
    }

    private static List<RecordedStatement> recorded() throws Exception {
        return RecordedStatement.read(Files.readString(Path.of("src/test/resources/db/statements/0.2.0.txt"))).stream()
                .filter(statement -> !statement.sql().contains(OF_SEVERAL_INSTANCES)).toList();
    }

    private static int read(RecordedStatement statement, Connection connection) throws SQLException {
        return READ.matcher(statement.plan(connection)).results().mapToInt(found -> Integer.parseInt(found.group(1)))
                .sum();
    }
}
