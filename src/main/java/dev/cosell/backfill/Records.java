package dev.cosell.backfill;

import dev.cosell.state.Database;
import dev.cosell.text.Storable;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What jobs found out about each record, in our books. */
public final class Records {
    private static final int REASON = 4000;
    private static final int CAUSE = 1000;
    private static final int MOST_CAUSES = 100;
    private static final String TO_HAND = " kind IN ('CREATE', 'UPDATE', 'CLOSE', 'LEAD', 'FAULTY') ";
    private static final String OF_A_RUN = " EXISTS (SELECT 1 FROM backfill WHERE id = backfill_id"
            + " AND phase IN ('RUNNING', 'STOPPED', 'ASKING'))";
    /** Stands as the cause of records that agree and have nothing left to agree about. */
    private static final String CLOSED = "CLOSED";
    private static final String ADD = "INSERT INTO backfill_record (backfill_id, crm, record_id, kind, cause,"
            + " overwrites) VALUES (?, ?, ?, ?, ?, 0) ON CONFLICT DO NOTHING";

    private static final String NOT_SYNCED = "This CRM is not synced any more (setting crms)";

    /** Before any record was handed over. */
    private static final OffsetDateTime EARLIEST = OffsetDateTime.parse("2000-01-01T00:00:00Z");

    private final Database database;
    private final Clock clock;

    Records(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * @param kind   null for one that is still to be looked at
     * @param closed whether it agrees and is closed
     */
    record Found(String crm, String id, Kind kind, boolean closed) {
        Found(String crm, String id, Kind kind) {
            this(crm, id, kind, false);
        }
    }

    /** @param crms for how many CRMs it is handed over at once */
    record ToHand(String id, int crms) {}

    /** A record that was handed to the sync. */
    record UnderWay(String crm, String id, Instant handed) {}

    /**
     * A record of a job, for people.
     *
     * @param reason  null where there is nothing to say
     * @param outcome what the sync made of it; null before
     */
    public record Line(String crm, String id, Kind kind, String reason, int overwrites, Kind outcome) {}

    /** Records of one kind and CRM that share a reason. */
    public record Cause(String crm, Kind kind, String cause, long count) {}

    /** Keeps the records of a page and where it ended. */
    void add(Backfill job, List<Found> page, String position, boolean last) {
        database.inTransaction(statements -> {
            statements.batchUpdate(ADD, page.stream().map(each -> new Object[] {job.id(), each.crm(), each.id(),
                each.kind() == null ? null : each.kind().name(), each.closed() ? CLOSED : null}).toList());
            Jobs.page(statements, job, position, last);
            return null;
        });
    }

    List<Found> toLook(Backfill job, int most) {
        return database.client().sql("SELECT crm, record_id FROM backfill_record WHERE backfill_id = ? AND kind IS NULL"
                + " ORDER BY record_id FETCH FIRST ? ROWS ONLY").params(job.id(), most)
                .query((row, number) -> new Found(row.getString(1), row.getString(2), null)).list();
    }

    void foreseen(long job, String crm, String id, Prediction prediction) {
        String reason = prediction.reason().isEmpty() ? null : prediction.reason();
        database.client().sql("UPDATE backfill_record SET kind = ?, reason = ?, cause = ?, overwrites = ?"
                + " WHERE backfill_id = ? AND crm = ? AND record_id = ?")
                .param(prediction.kind().name()).param(Storable.shortened(reason, REASON))
                .param(prediction.closed() ? CLOSED
                        : reason == null ? null : Storable.shortened(prediction.cause(), CAUSE))
                .param(prediction.overwrites()).param(job).param(crm).param(id).update();
    }

    /** The next ones for the sync, each once, whatever CRMs it concerns. */
    List<ToHand> toHand(Backfill job, long most) {
        return database.client().sql("SELECT record_id, COUNT(*) FROM backfill_record WHERE backfill_id = ? AND"
                + TO_HAND + "AND handed_at IS NULL GROUP BY record_id ORDER BY record_id FETCH FIRST ? ROWS ONLY")
                .params(job.id(), most).query((row, number) -> new ToHand(row.getString(1), row.getInt(2))).list();
    }

    /** It is on the queue of the sync. @return for how many CRMs */
    int handed(long job, String id) {
        return database.client().sql("UPDATE backfill_record SET handed_at = ? WHERE backfill_id = ? AND record_id = ?"
                + " AND" + TO_HAND).params(now(), job, id).update();
    }

    /** The sync is done with it. */
    void done(String crm, String id, Kind outcome) {
        database.client().sql("UPDATE backfill_record SET outcome = ?, done_at = ? WHERE record_id = ? AND crm = ? AND"
                + TO_HAND + "AND done_at IS NULL AND" + OF_A_RUN)
                .params(outcome.name(), now(), id, crm).update();
    }

    /** On the queue of the sync, or at work. */
    long underWay(long job) {
        return database.client().sql("SELECT COUNT(*) FROM backfill_record WHERE backfill_id = ? AND done_at IS NULL"
                + " AND handed_at > ?").params(job, EARLIEST).query(Long.class).single();
    }

    /** CRMs for which records were handed over before that moment that the sync is not done with. */
    List<String> overdue(long job, Instant before) {
        return database.client().sql("SELECT DISTINCT crm FROM backfill_record WHERE backfill_id = ?"
                + " AND done_at IS NULL AND handed_at > ? AND handed_at <= ?")
                .params(job, EARLIEST, utc(before)).query(String.class).list();
    }

    /** Handed over before that moment, and the sync is not done with them. */
    List<UnderWay> late(long job, Instant before) {
        return database.client().sql("SELECT crm, record_id, handed_at FROM backfill_record WHERE backfill_id = ?"
                + " AND done_at IS NULL AND handed_at > ? AND handed_at <= ?")
                .params(job, EARLIEST, utc(before)).query((row, number) -> new UnderWay(row.getString(1),
                        row.getString(2), row.getObject(3, OffsetDateTime.class).toInstant())).list();
    }

    /** Whether the sync with a CRM got done with any since that moment. */
    boolean anyDoneSince(long job, String crm, Instant moment) {
        return !database.client().sql("SELECT record_id FROM backfill_record WHERE backfill_id = ? AND done_at > ?"
                + " AND crm = ? FETCH FIRST 1 ROWS ONLY").params(job, utc(moment), crm).query(String.class).list()
                .isEmpty();
    }

    /** Those of a CRM count as faulty, although the sync may still get done with them. */
    void giveUp(long job, String crm, Instant before, String reason) {
        database.client().sql("UPDATE backfill_record SET outcome = 'FAULTY', done_at = ?, reason = COALESCE(reason, ?)"
                + " WHERE backfill_id = ? AND crm = ? AND done_at IS NULL AND handed_at > ? AND handed_at <= ?")
                .params(now(), Storable.shortened(reason, REASON), job, crm, EARLIEST, utc(before)).update();
    }

    /** Those of a CRM are to be handed over once more. @return how many */
    int handAgain(long job, String crm, Instant before) {
        return database.client().sql("UPDATE backfill_record SET handed_at = NULL WHERE backfill_id = ? AND crm = ?"
                + " AND done_at IS NULL AND handed_at > ? AND handed_at <= ?")
                .params(job, crm, EARLIEST, utc(before)).update();
    }

    /** The same of every job that is not at its end. */
    void handAgain() {
        database.client().sql("UPDATE backfill_record SET handed_at = NULL WHERE done_at IS NULL AND handed_at > ? AND"
                + OF_A_RUN).params(EARLIEST).update();
    }

    /** Nothing more is done about those of other CRMs, whose sync will get done with none. */
    void leaveAllBut(Backfill job, List<String> crms) {
        List<Object> values = new ArrayList<>(List.of(NOT_SYNCED, NOT_SYNCED, now(), job.id()));
        values.addAll(crms);
        database.inTransaction(statements -> {
            Jobs.keep(statements, job, crms);
            return statements.update("UPDATE backfill_record SET kind = 'LEFT', reason = ?, cause = ?, done_at = ?"
                    + " WHERE backfill_id = ? AND done_at IS NULL AND crm NOT IN (?" + ", ?".repeat(crms.size() - 1)
                    + ")", values.toArray());
        });
    }

    /** Whether a run that somebody let go hands this record to the sync with that CRM. */
    boolean isHanded(String crm, String id) {
        return !database.client().sql("SELECT record_id FROM backfill_record WHERE record_id = ? AND crm = ? AND"
                + TO_HAND + "AND EXISTS (SELECT 1 FROM backfill WHERE id = backfill_id"
                + " AND phase IN ('RUNNING', 'STOPPED', 'ASKING', 'DONE')) FETCH FIRST 1 ROWS ONLY").params(id, crm)
                .query(String.class).list().isEmpty();
    }

    /** For each CRM. Reads those that are not handed over yet as well. */
    long handed(long job) {
        return database.client().sql("SELECT COUNT(*) FROM backfill_record WHERE backfill_id = ? AND" + TO_HAND
                + "AND handed_at > ?").params(job, EARLIEST).query(Long.class).single();
    }

    /** Reads every record of the job, those that are not handed over in an index alone. */
    Counts counts(long job) {
        Map<Kind, Long> found = new EnumMap<>(Kind.class);
        long[] toLook = new long[1];
        database.client().sql("SELECT kind, COUNT(*) FROM backfill_record WHERE backfill_id = ? GROUP BY kind")
                .param(job).query(row -> {
                    if (row.getString(1) == null) {
                        toLook[0] = row.getLong(2);
                    } else {
                        found.put(Kind.valueOf(row.getString(1)), row.getLong(2));
                    }
                });
        Map<Kind, Long> outcomes = new EnumMap<>(Kind.class);
        long[] sums = new long[4];
        database.client().sql("SELECT outcome, COUNT(*), SUM(CASE WHEN overwrites > 0 THEN 1 ELSE 0 END),"
                + " COUNT(handed_at), SUM(CASE WHEN handed_at IS NOT NULL AND done_at IS NOT NULL THEN 1 ELSE 0 END),"
                + " SUM(CASE WHEN outcome <> kind THEN 1 ELSE 0 END) FROM backfill_record WHERE backfill_id = ? AND"
                + TO_HAND + "GROUP BY outcome").param(job).query(row -> {
                    if (row.getString(1) != null) {
                        outcomes.put(Kind.valueOf(row.getString(1)), row.getLong(2));
                    }
                    for (int i = 0; i < sums.length; i++) {
                        sums[i] += row.getLong(i + 3);
                    }
                });
        return new Counts(found, toLook[0], sums[0], sums[1], sums[2], outcomes, sums[3]);
    }

    /** Those that agree and are closed. Reads all that agree. */
    long closed(long job) {
        return database.client().sql("SELECT COUNT(*) FROM backfill_record WHERE backfill_id = ? AND kind = 'EQUAL'"
                + " AND cause = ?").params(job, CLOSED).query(Long.class).single();
    }

    /** The most frequent ones first. */
    List<Cause> causes(long job) {
        return database.client().sql("SELECT crm, kind, cause, COUNT(*) AS many FROM backfill_record"
                + " WHERE backfill_id = ? AND kind IN ('FAULTY', 'LEFT') AND cause IS NOT NULL"
                + " GROUP BY crm, kind, cause ORDER BY many DESC, cause FETCH FIRST " + MOST_CAUSES + " ROWS ONLY")
                .param(job)
                .query((row, number) -> new Cause(row.getString(1), Kind.valueOf(row.getString(2)), row.getString(3),
                        row.getLong(4))).list();
    }

    /**
     * Records of a job in the order of their ids.
     *
     * @param kind  null for all that were looked at
     * @param after id and CRM of the last one of the page before, with a blank between; null for the first page
     */
    List<Line> page(long job, Kind kind, String after, int limit) {
        List<Object> values = new ArrayList<>(List.of(job));
        String where = " WHERE backfill_id = ? AND kind IS NOT NULL";
        if (kind != null) {
            where += " AND kind = ?";
            values.add(kind.name());
        }
        if (after != null) {
            String[] last = after.split(" ", 2);
            where += " AND (record_id > ? OR record_id = ? AND crm > ?)";
            values.addAll(List.of(last[0], last[0], last.length > 1 ? last[1] : ""));
        }
        values.add(limit);
        return database.client().sql("SELECT crm, record_id, kind, reason, overwrites, outcome FROM backfill_record"
                + where + " ORDER BY record_id, crm FETCH FIRST ? ROWS ONLY").params(values)
                .query((row, number) -> new Line(row.getString(1), row.getString(2), Kind.valueOf(row.getString(3)),
                        row.getString(4), row.getInt(5),
                        row.getString(6) == null ? null : Kind.valueOf(row.getString(6)))).list();
    }

    private OffsetDateTime now() {
        return utc(clock.instant());
    }

    private static OffsetDateTime utc(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }
}
