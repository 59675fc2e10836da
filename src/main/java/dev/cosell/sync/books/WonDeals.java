package dev.cosell.sync.books;

import dev.cosell.state.Database;
import dev.cosell.text.Storable;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;

/** The deals that were won and may have to be registered, each until it is settled. */
public final class WonDeals {
    private static final int AT_ONCE = 50;
    private static final int REASON_LENGTH = 4000;

    private final Database database;
    private final String crm;
    private final Clock clock;

    /** @param crm the CRM whose record ids stand in the referrals */
    public WonDeals(Database database, String crm, Clock clock) {
        this.database = database;
        this.crm = crm;
        this.clock = clock;
    }

    /**
     * Before a deal is closed as won. The last time counts, because an earlier close may have been refused and taken
     * back; what was registered or refused stays so.
     */
    public void note(String referralId, String crmId) {
        OffsetDateTime now = utc(clock.instant());
        StateFaults.classed(() -> database.inTransaction(statements -> {
            statements.update("UPDATE deal_registration SET won_at = ?, state = 'OPEN', reason = NULL, looked_at = NULL "
                    + "WHERE referral_id = ? AND state IN ('OPEN', 'LEFT')", now, referralId);
            return statements.update("INSERT INTO deal_registration (referral_id, crm_id, won_at, state) "
                    + "VALUES (?, ?, ?, 'OPEN') ON CONFLICT DO NOTHING", referralId, crmId, now);
        }));
    }

    /** Those that are not settled, the one looked at longest ago first; each counts as looked at now. */
    public List<WonDeal> open() {
        return StateFaults.classed(() -> database.inTransaction(statements -> {
            List<WonDeal> open = statements.query(
                    "SELECT referral_id, crm_id, won_at, reason FROM deal_registration WHERE state = 'OPEN' "
                            + "ORDER BY CASE WHEN looked_at IS NULL THEN 0 ELSE 1 END, looked_at FETCH FIRST " + AT_ONCE
                            + " ROWS ONLY",
                    (row, number) -> new WonDeal(crm, row.getString(1), row.getString(2),
                            row.getObject(3, OffsetDateTime.class).toInstant(), row.getString(4)));
            OffsetDateTime now = utc(clock.instant());
            statements.batchUpdate("UPDATE deal_registration SET looked_at = ? WHERE referral_id = ?",
                    open.stream().map(deal -> new Object[] {now, deal.referralId()}).toList());
            return open;
        }));
    }

    /** Writes down that a registration was refused, before the seller is told: it is not tried again meanwhile. */
    public void refused(WonDeal deal, String reason) {
        StateFaults.classed(() -> database.client()
                .sql("UPDATE deal_registration SET reason = ? WHERE referral_id = ? AND state = 'OPEN'")
                .params(Storable.shortened(reason, REASON_LENGTH), deal.referralId()).update());
    }

    /**
     * Writes down how it ended, in the audit too.
     *
     * @param state  REGISTERED, REFUSED or LEFT
     * @param reason one sentence
     */
    public void settle(WonDeal deal, String state, String reason) {
        Instant now = clock.instant();
        StateFaults.classed(() -> database.inTransaction(statements -> {
            statements.update("UPDATE deal_registration SET state = ?, reason = ? WHERE referral_id = ?", state,
                    Storable.shortened(reason, REASON_LENGTH),
                    deal.referralId());
            AuditTrail.insert(statements,
                    new AuditEntry(now, deal.crm(), deal.referralId(), deal.crmId(), "DEAL_REGISTRATION", state, reason,
                            null,
                            "REGISTERED".equals(state)));
            return null;
        }));
    }

    private static OffsetDateTime utc(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }
}
