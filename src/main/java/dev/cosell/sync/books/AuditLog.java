package dev.cosell.sync.books;

import dev.cosell.state.Database;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The decisions about all records in the order in which they were made. What it reads does not grow with the audit. */
public final class AuditLog {
    private static final String ENTRIES = "SELECT " + AuditTrail.COLUMNS + " FROM ";

    private final Database database;

    public AuditLog(Database database) {
        this.database = database;
    }

    /** @param id counts up; entries of other instances may come a little later than larger ones */
    public record Logged(long id, AuditEntry entry) {}

    /**
     * What is looked for.
     *
     * @param crm        null for any
     * @param text       part of an id, of what was done, of the detail or of what the deal is called, in any case;
     *     null for any
     * @param situations that the text means too; empty for none
     */
    public record Wanted(String crm, String text, List<String> situations) {}

    /**
     * The newest first.
     *
     * @param among how many of the newest entries are looked at
     */
    public List<Logged> newest(Wanted wanted, int among, int count) {
        List<Object> values = new ArrayList<>(List.of(among));
        String where = where(wanted, values);
        values.add(count);
        return many("(" + ENTRIES + "audit ORDER BY id DESC FETCH FIRST ? ROWS ONLY) latest" + where
                + " ORDER BY id DESC FETCH FIRST ? ROWS ONLY", values);
    }

    private static String where(Wanted wanted, List<Object> values) {
        String where = " WHERE 1 = 1";
        if (wanted.crm() != null) {
            where += " AND crm = ?";
            values.add(wanted.crm());
        }
        if (wanted.text() != null) {
            String part = Like.containing(wanted.text());
            String like = " LIKE ? ESCAPE '!'";
            where += " AND (LOWER(detail)" + like + " OR LOWER(REPLACE(action, '_', ' '))" + like
                    + " OR LOWER(referral_id)" + like
                    + " OR LOWER(crm_id)" + like
                    // One question for each id there is: asked as one, H2 would go through all links.
                    + " OR " + named("crm_id") + " OR " + named("referral_id");
            values.addAll(Collections.nCopies(6, part));
            if (!wanted.situations().isEmpty()) {
                where += " OR situation IN (?" + ", ?".repeat(wanted.situations().size() - 1) + ")";
                values.addAll(wanted.situations());
            }
            where += ")";
        }
        return where;
    }

    /** The name that is shown: that of the link of the referral, or of the CRM's record where there is none. */
    private static String named(String column) {
        return "EXISTS (SELECT 1 FROM link WHERE link.crm = latest.crm AND link." + column
                + " = COALESCE(latest.referral_id, latest.crm_id) AND LOWER(link.deal_name) LIKE ? ESCAPE '!')";
    }

    /** Entries with a larger id, the oldest first. */
    public List<Logged> after(long id, int count) {
        return many("audit WHERE id > ? ORDER BY id FETCH FIRST ? ROWS ONLY", List.of(id, count));
    }

    /** Id of the newest entry; 0 when there is none. */
    public long newestId() {
        return StateFaults.classed(() -> database.client().sql("SELECT COALESCE(MAX(id), 0) FROM audit")
                .query(Long.class).single());
    }

    private List<Logged> many(String from, List<Object> values) {
        return StateFaults.classed(() -> database.client().sql(ENTRIES + from).params(values)
                .query((row, number) -> new Logged(row.getLong("id"), AuditTrail.read(row))).list());
    }
}
