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
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

/** The trail of decisions by record: why a deal was synced, changed or left alone. */
public final class AuditTrail {
    private static final int KEY_LENGTH = 100;
    private static final int DETAIL_LENGTH = 40_000;
    private static final String COLUMNS =
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

    /**
     * An opportunity's entries are found by the referral it is linked with, and by its own id as long as it had none: an index for
     * ids of opportunities would cost more, with every sync, than it gives.
     *
     * @param recordId a referral id or an opportunity id
     * @return the latest entries of that record, newest first
     */
    public List<AuditEntry> last(String recordId, int count) {
        return StateFaults.classed(() -> database.client().sql("SELECT * FROM (" + ENTRIES + "WHERE referral_id = ? UNION "
                        + ENTRIES + "WHERE referral_id IS NULL AND crm_id = ? UNION "
                        + ENTRIES + "WHERE (referral_id, crm) IN (SELECT referral_id, crm FROM link WHERE crm_id = ?)) entry"
                        + " ORDER BY id DESC FETCH FIRST ? ROWS ONLY")
                .param(recordId).param(recordId).param(recordId).param(count).query((row, number) -> read(row)).list());
    }

    /** @return how many entries are gone */
    public int purge(Instant olderThan) {
        return StateFaults.classed(() -> database.client().sql("DELETE FROM audit WHERE happened_at < ?")
                .param(olderThan.atOffset(ZoneOffset.UTC)).update());
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

    private static AuditEntry read(ResultSet row) throws SQLException {
        return new AuditEntry(row.getObject("happened_at", OffsetDateTime.class).toInstant(), row.getString("crm"),
                row.getString("referral_id"), row.getString("crm_id"), row.getString("situation"),
                row.getString("action"), row.getString("detail"), row.getString("mapping_version"),
                row.getBoolean("wrote"));
    }
}
