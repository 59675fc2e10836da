package dev.cosell.dynamics;

import dev.cosell.http.Answer;
import dev.cosell.http.Request;
import dev.cosell.verbs.Changes.Change;
import dev.cosell.verbs.Changes;
import dev.cosell.verbs.PartRows;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Change tracking of the solution rows: adding, editing or deleting one leaves its opportunity as it was. A deleted row
 * is reported by its id alone, so it is kept in mind which opportunity each row hangs on.
 *
 * <p>A position is a link of {@link Tracked}, behind a mark while all rows are being read. The very first read of all
 * rows reports nothing, because the opportunities are all looked at then; one that became necessary because Dataverse
 * forgot the position, or because the settings name another table or lookup, reports every opportunity that has, or
 * had, rows: page by page those that have some, which may have been edited, and at the end the others.
 */
final class SolutionFeed {
    private static final Logger LOG = LoggerFactory.getLogger("cosell.journey");
    private static final String FIRST = "first:";
    private static final String AGAIN = "again:";
    private static final String ANEW = "anew:";

    private static final Duration PAUSE = Duration.ofHours(1);

    private final DynamicsFields fields;
    private final PartRows rows;
    private final Tracked tracked;
    private final Clock clock;
    /** When the table turned out to be none whose changes are tracked; null when it did not. */
    private volatile Instant untracked;
    /** What a read of all rows has reported; null when its beginning was not read by this process. */
    private volatile Set<String> reported;

    SolutionFeed(DynamicsFields fields, PartRows rows, int pageSize, Clock clock) {
        this.clock = clock;
        this.fields = fields;
        this.rows = rows;
        this.tracked = new Tracked(fields.solutionSet(), fields.solutionOpportunityValue(), pageSize);
    }

    /** Whether it is worth asking: of a table that turned out to be none whose changes are tracked once an hour. */
    boolean asks() {
        Instant since = untracked;
        return since == null || !clock.instant().isBefore(since.plus(PAUSE));
    }

    /** Where to go on from a position that was kept; one that was made for another table or column begins anew. */
    String today(String position) {
        if (!asks() || link(position) == null || tracked.leadsOn(link(position))) {
            return position;
        }
        return position.startsWith(FIRST) ? null : ANEW;
    }

    /** @param position null for a read of all rows */
    Request page(String position) {
        return tracked.page(link(position));
    }

    /** Null when the position begins a read of all rows. */
    private static String link(String position) {
        String link = position == null ? "" : position.replaceFirst("^(" + FIRST + "|" + AGAIN + "|" + ANEW + ")", "");
        return link.isEmpty() ? null : link;
    }

    boolean tells(Answer answer) {
        return tracked.tells(answer);
    }

    /**
     * A position that Dataverse has forgotten gives a page that starts over, and so does one that it refuses: what
     * comes of that tells whether the table is to blame. One without change tracking, or that is gone, ends there;
     * that may show only on the last of several pages.
     */
    Changes changes(String position, Answer answer) {
        boolean refused = Tracked.refused(answer);
        if (link(position) != null && (Tracked.expired(answer) || refused)) {
            // The second attempt after a refusal is the next poll's.
            return new Changes(List.of(), AGAIN, Tracked.expired(answer));
        }
        if (refused) {
            return untracked(position);
        }
        Refusals.rows(answer, "changes of solution rows");
        String next = tracked.next(answer);
        if (next == null) {
            return untracked(position);
        }
        if (!Tracked.more(answer)) {
            untracked = null;
        }
        boolean first = position == null || position.startsWith(FIRST);
        Set<String> opportunities = opportunities(answer);
        if (!first && !mark(position).isEmpty()) {
            opportunities.addAll(others(position, opportunities, Tracked.more(answer)));
        }
        return new Changes(first ? List.of() : opportunities.stream().map(id -> Change.ofParts(id, null)).toList(),
                (Tracked.more(answer) ? mark(position) : "") + next, Tracked.more(answer));
    }

    /** Those that are told only at the end of a read of all rows, because none of its pages showed rows of theirs. */
    private Set<String> others(String position, Set<String> ofThisPage, boolean more) {
        if (link(position) == null) {
            reported = new HashSet<>();
        }
        Set<String> told = reported;
        if (told != null) {
            told.addAll(ofThisPage);
        }
        if (more) {
            return Set.of();
        }
        reported = null;
        Set<String> others = new LinkedHashSet<>(rows.records(Refusals.SYSTEM));
        others.removeAll(told == null ? Set.of() : told);
        return others;
    }

    private static String mark(String position) {
        if (position == null || position.startsWith(FIRST)) {
            return FIRST;
        }
        return position.startsWith(AGAIN) || position.startsWith(ANEW) ? AGAIN : "";
    }

    /** The opportunities that the rows of a page hang on, or hung on before. */
    private Set<String> opportunities(Answer answer) {
        Set<String> opportunities = new LinkedHashSet<>();
        answer.list("value").stream().filter(row -> row.containsKey("reason"))
                .forEach(row -> rows.record(Refusals.SYSTEM, (String) row.get("id")).ifPresent(opportunities::add));
        Map<String, String> present = present(answer);
        opportunities.addAll(present.values());
        opportunities.addAll(rows.left(Refusals.SYSTEM, present));
        return opportunities;
    }

    /** Which opportunity each row of a page hangs on, by row id. */
    Map<String, String> present(Answer answer) {
        Map<String, String> present = new LinkedHashMap<>();
        for (Map<String, Object> row : answer.list("value")) {
            if (row.get(fields.solutionOpportunityValue()) instanceof String opportunity) {
                present.put(rowId(row), opportunity);
            }
        }
        return present;
    }

    /** To be called when the changes of a page are handed over: from then on its rows count as hanging there. */
    void keep(Map<String, String> present) {
        rows.keep(Refusals.SYSTEM, present);
    }

    /** The primary key is in every answer, selected or not: the one column that was not asked for and no lookup. */
    private String rowId(Map<String, Object> row) {
        return row.keySet().stream()
                .filter(name -> name.indexOf('@') < 0 && !name.startsWith("_"))
                .map(name -> row.get(name).toString()).findFirst().orElseThrow();
    }

    /** What is missed from now on is found by the first read that succeeds again. */
    private Changes untracked(String position) {
        if (untracked == null) {
            LOG.warn("Dynamics 365 does not track changes of {}: a solution row that is added or removed is noticed "
                    + "only with the next change of its opportunity. Switch on change tracking for that table, or name"
                    + " the right one (dynamics.solution-set, dynamics.solution-opportunity-nav) and restart. It is "
                    + "asked for once an hour", fields.solutionSet());
        }
        untracked = clock.instant();
        return new Changes(List.of(), position == null || position.startsWith(FIRST) ? null : AGAIN, false);
    }
}
