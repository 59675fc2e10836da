package dev.cosell.alerts;

import dev.cosell.state.Database;
import dev.cosell.state.DatabaseTime;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import org.springframework.transaction.TransactionStatus;

/**
 * What all instances have told and still have to send. The database's clock alone says what is old, and whoever changes
 * a row first is the one that tells.
 */
public final class AlertBook {
    private static final String LETTER = "INSERT INTO alert_letter (channel, kind, matter, code, title, detail, "
            + "remedy, since, made_at, attempts, due_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, CURRENT_TIMESTAMP, 0, "
            + "CURRENT_TIMESTAMP)";
    private static final String OPEN = "SELECT matter, code, title, detail, remedy, since, told FROM alert_matter";
    private static final String UNSEEN = "seen_at < " + DatabaseTime.EARLIER;
    private static final String WAITING = "SELECT id, kind, matter, code, title, detail, remedy, since, attempts "
            + "FROM alert_letter";
    private static final int AT_ONCE = 50;
    /** Longer than any attempt to send takes; after that a letter whose sender died is anybody's. */
    private static final Duration SENDING = Duration.ofMinutes(2);

    private final Database database;

    /** @param told the channels that know of it, one a line; null when the release before has told it */
    private record Open(Matter matter, Instant since, String told) {
        private List<String> channels() {
            return told == null ? List.of() : told.lines().toList();
        }

        private String toldWith(List<String> more) {
            TreeSet<String> all = new TreeSet<>(channels());
            all.addAll(more);
            return lines(all);
        }
    }

    public AlertBook(Database database) {
        this.database = database;
    }

    private static String lines(Iterable<String> channels) {
        return String.join("\n", channels);
    }

    /** A matter that is seen now. */
    public void seen(Matter matter) {
        if (update("UPDATE alert_matter SET seen_at = CURRENT_TIMESTAMP WHERE matter = ?", matter.key()) == 0) {
            update("INSERT INTO alert_matter (matter, code, title, detail, remedy, told, since, seen_at)"
                    + " VALUES (?, ?, ?, ?, ?, '', CURRENT_TIMESTAMP, CURRENT_TIMESTAMP) ON CONFLICT DO NOTHING",
                    matter.key(), matter.code(), matter.title(), matter.detail(), matter.remedy());
        }
    }

    /**
     * Writes that what is open began to each of these channels that does not know it yet.
     *
     * @param unseen a matter that no instance has seen for this long is open no more
     */
    public void tell(List<String> channels, Duration unseen) {
        // The release before has written to every channel that it has, and noted none.
        update("UPDATE alert_matter SET told = ? WHERE told IS NULL", lines(channels));
        database.client().sql(OPEN + " WHERE told <> ? AND NOT " + UNSEEN + " ORDER BY since")
                .params(lines(channels), unseen.toMillis()).query(AlertBook::openMatter).list()
                .forEach(matter -> tell(matter, channels));
    }

    private void tell(Open open, List<String> channels) {
        List<String> unaware = channels.stream().filter(channel -> !open.channels().contains(channel)).toList();
        if (unaware.isEmpty()) {
            return;
        }
        database.transactions().executeWithoutResult(transaction -> {
            if (update("UPDATE alert_matter SET told = ? WHERE matter = ? AND told = ?", open.toldWith(unaware),
                    open.matter().key(), open.told()) > 0) {
                write(Letter.Kind.BEGAN, open.matter(), open.since(), unaware);
            }
        });
    }

    /** Matters that no instance has seen for this long are over; one of the instances writes so to whoever knows. */
    public void over(Duration unseen) {
        database.client().sql(OPEN + " WHERE " + UNSEEN).param(unseen.toMillis()).query(AlertBook::openMatter).list()
                .forEach(gone -> database.transactions().executeWithoutResult(transaction -> {
                    if (update("DELETE FROM alert_matter WHERE matter = ? AND " + UNSEEN, gone.matter().key(),
                            unseen.toMillis()) > 0) {
                        write(Letter.Kind.OVER, gone.matter(), gone.since(), gone.channels());
                    }
                }));
    }

    /** Titles of what needs a person now. */
    public List<String> open() {
        return database.client().sql("SELECT title FROM alert_matter ORDER BY since").query(String.class).list();
    }

    /** Writes the digest of a day, unless one of the instances has. */
    public void digest(LocalDate day, Matter digest, List<String> channels) {
        database.transactions().executeWithoutResult(transaction -> {
            if (update("INSERT INTO alert_digest (day_told) VALUES (?) ON CONFLICT DO NOTHING", day) > 0) {
                update("DELETE FROM alert_digest WHERE day_told < ?", day.minusDays(7));
                write(Letter.Kind.DIGEST, digest, Instant.EPOCH, channels);
            }
        });
    }

    private void write(Letter.Kind kind, Matter matter, Instant since, List<String> channels) {
        // This one waits for what is still to be sent of its matter, so that is tried now; not what is being sent.
        update("UPDATE alert_letter SET due_at = CURRENT_TIMESTAMP WHERE due_at > " + DatabaseTime.LATER
                + " AND batch IN (SELECT batch FROM alert_letter WHERE matter = ?)", SENDING.toMillis(), matter.key());
        channels.stream().filter(channel -> !matter.key().equals(Channels.matter(channel)))
                .forEach(channel -> update(LETTER, channel, kind.name(),
                        matter.key(), matter.code(), matter.title(), matter.detail(), matter.remedy(),
                        since.atOffset(ZoneOffset.UTC)));
    }

    /** What of a channel is to be sent now; nobody else gets it for a while. What was tried before comes first. */
    public Batch take(String channel) {
        return database.transactions().execute(transaction -> {
            Batch tried = tried(channel);
            return tried.letters().isEmpty() ? fresh(channel, transaction) : tried;
        });
    }

    /** Whole, because whoever has got it already knows it by its id. */
    private Batch tried(String channel) {
        return database.client().sql("SELECT batch FROM alert_letter WHERE channel = ? AND batch IS NOT NULL"
                + " GROUP BY batch HAVING MAX(due_at) <= CURRENT_TIMESTAMP ORDER BY MIN(id) FETCH FIRST 1 ROW ONLY")
                .param(channel).query(String.class).optional()
                .filter(batch -> update("UPDATE alert_letter SET attempts = attempts + 1, due_at = "
                        + DatabaseTime.LATER + " WHERE batch = ? AND due_at <= CURRENT_TIMESTAMP",
                        SENDING.toMillis(), batch) > 0)
                .map(batch -> new Batch(batch, database.client().sql(WAITING + " WHERE batch = ? ORDER BY id")
                        .param(batch).query(AlertBook::letter).list()))
                .orElse(Batch.NOTHING);
    }

    /** Of each matter in order: who hears that it is over before it began takes it for open ever after. */
    private Batch fresh(String channel, TransactionStatus transaction) {
        List<Letter> letters = database.client().sql(WAITING + " WHERE channel = ? AND batch IS NULL"
                + " AND due_at <= CURRENT_TIMESTAMP AND NOT EXISTS (SELECT 1 FROM alert_letter earlier"
                + " WHERE earlier.channel = alert_letter.channel AND earlier.matter = alert_letter.matter"
                + " AND earlier.id < alert_letter.id"
                + " AND (earlier.batch IS NOT NULL OR earlier.due_at > CURRENT_TIMESTAMP))"
                + " ORDER BY id FETCH FIRST " + AT_ONCE + " ROWS ONLY").param(channel).query(AlertBook::letter).list();
        String batch = UUID.randomUUID().toString();
        boolean allOurs = letters.stream().allMatch(letter -> update("UPDATE alert_letter SET batch = ?, attempts ="
                + " attempts + 1, due_at = " + DatabaseTime.LATER + " WHERE id = ? AND attempts = ?"
                + " AND batch IS NULL", batch, SENDING.toMillis(), letter.id(), letter.attempts()) > 0);
        if (!allOurs) {
            // Another instance has the first of them, and a later one may be about the same matter.
            transaction.setRollbackOnly();
            return Batch.NOTHING;
        }
        return new Batch(batch, letters.stream().map(Letter::triedOnceMore).toList());
    }

    public void sent(Batch batch) {
        update("DELETE FROM alert_letter WHERE batch = ?", batch.id());
    }

    /** It is sent again after this time. */
    public void failed(Batch batch, Duration pause) {
        update("UPDATE alert_letter SET due_at = " + DatabaseTime.LATER + " WHERE batch = ?", pause.toMillis(),
                batch.id());
    }

    /** Whether a letter of a channel was tried and is not sent: it waits for its next turn, or is being sent. */
    public boolean triesAgain(String channel) {
        return database.client().sql("SELECT COUNT(*) FROM alert_letter WHERE channel = ? AND attempts > 0")
                .param(channel).query(Long.class).single() > 0;
    }

    /** Forgets letters that could not be sent for this long, but for those of matters that are still open. */
    public int forget(Duration age) {
        return update("DELETE FROM alert_letter WHERE made_at < " + DatabaseTime.EARLIER
                + " AND NOT (kind = 'BEGAN' AND EXISTS (SELECT 1 FROM alert_matter WHERE alert_matter.matter ="
                + " alert_letter.matter AND alert_matter.since = alert_letter.since))", age.toMillis());
    }

    private int update(String sql, Object... values) {
        return database.client().sql(sql).params(values).update();
    }

    private static Open openMatter(ResultSet row, int number) throws SQLException {
        return new Open(matter(row), since(row), row.getString("told"));
    }

    private static Letter letter(ResultSet row, int number) throws SQLException {
        return new Letter(row.getLong("id"), Letter.Kind.valueOf(row.getString("kind")), matter(row), since(row),
                row.getInt("attempts"));
    }

    private static Matter matter(ResultSet row) throws SQLException {
        return new Matter(row.getString("matter"), row.getString("code"), row.getString("title"),
                row.getString("detail"), row.getString("remedy"));
    }

    private static Instant since(ResultSet row) throws SQLException {
        return row.getObject("since", OffsetDateTime.class).toInstant();
    }
}
