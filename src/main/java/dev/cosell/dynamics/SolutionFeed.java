package dev.cosell.dynamics;

import dev.cosell.http.Answer;
import dev.cosell.http.Request;
import dev.cosell.sync.Changes;
import dev.cosell.sync.Changes.Change;
import dev.cosell.sync.PartRows;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Change tracking of the solution rows: adding, editing or deleting one leaves its opportunity as it was. A deleted row is reported
 * by its id alone, so it is kept in mind which opportunity each row hangs on.
 *
 * <p>A position is the path and query of the next link or delta link, behind a mark while all rows are being read. The very first read of all rows reports nothing, because the
 * opportunities are all looked at then; one that became necessary because Dataverse forgot the position reports every opportunity
 * that has, or had, rows.
 */
public final class SolutionFeed {
    private static final Logger LOG = LoggerFactory.getLogger("cosell.journey");
    private static final String FIRST = "first:";
    private static final String AGAIN = "again:";

    private final DynamicsFields fields;
    private final PartRows rows;
    private final int pageSize;
    private final AtomicBoolean warned = new AtomicBoolean();

    /** @param pageSize most rows in one page, 1 to 5000 */
    public SolutionFeed(DynamicsFields fields, PartRows rows, int pageSize) {
        this.fields = fields;
        this.rows = rows;
        this.pageSize = pageSize;
    }

    /** @param position null for a read of all rows */
    public Request page(@Variable("solutionsPosition") String position) {
        String link = position == null ? "" : position.replaceFirst("^(" + FIRST + "|" + AGAIN + ")", "");
        String uri = link.isEmpty() ? set() + "$select=" + fields.solutionOpportunityValue() : link;
        return new Request("GET", uri, Map.of("Prefer", "odata.track-changes,odata.maxpagesize=" + pageSize), null);
    }

    private String set() {
        return "/" + fields.solutionSet() + "?";
    }

    /** A position that Dataverse has forgotten gives an empty page that starts over. */
    public Changes changes(@Variable("solutionsPosition") String position, @Variable(Reads.ANSWER) Answer answer) {
        String code = Refusals.code(answer);
        if (answer.status() == 410 || Refusals.TOKEN_EXPIRED.equals(code) || Refusals.BAD_PAGING_COOKIE.equals(code)) {
            return new Changes(rows.records(Refusals.SYSTEM).stream().map(id -> Change.ofParts(id, null)).toList(), AGAIN, true);
        }
        if (position == null && (answer.status() == 400 || answer.status() == 404 || answer.ok() && next(answer) == null)) {
            warn();
            return new Changes(List.of(), null, false);
        }
        Refusals.check(answer, "changes of solution rows");
        boolean first = position == null || position.startsWith(FIRST);
        Set<String> opportunities = opportunities(answer.list("value"));
        boolean more = answer.object().get("@odata.nextLink") != null;
        String mark = !more ? "" : first ? FIRST : position.startsWith(AGAIN) ? AGAIN : "";
        return new Changes(first ? List.of() : opportunities.stream().map(id -> Change.ofParts(id, null)).toList(), mark + next(answer), more);
    }

    /** The opportunities that the rows of a page hang on, or hung on before. */
    private Set<String> opportunities(List<Map<String, Object>> page) {
        Set<String> opportunities = new LinkedHashSet<>();
        Map<String, String> present = new HashMap<>();
        for (Map<String, Object> row : page) {
            if (row.containsKey("reason")) {
                rows.record(Refusals.SYSTEM, (String) row.get("id")).ifPresent(opportunities::add);
            } else if (row.get(fields.solutionOpportunityValue()) instanceof String opportunity) {
                present.put(rowId(row), opportunity);
                opportunities.add(opportunity);
            }
        }
        opportunities.addAll(rows.keep(Refusals.SYSTEM, present));
        return opportunities;
    }

    /** The primary key is in every answer, selected or not: the one column that was not asked for. */
    private String rowId(Map<String, Object> row) {
        return row.keySet().stream().filter(name -> name.indexOf('@') < 0 && !name.equals(fields.solutionOpportunityValue()))
                .map(name -> row.get(name).toString()).findFirst().orElseThrow();
    }

    /** Path and query of the way on, without the host: a token only ever goes to the configured environment. Null when there is none. */
    private String next(Answer answer) {
        Object next = answer.object().get("@odata.nextLink");
        Object link = next == null ? answer.object().get("@odata.deltaLink") : next;
        int start = link instanceof String text ? text.indexOf(set()) : -1;
        return start < 0 ? null : ((String) link).substring(start);
    }

    private void warn() {
        if (warned.compareAndSet(false, true)) {
            LOG.warn("Dynamics 365 does not track changes of {}: a solution row that is added or removed is noticed only with the next change"
                    + " of its opportunity. Switch on change tracking for that table", fields.solutionSet());
        }
    }
}
