package dev.cosell.sync.books;

import dev.cosell.state.Database;
import dev.cosell.text.Storable;
import dev.cosell.text.Visible;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.JdbcTemplate;

/** The trail of decisions by record: why a deal was synced, changed or left alone. */
public final class AuditTrail {
    private static final int KEY_LENGTH = 100;
    private static final int DETAIL_LENGTH = 40_000;
    /** So many entries are looked at in one transaction when old ones are deleted. */
    static final int STEP = 10_000;
    static final String COLUMNS =
            "id, happened_at, crm, referral_id, crm_id, situation, action, detail, mapping_version, wrote";

    private static final String ENTRIES = "SELECT " + COLUMNS + " FROM audit ";

    private final Database database;

    public AuditTrail(Database database) {
        this.database = database;
    }

    /** For a decision that changes nothing else in the database; otherwise it goes with {@link LinkStore#finish}. */
    public void add(AuditEntry entry) {
        StateFaults.classed(() -> database.inTransaction(statements -> insert(statements, entry)));
    }

    /** The same for several, in one transaction. */
    public void addAll(List<AuditEntry> entries) {
        StateFaults.classed(() -> database.inTransaction(statements -> {
            entries.forEach(entry -> insert(statements, entry));
            return null;
        }));
    }

    /**
     * An opportunity's entries are found by the referral it is linked with, and by its own id as long as it had none:
     * an index for ids of opportunities would cost more, with every sync, than it gives.
     *
     * @param recordId a referral id or an opportunity id
     * @return the latest entries of that record, newest first
     */
    public List<AuditEntry> last(String recordId, int count) {
        // One question for each way to be about the record: asked as one, H2 would go through all entries.
        Map<Long, AuditEntry> found = new TreeMap<>(Comparator.reverseOrder());
        entries("WHERE referral_id = ?", found, count, recordId);
        entries("WHERE referral_id IS NULL AND crm_id = ?", found, count, recordId);
        StateFaults.classed(() -> database.client()
                .sql("SELECT referral_id, crm FROM link WHERE crm_id = ? AND referral_id IS NOT NULL").param(recordId)
                .query((row, number) -> List.of(row.getString(1), row.getString(2))).list())
                .forEach(link -> entries("WHERE referral_id = ? AND crm = ?", found, count, link.get(0), link.get(1)));
        return found.values().stream().limit(count).toList();
    }

    private void entries(String where, Map<Long, AuditEntry> found, int count, Object... values) {
        List<Object> all = new ArrayList<>(List.of(values));
        all.add(count);
        StateFaults.classed(() -> database.client().sql(ENTRIES + where + " ORDER BY id DESC FETCH FIRST ? ROWS ONLY")
                .params(all)
                .query((row, number) -> found.put(row.getLong("id"), read(row))).list());
    }

    /**
     * In steps, so that what a broken off night has deleted stays deleted. There is no index of times: ids ascend with
     * them, so it ends at the first step that finds nothing old. What a clock ahead has dated waits until it is old.
     *
     * @return how many entries are gone
     */
    public int purge(Instant olderThan) {
        int purged = 0;
        long done = 0;
        long last = lastOfStep(done);
        while (last > 0) {
            int gone = purge(done, last, olderThan);
            purged += gone;
            done = last;
            last = gone == 0 ? 0 : lastOfStep(done);
        }
        return purged;
    }

    /** Id of the last entry of the step behind this one; 0 when there is none. */
    private long lastOfStep(long after) {
        return StateFaults.classed(() -> database.client()
                .sql("SELECT COALESCE(MAX(id), 0) FROM (SELECT id FROM audit WHERE id > ? ORDER BY id"
                        + " FETCH FIRST ? ROWS ONLY) step").params(after, STEP).query(Long.class).single());
    }

    private int purge(long after, long last, Instant olderThan) {
        return StateFaults.classed(() -> database.client()
                .sql("DELETE FROM audit WHERE id > ? AND id <= ? AND happened_at < ?")
                .params(after, last, olderThan.atOffset(ZoneOffset.UTC)).update());
    }

    static int insert(JdbcTemplate statements, AuditEntry entry) {
        return statements.update("INSERT INTO audit (happened_at, crm, referral_id, crm_id, situation, action, detail,"
                + " mapping_version, wrote) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", row -> bind(row, entry));
    }

    private static void bind(PreparedStatement row, AuditEntry entry) throws SQLException {
        row.setObject(1, entry.at().atOffset(ZoneOffset.UTC));
        row.setString(2, entry.crm());
        row.setString(3, Storable.shortened(entry.referralId(), KEY_LENGTH));
        row.setString(4, Storable.shortened(entry.crmId(), KEY_LENGTH));
        row.setString(5, entry.situation());
        row.setString(6, entry.action());
        row.setString(7, Storable.shortened(Visible.line(Storable.of(entry.detail())), DETAIL_LENGTH));
        row.setString(8, entry.mappingVersion());
        row.setBoolean(9, entry.wrote());
    }

    static AuditEntry read(ResultSet row) throws SQLException {
        return new AuditEntry(row.getObject("happened_at", OffsetDateTime.class).toInstant(), row.getString("crm"),
                row.getString("referral_id"), row.getString("crm_id"), row.getString("situation"),
                row.getString("action"), row.getString("detail"), row.getString("mapping_version"),
                row.getBoolean("wrote"));
    }
}
