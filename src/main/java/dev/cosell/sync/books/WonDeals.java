package dev.cosell.sync.books;

import dev.cosell.state.Database;
import dev.cosell.sync.decide.Link;
import dev.cosell.text.Storable;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** The deals that were won and may have to be registered, each until it is settled. */
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
            statements.update("UPDATE deal_registration SET won_at = ?, state = 'OPEN', reason = NULL, looked_at = NULL "
                    + "WHERE referral_id = ? AND state IN ('OPEN', 'LEFT')", now, referralId);
            return statements.update("INSERT INTO deal_registration (referral_id, won_at, state) "
                    + "VALUES (?, ?, 'OPEN') ON CONFLICT DO NOTHING", referralId, now);
        }));
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
                    "SELECT referral_id, won_at, reason FROM deal_registration WHERE state = 'OPEN' "
                            + "ORDER BY CASE WHEN looked_at IS NULL THEN 0 ELSE 1 END, looked_at FETCH FIRST " + AT_ONCE
                            + " ROWS ONLY",
                    (row, number) -> new WonDeal(crms.get(0), row.getString(1), null,
                            row.getObject(2, OffsetDateTime.class).toInstant(), row.getString(3)));
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
     * Writes down how it ended, in the audit of each CRM that has the deal, too.
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
            statements.update("UPDATE deal_registration SET state = ?, reason = ? WHERE referral_id = ?", state,
                    Storable.shortened(reason, REASON_LENGTH),
                    deal.referralId());
            entries.forEach(entry -> AuditTrail.insert(statements, entry));
            return null;
        }));
    }

    private static OffsetDateTime utc(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }
}
