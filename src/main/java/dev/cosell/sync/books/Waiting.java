package dev.cosell.sync.books;

import dev.cosell.sync.decide.Ends;
import dev.cosell.sync.decide.RecordType;
import dev.cosell.sync.decide.Waits;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;

/** What a link waits for. Very many may wait, so the values on which its records agree are not in it. */
public record Waiting(long id, String crm, Ends ends, Waits waits, Instant updatedAt) {
    static final String SELECT = "SELECT id, crm, referral_id, engagement_id, crm_id, record_type, waits, approved_at,"
            + " updated_at FROM link ";

    static Waiting read(ResultSet row, int number) throws SQLException {
        return new Waiting(row.getLong(1), row.getString(2),
                new Ends(row.getString(3), row.getString(4), row.getString(5), RecordType.valueOf(row.getString(6))),
                WaitsText.waits(row.getString(7), instant(row, 8)), instant(row, 9));
    }

    private static Instant instant(ResultSet row, int column) throws SQLException {
        OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }

    public String referralId() {
        return ends.referralId();
    }

    public String engagementId() {
        return ends.engagementId();
    }

    public String crmId() {
        return ends.crmId();
    }
}
