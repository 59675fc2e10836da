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
import java.util.ArrayList;
import java.util.List;

/**
 * What all instances have told and still have to send. The database's clock alone says what is old, and whoever changes
 * a row first is the one that tells.
 */
public final class AlertBook {
    private static final String LETTER = "INSERT INTO alert_letter (channel, kind, matter, code, title, detail, "
            + "remedy, since, made_at, attempts, due_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, CURRENT_TIMESTAMP, 0, "
            + "CURRENT_TIMESTAMP)";
    private static final int AT_ONCE = 50;
    /** Longer than any attempt to send takes; after that a letter whose sender died is anybody's. */
    private static final Duration SENDING = Duration.ofMinutes(2);

    private final Database database;

    public AlertBook(Database database) {
        this.database = database;
    }

    /** A matter that is seen now. Seen for the first time by any instance, it is written to each channel. */
    public void seen(Matter matter, List<String> channels) {
        database.transactions().executeWithoutResult(transaction -> {
            if (update("UPDATE alert_matter SET seen_at = CURRENT_TIMESTAMP WHERE matter = ?", matter.key()) == 0
                    && inserted(matter)) {
                Instant now = database.client().sql("SELECT since FROM alert_matter WHERE matter = ?")
                        .param(matter.key())
                        .query(OffsetDateTime.class).single().toInstant();
                write(Letter.Kind.BEGAN, matter, now, channels);
            }
        });
    }

    private boolean inserted(Matter matter) {
        return update(
                "INSERT INTO alert_matter (matter, code, title, detail, remedy, since, seen_at) VALUES (?, ?, ?, ?, ?, "
                        + "CURRENT_TIMESTAMP, CURRENT_TIMESTAMP)"
                        + " ON CONFLICT DO NOTHING",
                matter.key(), matter.code(), matter.title(), matter.detail(),
                matter.remedy()) > 0;
    }

    /** Matters that no instance has seen for this long are over; one of the instances writes so. */
    public void over(Duration unseen, List<String> channels) {
        String old = "seen_at < " + DatabaseTime.EARLIER;
        List<Letter> gone = database.client()
                .sql("SELECT 0 AS id, 'OVER' AS kind, matter, code, title, detail, remedy, "
                        + "since, 0 AS attempts FROM alert_matter WHERE " + old)
                .param(unseen.toMillis()).query(AlertBook::letter).list();
        gone.forEach(letter -> database.transactions().executeWithoutResult(transaction -> {
            if (update("DELETE FROM alert_matter WHERE matter = ? AND " + old, letter.matter().key(),
                    unseen.toMillis()) > 0) {
                write(Letter.Kind.OVER, letter.matter(), letter.since(), channels);
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
        channels.stream().filter(channel -> !matter.key().equals(Channels.matter(channel)))
                .forEach(channel -> update(LETTER, channel, kind.name(),
                        matter.key(), matter.code(), matter.title(), matter.detail(), matter.remedy(),
                        since.atOffset(ZoneOffset.UTC)));
    }

    /** The letters of a channel that are to be sent now; nobody else gets them for a while. */
    public List<Letter> take(String channel) {
        List<Letter> due = database.client()
                .sql("SELECT id, kind, matter, code, title, detail, remedy, since, attempts "
                        + "FROM alert_letter WHERE channel = ?"
                        + " AND due_at <= CURRENT_TIMESTAMP ORDER BY id FETCH FIRST " + AT_ONCE + " ROWS ONLY")
                .param(channel)
                .query(AlertBook::letter).list();
        List<Letter> taken = new ArrayList<>();
        for (Letter letter : due) {
            if (update("UPDATE alert_letter SET attempts = attempts + 1, due_at = " + DatabaseTime.LATER
                    + " WHERE id = ? AND attempts = ?",
                    SENDING.toMillis(), letter.id(), letter.attempts()) > 0) {
                taken.add(new Letter(letter.id(), letter.kind(), letter.matter(), letter.since(), letter.attempts()
                        + 1));
            }
        }
        return taken;
    }

    public void sent(List<Letter> letters) {
        letters.forEach(letter -> update("DELETE FROM alert_letter WHERE id = ?", letter.id()));
    }

    /** They are sent again after this time. */
    public void failed(List<Letter> letters, Duration pause) {
        letters.forEach(letter -> update("UPDATE alert_letter SET due_at = " + DatabaseTime.LATER + " WHERE id = ?",
                pause.toMillis(), letter.id()));
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

    private static Letter letter(ResultSet row, int number) throws SQLException {
        return new Letter(row.getLong("id"), Letter.Kind.valueOf(row.getString("kind")),
                new Matter(row.getString("matter"), row.getString("code"), row.getString("title"),
                row.getString("detail"), row.getString("remedy")), row.getObject("since", OffsetDateTime.class)
                .toInstant(), row.getInt("attempts"));
    }
}
