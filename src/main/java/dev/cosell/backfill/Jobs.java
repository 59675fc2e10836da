package dev.cosell.backfill;

import dev.cosell.backfill.Backfill.Phase;
import dev.cosell.state.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.JdbcTemplate;

/** The jobs in our books; one is at work at a time. */
final class Jobs {
    private static final String READ = "SELECT id, source, since_at, condition, dry_run, phase, reason, position, "
            + "pages,"
            + " listed, allowed, asked_by, begun_at, counted_at, ended_at, crms FROM backfill ";
    private static final String AT_WORK = "phase IN ('COUNTING', 'RUNNING')";
    /** Of older jobs the counts of each record are forgotten. */
    private static final int KEPT = 3;
    private static final String COMMA = ",";

    private final Database database;
    private final Clock clock;

    Jobs(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    Optional<Backfill> atWork() {
        return one("WHERE " + AT_WORK + " ORDER BY id FETCH FIRST 1 ROWS ONLY");
    }

    Optional<Backfill> last() {
        return one("ORDER BY id DESC FETCH FIRST 1 ROWS ONLY");
    }

    Optional<Backfill> find(long id) {
        return one("WHERE id = ?", id);
    }

    /** Whether what it found out about each record may be forgotten, or another job of its system found out more. */
    boolean isOutdated(Backfill job) {
        List<String> newer = database.client()
                .sql("SELECT source FROM backfill WHERE id > ? ORDER BY id FETCH FIRST " + KEPT + " ROWS ONLY")
                .param(job.id()).query(String.class).list();
        return newer.size() >= KEPT || newer.contains(job.source());
    }

    private Optional<Backfill> one(String where, Object... values) {
        return database.client().sql(READ + where).params(List.of(values)).query(Jobs::read).optional();
    }

    /**
     * Begins one; those that waited for somebody wait no more. Empty when another one is at work.
     *
     * @param crms for which its records are counted
     */
    Optional<Backfill> begin(String source, Instant since, String where, boolean dryRun, String who,
            List<String> crms) {
        boolean begun = database.inTransaction(statements -> {
            if (!isFree(statements)) {
                return false;
            }
            statements.update("UPDATE backfill SET phase = 'STOPPED', reason = 'Another one was begun', ended_at = ?"
                    + " WHERE phase = 'ASKING'", now());
            statements.update("INSERT INTO backfill (source, since_at, condition, dry_run, phase, pages, listed,"
                    + " asked_by, begun_at, crms) VALUES (?, ?, ?, ?, 'COUNTING', 0, FALSE, ?, ?, ?)",
                    source, utc(since), where, dryRun, who, now(), String.join(COMMA, crms));
            forgetOld(statements);
            return true;
        });
        return begun ? last() : Optional.empty();
    }

    /** Another phase in which it is at work, if it is still in the one it was read in and none is at work. */
    boolean moveToWork(Backfill job, Phase to, String reason, Long allowed) {
        return database.inTransaction(statements -> isFree(statements) && move(job, to, reason, allowed));
    }

    /**
     * Whether no job is at work. None begins until the transaction ends: whoever asks holds a row that is always there,
     * for neither of two that ask at once would see the other's job.
     */
    private static boolean isFree(JdbcTemplate statements) {
        statements.queryForList("SELECT state FROM first_sync ORDER BY crm, source FETCH FIRST 1 ROWS ONLY FOR UPDATE",
                String.class);
        return statements.queryForObject("SELECT COUNT(*) FROM backfill WHERE " + AT_WORK, Long.class) == 0;
    }

    private static void forgetOld(JdbcTemplate statements) {
        statements
                .update("DELETE FROM backfill_record WHERE backfill_id < (SELECT MIN(id) FROM (SELECT id FROM backfill"
                        + " ORDER BY id DESC FETCH FIRST " + KEPT + " ROWS ONLY) AS kept)");
    }

    /** Another phase, if it is still in the one it was read in. */
    boolean move(Backfill job, Phase to, String reason, Long allowed) {
        boolean counted = job.phase() == Phase.COUNTING && job.listed() && to != Phase.STOPPED && to != Phase.FAILED;
        boolean ends = to != Phase.COUNTING && to != Phase.RUNNING && to != Phase.ASKING;
        return database.client().sql("UPDATE backfill SET phase = ?, reason = ?, allowed = ?, counted_at ="
                + " COALESCE(?, counted_at), ended_at = ? WHERE id = ? AND phase = ?")
                .param(to.name()).param(reason).param(allowed).param(counted ? now() : null)
                .param(ends ? now() : null).param(job.id()).param(job.phase().name()).update() > 0;
    }

    /** A page was read; as part of the transaction that keeps its records. */
    static void page(JdbcTemplate statements, Backfill job, String position, boolean last) {
        statements.update("UPDATE backfill SET position = ?, pages = pages + 1, listed = ? WHERE id = ?", position,
                last, job.id());
    }

    /** Nothing more is done about records of other CRMs; as part of the transaction that leaves them. */
    static void keep(JdbcTemplate statements, Backfill job, List<String> crms) {
        statements.update("UPDATE backfill SET crms = ? WHERE id = ?",
                job.crms().stream().filter(crms::contains).collect(Collectors.joining(COMMA)), job.id());
    }

    private OffsetDateTime now() {
        return utc(clock.instant());
    }

    private static OffsetDateTime utc(Instant at) {
        return at == null ? null : at.atOffset(ZoneOffset.UTC);
    }

    private static Backfill read(ResultSet row, int number) throws SQLException {
        long allowed = row.getLong(11);
        Long most = row.wasNull() ? null : allowed;
        return new Backfill(row.getLong(1), row.getString(2), instant(row, 3), row.getString(4), row.getBoolean(5),
                Phase.valueOf(row.getString(6)), row.getString(7), row.getString(8), row.getLong(9),
                row.getBoolean(10), most, row.getString(12), instant(row, 13), instant(row, 14), instant(row, 15),
                crms(row.getString(16)));
    }

    /** None where a build before the column began it. */
    private static List<String> crms(String joined) {
        return joined == null || joined.isEmpty() ? List.of() : List.of(joined.split(COMMA));
    }

    private static Instant instant(ResultSet row, int column) throws SQLException {
        OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }
}
