package dev.cosell.sync.books;

import dev.cosell.state.Database;
import dev.cosell.sync.decide.Link;
import dev.cosell.text.Storable;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/**
 * The deals that were won and may have to be registered, each until it is settled. One that was left is looked at again
 * when it has changed; until that is settled its state is REOPENED and its reason the one for which it was left.
 */
public final class WonDeals {
    private static final int AT_ONCE = 50;
    private static final int REASON_LENGTH = 4000;

    private final Database database;
    private final LinkStore links;
    private final List<String> crms;
    private final Clock clock;

    /**
     * @param links say which opportunity a deal is: the id that stands in its referral may be another CRM's, or a text
     *     of somebody's own
     * @param crms  the enabled CRMs
     */
    public WonDeals(Database database, LinkStore links, List<String> crms, Clock clock) {
        this.database = database;
        this.links = links;
        this.crms = List.copyOf(crms);
        this.clock = clock;
    }

    /**
     * Before a deal is closed as won. The last time counts, because an earlier close may have been refused and taken
     * back; what was registered or refused stays so.
     */
    public void note(String referralId) {
        OffsetDateTime now = utc(clock.instant());
        StateFaults.classed(() -> database.inTransaction(statements -> {
            statements.update("UPDATE deal_registration SET won_at = ?, state = 'OPEN', reason = NULL, "
                    + "looked_at = NULL WHERE referral_id = ? AND state IN ('OPEN', 'REOPENED', 'LEFT')", now, referralId);
            return statements.update("INSERT INTO deal_registration (referral_id, won_at, state) "
                    + "VALUES (?, ?, 'OPEN') ON CONFLICT DO NOTHING", referralId, now);
        }));
    }

    /**
     * After the deal has changed. One that was left is among the open ones again, and whoever has just looked at it may
     * have read what it was before.
     */
    public void lookAgain(String referralId) {
        StateFaults.classed(() -> database.client()
                .sql("UPDATE deal_registration SET state = CASE state WHEN 'LEFT' THEN 'REOPENED' ELSE state END, "
                        + "looked_at = NULL WHERE referral_id = ? AND state IN ('OPEN', 'REOPENED', 'LEFT')")
                .param(referralId).update());
    }

    /**
     * Those that are not settled, each as the first CRM has it that is joined with it, the one looked at longest ago
     * first; each counts as looked at now.
     */
    public List<WonDeal> open() {
        return look().stream().map(deal -> inEachCrm(deal).get(0)).toList();
    }

    /** The deal as each CRM has it in which it is joined with an opportunity; once, without one, when in none. */
    public List<WonDeal> inEachCrm(WonDeal deal) {
        List<WonDeal> joined = crms.stream().map(crm -> links.findByReferral(crm, deal.referralId()))
                .flatMap(Optional::stream).filter(Link::isJoined).map(link -> deal.in(link.crm(), link.crmId()))
                .toList();
        return joined.isEmpty() ? List.of(deal.in(crms.get(0), null)) : joined;
    }

    private List<WonDeal> look() {
        return StateFaults.classed(() -> database.inTransaction(statements -> {
            List<WonDeal> open = statements.query(
                    "SELECT referral_id, won_at, state, reason FROM deal_registration "
                            + "WHERE state IN ('OPEN', 'REOPENED') "
                            + "ORDER BY CASE WHEN looked_at IS NULL THEN 0 ELSE 1 END, looked_at FETCH FIRST " + AT_ONCE
                            + " ROWS ONLY",
                    (row, number) -> read(row));
            OffsetDateTime now = utc(clock.instant());
            statements.batchUpdate("UPDATE deal_registration SET looked_at = ? WHERE referral_id = ?",
                    open.stream().map(deal -> new Object[] {now, deal.referralId()}).toList());
            return open;
        }));
    }

    private WonDeal read(ResultSet row) throws SQLException {
        boolean reopened = "REOPENED".equals(row.getString(3));
        String reason = row.getString(4);
        return new WonDeal(crms.get(0), row.getString(1), null, row.getObject(2, OffsetDateTime.class).toInstant(),
                reopened ? null : reason, reopened ? reason : null);
    }

    /** Writes down that a registration was refused, before the seller is told: it is not tried again meanwhile. */
    public void refused(WonDeal deal, String reason) {
        StateFaults.classed(() -> database.client()
                .sql("UPDATE deal_registration SET state = 'OPEN', reason = ? "
                        + "WHERE referral_id = ? AND state IN ('OPEN', 'REOPENED')")
                .params(Storable.shortened(reason, REASON_LENGTH), deal.referralId()).update());
    }

    /** The reason for which it was left is still there: nobody is told once more. */
    public void leaveAgain(WonDeal deal) {
        StateFaults.classed(() -> database.client()
                .sql("UPDATE deal_registration SET state = 'LEFT' "
                        + "WHERE referral_id = ? AND state = 'REOPENED' AND looked_at IS NOT NULL")
                .param(deal.referralId()).update());
    }

    /**
     * Writes down how it ended, in the audit of each CRM that has the deal, too. One that has changed since it was
     * looked at is not left yet.
     *
     * @param state  REGISTERED, REFUSED or LEFT
     * @param reason one sentence
     */
    public void settle(WonDeal deal, String state, String reason) {
        Instant now = clock.instant();
        List<AuditEntry> entries = inEachCrm(deal).stream().map(each -> new AuditEntry(now, each.crm(),
                each.referralId(), each.crmId(), "DEAL_REGISTRATION", state, reason, null,
                "REGISTERED".equals(state))).toList();
        StateFaults.classed(() -> database.inTransaction(statements -> {
            int settled = statements.update("UPDATE deal_registration SET state = ?, reason = ? WHERE referral_id = ?"
                    + ("LEFT".equals(state) ? " AND looked_at IS NOT NULL" : ""), state,
                    Storable.shortened(reason, REASON_LENGTH), deal.referralId());
            if (settled > 0) {
                entries.forEach(entry -> AuditTrail.insert(statements, entry));
            }
            return null;
        }));
    }

    private static OffsetDateTime utc(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }
}
