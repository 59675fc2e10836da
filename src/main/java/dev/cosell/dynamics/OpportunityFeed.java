package dev.cosell.dynamics;

import dev.cosell.http.Answer;
import dev.cosell.http.Request;
import dev.cosell.verbs.Changes.Change;
import dev.cosell.verbs.Changes;
import dev.cosell.verbs.Fault;
import dev.cosell.verbs.JoinedRecords;
import dev.cosell.verbs.Trouble;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.concurrent.ConcurrentSkipListSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Change tracking of the opportunities, as pages of changes. A position is a link of {@link Tracked}, behind a mark
 * while all rows are being read.
 *
 * <p>What was deleted while no position was kept, no page tells. So a read of all rows ends with the joined
 * opportunities that none of its pages showed, a page of them at a time. Which those are is in memory: a process that
 * did not read the beginning reads all rows once more.
 */
final class OpportunityFeed {
    private static final Logger LOG = LoggerFactory.getLogger("cosell.journey");

    /** Where a read stands. */
    private record Position(boolean ofAll, String told, String link) {
        private static final String ALL = "all:";

        /** @param text null at the beginning of a read of all rows */
        static Position parse(String text) {
            if (text == null) {
                return new Position(true, "", null);
            }
            int link = text.startsWith(ALL) ? text.indexOf('/') : 0;
            return link <= 0 ? new Position(false, "", text)
                    : new Position(true, text.substring(ALL.length(), link), text.substring(link));
        }

        /** @param lastTold the last one that was told of those that no page showed; empty when none was */
        static String ofAll(String lastTold, String link) {
            return ALL + lastTold + link;
        }
    }

    private final DynamicsView view;
    private final JoinedRecords joined;
    private final Tracked tracked;
    private final int pageSize;
    /**
     * Joined opportunities that no page of a read of all rows has shown; null when its beginning was not read by this
     * process.
     */
    private volatile NavigableSet<String> missing;
    /** Whether the last link that was tried was refused, though it had not expired. */
    private volatile boolean refused;
    private volatile boolean said;

    OpportunityFeed(DynamicsFields fields, DynamicsView view, JoinedRecords joined, int pageSize) {
        this.view = view;
        this.joined = joined;
        this.pageSize = pageSize;
        this.tracked = new Tracked("opportunities", fields.syncField() + "," + fields.referralIdField(), pageSize);
    }

    /** Where to go on from a position that was kept; null when it was made for other columns than today's. */
    String today(String position) {
        String link = Position.parse(position).link();
        return link == null || tracked.leadsOn(link) ? position : null;
    }

    /** @param position null for a full read */
    Request page(String position) {
        return tracked.page(Position.parse(position).link());
    }

    boolean tells(Answer answer) {
        return tracked.tells(answer);
    }

    /**
     * A position that Dataverse has forgotten gives an empty page that starts over, and so does one that it refuses,
     * with the next poll: only when a read of all rows is refused, too, the table is to blame.
     */
    Changes changes(String text, Answer answer) {
        Position position = Position.parse(text);
        boolean expired = Tracked.expired(answer);
        if (position.link() != null && (expired || Tracked.refused(answer))) {
            if (!expired) {
                note(answer);
            }
            return new Changes(List.of(), null, expired);
        }
        List<Map<String, Object>> rows = Refusals.rows(answer, "changes of opportunities");
        String next = tracked.next(answer);
        if (next == null) {
            throw new Fault.Data(Refusals.SYSTEM, Trouble.STRANGE_ANSWER,
                    "Dynamics 365 gave no delta link for opportunities: switch on change "
                            + "tracking for the opportunity table");
        }
        if (!position.ofAll()) {
            refused = false;
            missing = null;
            return new Changes(changes(rows), next, Tracked.more(answer));
        }
        if (position.link() == null) {
            missing = new ConcurrentSkipListSet<>(joined.opportunities(Refusals.SYSTEM));
        }
        return ofAll(position, rows, next, Tracked.more(answer));
    }

    private List<Change> changes(List<Map<String, Object>> rows) {
        List<Change> changes = new ArrayList<>();
        for (Map<String, Object> row : rows) {
            if (row.containsKey("reason")) {
                changes.add(new Change((String) row.get("id"), null));
            } else if (view.syncWanted(row) || view.referralId(row) != null) {
                changes.add(new Change(view.id(row), view.version(row)));
            }
        }
        return changes;
    }

    private Changes ofAll(Position position, List<Map<String, Object>> rows, String next, boolean more) {
        NavigableSet<String> left = missing;
        List<Change> changes = changes(rows);
        if (left != null) {
            rows.stream().filter(row -> !row.containsKey("reason")).map(view::id).forEach(left::remove);
        }
        if (more) {
            return new Changes(changes, Position.ofAll(position.told(), next), true);
        }
        if (left == null) {
            return new Changes(changes, null, true);
        }
        List<String> turn = left.tailSet(position.told(), false).stream().limit(pageSize).toList();
        turn.forEach(id -> changes.add(new Change(id, null)));
        boolean further = turn.size() == pageSize;
        return new Changes(changes, further ? Position.ofAll(turn.get(turn.size() - 1), next) : next, further);
    }

    private void note(Answer answer) {
        if (refused && !said) {
            said = true;
            LOG.warn("Dynamics 365 refuses the position that it gave when all opportunities were read ({} {}: {}). "
                    + "Until it takes one, all are read at every other poll; a case with Microsoft may end that",
                    answer.status(), Refusals.code(answer), answer.reason());
        }
        refused = true;
    }
}
