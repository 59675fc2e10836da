package dev.cosell.page;

import dev.cosell.state.Database;
import dev.cosell.state.DatabaseTime;
import dev.cosell.text.Moment;
import dev.cosell.text.Storable;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/**
 * What assistants asked for and a person has to agree to, in the database of all instances. Nothing of it happens
 * before, and a request that nobody answered for a day is over.
 */
public final class AssistantRequests {
    private static final Duration GOOD_FOR = Duration.ofDays(1);
    private static final Duration KEPT = Duration.ofDays(30);
    private static final int MOST_WAITING = 50;
    private static final int SHOWN = 20;
    private static final int LONGEST_OUTCOME = 1000;
    /** Whoever agreed and has said nothing of it for so long has probably ended before it was done. */
    private static final Duration CARRIED_OUT_WITHIN = Duration.ofMinutes(1);
    private static final String OPEN = "(state = 'WAITING' OR state = 'AGREED' AND outcome IS NULL AND decided_at <= "
            + DatabaseTime.EARLIER + ")";
    private static final String COLUMNS = "SELECT id, action, record, crm, asked_by, asked_at, CASE WHEN NOT " + OPEN
            + " THEN state WHEN asked_at <= " + DatabaseTime.EARLIER + " THEN 'EXPIRED' ELSE 'WAITING' END AS state, "
            + "decided_by, decided_at, outcome FROM assistant_request ";
    private static final String WAITING = "WHERE " + OPEN + " AND asked_at > " + DatabaseTime.EARLIER;

    private final Database database;

    public AssistantRequests(Database database) {
        this.database = database;
    }

    /** What may be asked for. */
    public enum Action {
        RETRY, APPROVE
    }

    /**
     * @param crm     the CRM that it concerns alone; null for all
     * @param state   {@code WAITING}, {@code AGREED}, {@code DECLINED} or {@code EXPIRED}
     * @param by      who decided; null while nobody has, as {@code at}
     * @param outcome what came of it; null while nothing has
     */
    public record Request(long id, Action action, String record, String crm, String askedBy, String askedAt,
            String state, String by, String at, String outcome) {

        /** For whoever reads what needs a person. */
        public String sentence() {
            return "An assistant of " + askedBy + " asks to " + action.name().toLowerCase(Locale.ROOT) + " " + record
                    + ": agree or decline under Requests";
        }
    }

    /** A request that waits already is not made a second time. */
    public Request ask(Action action, String record, String crm, String who) {
        String where = crm == null ? "" : crm;
        database.client().sql("DELETE FROM assistant_request WHERE asked_at < " + DatabaseTime.EARLIER)
                .param(KEPT.toMillis()).update();
        List<Request> waiting = waiting();
        return waiting.stream().filter(each -> each.action() == action && each.record().equals(record)
                && where.equals(each.crm() == null ? "" : each.crm())).findFirst().orElseGet(() -> {
                    if (waiting.size() >= MOST_WAITING) {
                        throw new Refused(429, "So many requests wait for a person that no more are taken: "
                                + MOST_WAITING);
                    }
                    database.client().sql("INSERT INTO assistant_request (action, record, crm, asked_by, asked_at, "
                            + "state) VALUES (?, ?, ?, ?, CURRENT_TIMESTAMP, 'WAITING')")
                            .params(action.name(), record, where, who).update();
                    return last(action, record, where);
                });
    }

    private Request last(Action action, String record, String crm) {
        return read("WHERE action = ? AND record = ? AND crm = ? ORDER BY id DESC FETCH FIRST 1 ROWS ONLY")
                .params(action.name(), record, crm).query(AssistantRequests::request).single();
    }

    /** The oldest first. */
    public List<Request> waiting() {
        return read(WAITING + " ORDER BY id").params(CARRIED_OUT_WITHIN.toMillis(), GOOD_FOR.toMillis())
                .query(AssistantRequests::request).list();
    }

    /** Those that are over, the newest first. */
    public List<Request> decided() {
        return read("WHERE NOT " + OPEN + " ORDER BY id DESC FETCH FIRST " + SHOWN + " ROWS ONLY")
                .param(CARRIED_OUT_WITHIN.toMillis()).query(AssistantRequests::request).list();
    }

    public Optional<Request> find(long id) {
        return read("WHERE id = ?").param(id).query(AssistantRequests::request).optional();
    }

    private StatementSpec read(String where) {
        return database.client().sql(COLUMNS + where).params(CARRIED_OUT_WITHIN.toMillis(), GOOD_FOR.toMillis());
    }

    /**
     * Decides about one that waits; of several people one does. What was agreed to is done after that and in no
     * transaction of this table, because whoever takes the hint has to see what was written before it. When the process
     * ends before it is done, the request waits again a minute later.
     *
     * @param work does what was agreed to, once more if need be, and says what came of it; when it fails, the request
     *     waits again
     * @return what came of it; empty when it does not wait any more
     */
    public Optional<String> decide(long id, String state, String who, Function<Request, String> work) {
        if (database.client().sql("UPDATE assistant_request SET state = ?, decided_by = ?, "
                + "decided_at = CURRENT_TIMESTAMP " + WAITING + " AND id = ?")
                .params(state, who, CARRIED_OUT_WITHIN.toMillis(), GOOD_FOR.toMillis(), id).update() == 0) {
            return Optional.empty();
        }
        try {
            String outcome = work.apply(find(id).orElseThrow());
            // After more than a minute somebody else may have decided otherwise, but this is what happened.
            database.client().sql("UPDATE assistant_request SET state = ?, decided_by = ?, outcome = ? WHERE id = ?")
                    .params(state, who, Storable.shortened(outcome, LONGEST_OUTCOME), id).update();
            return Optional.of(outcome);
        } catch (RuntimeException failed) {
            database.client().sql("UPDATE assistant_request SET state = 'WAITING', decided_by = NULL, "
                    + "decided_at = NULL WHERE id = ? AND outcome IS NULL").param(id).update();
            throw failed;
        }
    }

    private static Request request(ResultSet row, int number) throws SQLException {
        String crm = row.getString("crm");
        String state = row.getString("state");
        boolean decided = state.equals("AGREED") || state.equals("DECLINED");
        return new Request(row.getLong("id"), Action.valueOf(row.getString("action")), row.getString("record"),
                crm.isEmpty() ? null : crm, row.getString("asked_by"), moment(row, "asked_at"), state,
                decided ? row.getString("decided_by") : null, decided ? moment(row, "decided_at") : null,
                row.getString("outcome"));
    }

    private static String moment(ResultSet row, String column) throws SQLException {
        OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : Moment.text(at.toInstant());
    }
}
