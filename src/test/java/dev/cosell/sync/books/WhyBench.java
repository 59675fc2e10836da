package dev.cosell.sync.books;

import dev.cosell.state.Database;
import dev.cosell.state.PostgresServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.springframework.util.FileSystemUtils;

/** How long "why?" takes in a large audit. Run by hand; argument: entries, ten for each deal. */
public final class WhyBench {
    private static final int BATCH = 10_000;
    private static final int ENTRIES_OF_A_DEAL = 10;
    private static final String ENTRY = "INSERT INTO audit (happened_at, crm, referral_id, crm_id, situation, "
            + "action, detail, mapping_version, wrote)"
            + " VALUES (?, ?, ?, ?, 'CHANGED', 'UPDATE', 'Amount in Partner Center: 50000.00 → 91000.00', "
            + "'a1b2c3d4', TRUE)";

    private static final String LINK = "INSERT INTO link (crm, referral_id, crm_id, agreed, state, updated_at, "
            + "writes_in_window) VALUES (?, ?, ?, ?, 'LINKED', ?, 0)";
    private static final String AGREED = "{\"Description\":\"" + "d".repeat(1000) + "\"}";

    private WhyBench() {}

    public static void main(String[] arguments) throws Exception {
        int entries = Integer.parseInt(arguments[0]);
        Path folder = Files.createTempDirectory("cosell-why");
        try (Database h2 = Database.open(Database.h2(folder.resolve("state").toString()), null, null)) {
            measure("H2", h2, entries);
        }
        FileSystemUtils.deleteRecursively(folder.toFile());
        try (Database postgres = Database.open(PostgresServer.emptyDatabase(), null, null)) {
            measure("PostgreSQL", postgres, entries);
        }
        System.exit(0);
    }

    private static void measure(String name, Database database, int entries) {
        int deals = entries / ENTRIES_OF_A_DEAL;
        fill(database, entries, deals);
        AuditTrail trail = new AuditTrail(database);
        for (String id : List.of("referral-" + deals / 20, "opportunity-" + deals / 20, "lonely-" + deals / 20,
                "nobody")) {
            long slowest = 0;
            long first = 0;
            int found = 0;
            for (int i = 0; i < 5; i++) {
                long begin = System.nanoTime();
                // Another id each time, because H2 knows the answer to a question that was just asked.
                found = trail.last(id + (i == 0 ? "" : i), 200).size();
                long took = System.nanoTime() - begin;
                first = i == 0 ? took : first;
                slowest = Math.max(slowest, took);
            }
            System.out.printf(Locale.ROOT,
                    "%-10s %,9d entries  why %-20s %3d entries  first %7.1f ms  slowest %7.1f ms%n", name, entries, id,
                    found,
                    first / 1e6, slowest / 1e6);
        }
    }

    /** A third of the entries is about opportunities that have no referral. */
    private static void fill(Database database, int entries, int deals) {
        Timestamp at = Timestamp.from(Instant.now());
        for (int from = 0; from < entries; from += BATCH) {
            List<Object[]> rows = new ArrayList<>();
            for (int i = from; i < from + BATCH; i++) {
                int deal = i % deals;
                boolean lonely = i % 3 == 0;
                rows.add(new Object[] {at, i % 2 == 0 ? "salesforce" : "dynamics", lonely ? null : "referral-" + deal,
                        lonely ? "lonely-" + deal : "opportunity-" + deal});
            }
            database.inTransaction(statements -> statements.batchUpdate(ENTRY, rows));
        }
        for (int from = 0; from < deals; from += BATCH) {
            List<Object[]> rows = new ArrayList<>();
            for (int deal = from; deal < Math.min(deals, from + BATCH); deal++) {
                rows.add(new Object[] {deal % 2 == 0 ? "salesforce" : "dynamics", "referral-" + deal, "opportunity-"
                        + deal, AGREED, at});
            }
            database.inTransaction(statements -> statements.batchUpdate(LINK, rows));
        }
    }
}
