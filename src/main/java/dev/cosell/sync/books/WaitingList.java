package dev.cosell.sync.books;

import dev.cosell.state.Database;
import dev.cosell.sync.decide.Direction;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** What of all that waits people are told: how much it is, and the first of it. Reads alone. */
public final class WaitingList {
    /** In the text of what a link waits for, moves that a brake holds are among the moves. */
    private static final String MOVES = times("\"what\":") + " - " + times(Direction.BY_THE_BRAKE);
    /** The others have a time at which they go. */
    private static final String APPROVALS = MOVES + " - " + times("\"until\":");
    private static final String WARNED = times("\"state\":\"TOLD\"");

    private final Database database;

    public WaitingList(Database database) {
        this.database = database;
    }

    /** How often a part is in what a link waits for. */
    private static String times(String part) {
        return "(LENGTH(waits) - LENGTH(REPLACE(waits, '" + part + "', ''))) / " + part.length();
    }

    /**
     * @param moves     that wait, those aside that a brake holds
     * @param approvals those of them that wait for approval, and not for a time
     * @param deadlines that were warned of and are not met yet
     */
    public record Counts(int moves, int approvals, int deadlines) {}

    /** Of the links of these CRMs. Goes through all of them. */
    public Counts counts(Collection<String> crms) {
        return StateFaults.classed(() -> database.client()
                .sql("SELECT COALESCE(SUM(" + MOVES + "), 0), COALESCE(SUM(" + APPROVALS + "), 0), COALESCE(SUM("
                        + WARNED + "), 0) FROM link " + where(crms))
                .params(List.copyOf(crms))
                .query((row, number) -> new Counts(row.getInt(1), row.getInt(2), row.getInt(3))).single());
    }

    /** The first links that have moves. */
    public List<Waiting> withMoves(Collection<String> crms, int limit) {
        return first(MOVES, crms, limit);
    }

    /** The first links that have moves which wait for approval. */
    public List<Waiting> withApprovals(Collection<String> crms, int limit) {
        return first(APPROVALS, crms, limit);
    }

    /** The first links with deadlines of which people were warned. */
    public List<Waiting> withDeadlines(Collection<String> crms, int limit) {
        return first(WARNED, crms, limit);
    }

    private List<Waiting> first(String figure, Collection<String> crms, int limit) {
        List<Object> values = new ArrayList<>(crms);
        values.add(limit);
        return StateFaults.classed(() -> database.client()
                .sql(Waiting.SELECT + where(crms) + " AND " + figure + " > 0 ORDER BY id FETCH FIRST ? ROWS ONLY")
                .params(values).query(Waiting::read).list());
    }

    /** By crm IN alone, H2 would go through all links of the CRMs in the order of an index, and sort them. */
    private static String where(Collection<String> crms) {
        return "WHERE waits IS NOT NULL AND COALESCE(crm, '') IN (?" + ", ?".repeat(crms.size() - 1) + ")";
    }
}
