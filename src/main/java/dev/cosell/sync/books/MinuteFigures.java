package dev.cosell.sync.books;

import dev.cosell.state.Database;
import dev.cosell.text.Past;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;

/** What was synced in each minute and how much waited, for some days: one row for each minute and CRM. */
public final class MinuteFigures {
    private static final Logger LOG = LoggerFactory.getLogger(MinuteFigures.class);
    private static final Duration KEPT = Duration.ofDays(3);
    /** Entries that are looked at for the first figure; later ones go on where the last one ended. */
    private static final int FIRST_LOOK = 1_000;

    private final Database database;
    private final List<String> crms;
    private final ToIntFunction<String> backlog;
    private final Clock clock;

    /** @param backlog hints not yet done, by CRM; may throw when the queue does not answer */
    public MinuteFigures(Database database, List<String> crms, ToIntFunction<String> backlog, Clock clock) {
        this.database = database;
        this.crms = List.copyOf(crms);
        this.backlog = backlog;
        this.clock = clock;
    }

    /**
     * One minute of one CRM.
     *
     * @param changes decisions that wrote to a system
     * @param backlog hints that waited at its end; null when the queue did not answer
     */
    public record Figure(String crm, Instant minute, int changes, Integer backlog) {}

    private record Last(Instant minute, long auditId) {}

    /**
     * The last figures of a CRM.
     *
     * @param before the one before the last; null for none
     */
    private record Lately(Last last, Last before) {}

    /** For the routes: writes down the minute that has ended, unless that was done. */
    public void note() {
        Instant minute = clock.instant().truncatedTo(ChronoUnit.MINUTES).minus(1, ChronoUnit.MINUTES);
        crms.forEach(crm -> note(crm, minute, waiting(crm)));
    }

    private void note(String crm, Instant minute, Integer waiting) {
        StateFaults.classed(() -> database.inTransaction(statements -> {
            Lately lately = lately(statements, crm);
            Last last = lately.last();
            boolean ahead = last != null && Past.of(last.minute(), minute) == null;
            if (ahead) {
                // What a clock that was ahead has dated would keep the figures of those minutes out when they come.
                statements.update("DELETE FROM minute_figure WHERE crm = ? AND minute_at > ?", crm, utc(minute));
            }
            if (last == null || ahead || last.minute().isBefore(minute)) {
                if (!ahead && lately.before() != null) {
                    countAgain(statements, crm, lately);
                }
                count(statements, crm, minute, last, waiting);
            }
            return null;
        }));
    }

    private static void count(JdbcTemplate statements, String crm, Instant minute, Last last, Integer waiting) {
        Long newest = newest(statements);
        long after = last == null ? newest - FIRST_LOOK : last.auditId();
        // What was written while nobody counted belongs to the first minute that is counted again.
        Instant since = last == null ? minute : Instant.EPOCH;
        Integer changes = changes(statements, crm, after, newest, since);
        statements.update("INSERT INTO minute_figure (crm, minute_at, changes, backlog, audit_id)"
                + " VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING", crm, utc(minute), changes, waiting, newest);
    }

    /** An entry has its number before it is committed, so one of the last minute may have been seen by nobody yet. */
    private static void countAgain(JdbcTemplate statements, String crm, Lately lately) {
        statements.update("UPDATE minute_figure SET changes = ? WHERE crm = ? AND minute_at = ?",
                changes(statements, crm, lately.before().auditId(), lately.last().auditId(), Instant.EPOCH), crm,
                utc(lately.last().minute()));
    }

    /**
     * How many decisions wrote to a system since a moment, by CRM: those of the minutes that were counted, and those
     * that came since. None is left out, however many there were.
     */
    public Map<String, Integer> writes(Instant since) {
        Map<String, Integer> writes = new HashMap<>();
        List<Figure> counted = since(since);
        crms.forEach(crm -> writes.put(crm, 0));
        counted.forEach(figure -> writes.merge(figure.crm(), figure.changes(), Integer::sum));
        crms.forEach(crm -> writes.merge(crm, notCounted(crm, since, counted), Integer::sum));
        return writes;
    }

    /** The last figure is counted again with what came since, as it will be with the next one. */
    private int notCounted(String crm, Instant since, List<Figure> counted) {
        return StateFaults.classed(() -> database.inTransaction(statements -> {
            Lately lately = lately(statements, crm);
            Long newest = newest(statements);
            if (lately.before() == null) {
                Last last = lately.last();
                return changes(statements, crm, last == null ? newest - FIRST_LOOK : last.auditId(), newest, since);
            }
            int known = counted.stream().filter(each -> each.crm().equals(crm)
                    && each.minute().equals(lately.last().minute())).mapToInt(Figure::changes).sum();
            return changes(statements, crm, lately.before().auditId(), newest, since) - known;
        }));
    }

    private static Long newest(JdbcTemplate statements) {
        return statements.queryForObject("SELECT COALESCE(MAX(id), 0) FROM audit", Long.class);
    }

    private static Integer changes(JdbcTemplate statements, String crm, long after, long upTo, Instant since) {
        return statements.queryForObject("SELECT COUNT(*) FROM audit WHERE id > ? AND id <= ? AND"
                + " crm = ? AND wrote AND happened_at >= ?", Integer.class, after, upTo, crm, utc(since));
    }

    private static Lately lately(JdbcTemplate statements, String crm) {
        List<Last> newest = statements.query("SELECT minute_at, audit_id FROM minute_figure WHERE crm = ?"
                + " ORDER BY minute_at DESC FETCH FIRST 2 ROWS ONLY", (row, number) -> new Last(row.getObject(1,
                OffsetDateTime.class).toInstant(), row.getLong(2)), crm);
        return new Lately(newest.isEmpty() ? null : newest.get(0), newest.size() < 2 ? null : newest.get(1));
    }

    private Integer waiting(String crm) {
        try {
            return backlog.applyAsInt(crm);
        } catch (RuntimeException away) {
            LOG.debug("The queue did not answer", away);
            return null;
        }
    }

    /** The oldest first. */
    public List<Figure> since(Instant from) {
        return StateFaults.classed(() -> database.client().sql("SELECT crm, minute_at, changes, backlog FROM"
                + " minute_figure WHERE minute_at >= ? ORDER BY minute_at, crm").param(utc(from))
                .query((row, number) -> new Figure(row.getString(1), row.getObject(2, OffsetDateTime.class).toInstant(),
                        row.getInt(3), row.getObject(4, Integer.class))).list());
    }

    /** For the routes: deletes what is so old that nobody is shown it. */
    public void forget() {
        StateFaults.classed(() -> database.client().sql("DELETE FROM minute_figure WHERE minute_at < ?")
                .param(utc(clock.instant().minus(KEPT))).update());
    }

    private static OffsetDateTime utc(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }
}
