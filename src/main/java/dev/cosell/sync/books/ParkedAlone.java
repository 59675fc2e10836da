package dev.cosell.sync.books;

import java.time.Instant;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.JdbcTemplate;

/** An opportunity that is parked without a referral of its own: what others say of it may have been the reason. */
final class ParkedAlone {
    private ParkedAlone() {}

    /** Has it looked at as soon as pairs that are due are; one that is not parked so stays as it is. */
    static void lookAgain(JdbcTemplate statements, String crm, String crmId, Instant now) {
        statements.update("UPDATE link SET due_at = ? WHERE crm = ? AND crm_id = ? AND referral_id IS NULL"
                + " AND state = 'PARKED'", now.atOffset(ZoneOffset.UTC), crm, crmId);
    }
}
