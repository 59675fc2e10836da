package dev.cosell.sync.books;

import dev.cosell.state.Database;
import dev.cosell.sync.decide.Brake;
import dev.cosell.sync.decide.Direction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;

/** Which directions are stopped, and how many deals were overwritten lately; the same for all instances. */
public final class BrakeStore {
    private final Database database;
    private final Clock clock;

    public BrakeStore(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * A direction that was stopped once.
     *
     * @param stopped  since when it is stopped; null when it is not
     * @param reason   why it is, or was; null when nobody wrote it down
     * @param released when a person last released it; null for never
     */
    public record Known(String crm, Direction direction, Instant stopped, String reason, Instant released) {}

    public List<Known> all() {
        return StateFaults.classed(() -> database.client()
                .sql("SELECT crm, direction, stopped_at, reason, released_at FROM brake ORDER BY crm, direction")
                .query((row, number) -> new Known(row.getString(1), Direction.valueOf(row.getString(2)),
                        instant(row, 3), row.getString(4), instant(row, 5))).list());
    }

    /**
     * Deals of which something was overwritten, in the window up to a time, in the one around it and in the one that
     * begins with it.
     */
    public record Overwritten(int before, int around, int after) {}

    /**
     * Deals of which something was overwritten around a time, a person's release and what was before it left out.
     *
     * @param at       the time for which the deal at hand counts
     * @param released when the direction was last released; null for never
     * @param but      ids of links that are not counted; one at least
     */
    public Overwritten overwritten(String crm, Direction direction, Instant at, Instant released, Set<Long> but) {
        Instant begin = at.minus(Brake.WINDOW);
        Instant since = released != null && released.isAfter(begin) ? released : begin;
        OffsetDateTime middle = at.atOffset(ZoneOffset.UTC);
        String sql = (direction == Direction.TO_CRM
                ? "SELECT COUNT(CASE WHEN crm_overwritten_at <= ? THEN 1 END),"
                + " COUNT(CASE WHEN crm_overwritten_at BETWEEN ? AND ? THEN 1 END),"
                + " COUNT(CASE WHEN crm_overwritten_at >= ? THEN 1 END)"
                + " FROM link WHERE crm = ? AND crm_overwritten_at > ?"
                + " AND crm_overwritten_at < ? AND id NOT IN (?"
                : "SELECT COUNT(CASE WHEN referral_overwritten_at <= ? THEN 1 END),"
                + " COUNT(CASE WHEN referral_overwritten_at BETWEEN ? AND ? THEN 1 END),"
                + " COUNT(CASE WHEN referral_overwritten_at >= ? THEN 1 END)"
                + " FROM link WHERE crm = ? AND referral_overwritten_at > ?"
                + " AND referral_overwritten_at < ? AND id NOT IN (?")
                + ", ?".repeat(but.size() - 1) + ")";
        return StateFaults.classed(() -> database.client().sql(sql)
                .params(middle, at.minus(Brake.HALF_WINDOW).atOffset(ZoneOffset.UTC),
                        at.plus(Brake.HALF_WINDOW).atOffset(ZoneOffset.UTC), middle, crm,
                        since.atOffset(ZoneOffset.UTC), at.plus(Brake.WINDOW).atOffset(ZoneOffset.UTC))
                .params(List.copyOf(but)).query((row, number) -> new Overwritten(row.getInt(1), row.getInt(2),
                        row.getInt(3)))
                .single());
    }

    /**
     * How many deals of a CRM are linked and open in Partner Center, as its lists last showed them. Nothing overwrites
     * a closed one, and with the years most are. Asks for every linked deal, in indexes as far as it is closed.
     */
    public int open(String crm) {
        // What is no column of the index by referral is asked of the open ones alone: as a condition, H2 would read
        // the whole row of every link for it.
        return StateFaults.classed(() -> database.client()
                .sql("SELECT COUNT(CASE WHEN l.state = 'LINKED' AND l.record_type = 'OPPORTUNITY'"
                        + " AND l.crm_id IS NOT NULL THEN 1 END)"
                        + " FROM link l LEFT JOIN referral_index r ON r.referral_id = l.referral_id"
                        + " WHERE l.crm = ? AND l.referral_id > '' AND COALESCE(r.closed, FALSE) = FALSE").param(crm)
                .query(Integer.class).single());
    }

    /**
     * How many more were open around a time, and are closed now: what closes deals is counted among the changes, and
     * makes them no fewer.
     */
    public int closed(String crm, Instant at) {
        OffsetDateTime begin = at.minus(Brake.WINDOW).atOffset(ZoneOffset.UTC);
        OffsetDateTime end = at.plus(Brake.WINDOW).atOffset(ZoneOffset.UTC);
        // One question for each side's index: asked with OR, H2 would go through all links.
        return StateFaults.classed(() -> database.client()
                .sql("SELECT COUNT(*) FROM (SELECT referral_id FROM link WHERE crm = ? AND crm_overwritten_at > ?"
                        + " AND crm_overwritten_at < ? AND state = 'LINKED' AND record_type = 'OPPORTUNITY' UNION"
                        + " SELECT referral_id FROM link WHERE crm = ? AND referral_overwritten_at > ?"
                        + " AND referral_overwritten_at < ? AND state = 'LINKED' AND record_type = 'OPPORTUNITY') l"
                        + " JOIN referral_index r ON r.referral_id = l.referral_id WHERE r.closed")
                .params(crm, begin, end, crm, begin, end).query(Integer.class).single());
    }

    /** How many deals wait for a direction. */
    public int waiting(String crm, Direction direction) {
        return StateFaults.classed(() -> database.client()
                .sql("SELECT COUNT(*) FROM link WHERE crm = ? AND waits LIKE ?")
                .params(crm, "%" + direction.held() + "%").query(Integer.class).single());
    }

    /**
     * Those that do, the oldest link first.
     *
     * @param since which were stored later than that
     * @param after id behind which they are; 0 for the first
     */
    public List<Waiting> waiting(String crm, Direction direction, Instant since, long after, int limit) {
        // By crm = ? alone, H2 would go through all links of the CRM for each piece, and sort them.
        return StateFaults.classed(() -> database.client()
                .sql(Waiting.SELECT + "WHERE COALESCE(crm, '') = ? AND waits LIKE ? AND updated_at > ? AND id > ?"
                        + " ORDER BY id FETCH FIRST ? ROWS ONLY")
                .params(crm, "%" + direction.held() + "%", since.atOffset(ZoneOffset.UTC), after, limit)
                .query(Waiting::read).list());
    }

    /** @return whether it was not stopped before */
    public boolean stop(String crm, Direction direction, String reason, AuditEntry entry) {
        OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);
        return StateFaults.classed(() -> database.inTransaction(statements -> {
            boolean stopped = statements.update("INSERT INTO brake (crm, direction, stopped_at, reason)"
                    + " VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING", crm, direction.name(), now, reason) > 0
                    || statements.update("UPDATE brake SET stopped_at = ?, reason = ?"
                    + " WHERE crm = ? AND direction = ? AND stopped_at IS NULL", now, reason, crm,
                    direction.name()) > 0;
            if (stopped) {
                AuditTrail.insert(statements, entry);
            }
            return stopped;
        }));
    }

    /** @return whether it was stopped until now */
    public boolean release(String crm, Direction direction, AuditEntry entry) {
        return StateFaults.classed(() -> database.inTransaction(statements -> {
            boolean released = statements.update("UPDATE brake SET stopped_at = NULL, released_at = ?"
                    + " WHERE crm = ? AND direction = ? AND stopped_at IS NOT NULL",
                    clock.instant().atOffset(ZoneOffset.UTC), crm, direction.name()) > 0;
            if (released) {
                AuditTrail.insert(statements, entry);
            }
            return released;
        }));
    }

    private static Instant instant(ResultSet row, int column) throws SQLException {
        OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }

    /** Whether the database can be asked; while it cannot, another check says so. */
    public boolean isThere() {
        return database.problem().isEmpty();
    }
}
