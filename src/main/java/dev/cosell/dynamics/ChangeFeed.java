package dev.cosell.dynamics;

import dev.cosell.http.Answer;
import dev.cosell.http.Request;
import dev.cosell.sync.Changes;
import dev.cosell.sync.Changes.Change;
import dev.cosell.sync.Fault;
import dev.cosell.sync.Hint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.Variable;

/**
 * Dataverse's change tracking as pages of changes. A position is the path and query of the next link or delta link, without
 * the host, so that a token only ever goes to the configured environment.
 */
public final class ChangeFeed {
    private static final String SET = "/opportunities?";

    private final DynamicsFields fields;
    private final DynamicsView view;
    private final int pageSize;

    /** @param pageSize most rows in one page, 1 to 5000 */
    public ChangeFeed(DynamicsFields fields, DynamicsView view, int pageSize) {
        this.fields = fields;
        this.view = view;
        this.pageSize = pageSize;
    }

    /** @param position null for a full read */
    public Request page(@Body String position) {
        String uri = position == null ? SET + "$select=" + fields.syncField() + "," + fields.referralIdField() : position;
        return new Request("GET", uri, Map.of("Prefer", "odata.track-changes,odata.maxpagesize=" + pageSize), null);
    }

    public Request firstPage() {
        return page(null);
    }

    /** Whether Dataverse has forgotten the position, so that only a full read helps. */
    public boolean expired(@Variable(Reads.ANSWER) Answer answer) {
        String code = Refusals.code(answer);
        return answer.status() == 410 || Refusals.TOKEN_EXPIRED.equals(code) || Refusals.BAD_PAGING_COOKIE.equals(code);
    }

    public Changes changes(@Variable(Reads.ANSWER) Answer answer) {
        Refusals.check(answer, "changes of opportunities");
        List<Change> changes = new ArrayList<>();
        for (Map<String, Object> row : answer.list("value")) {
            if (row.containsKey("reason")) {
                changes.add(new Change((String) row.get("id"), null));
            } else if (view.syncWanted(row) || view.referralId(row) != null) {
                changes.add(new Change(view.id(row), view.version(row)));
            }
        }
        Object next = answer.object().get("@odata.nextLink");
        Object delta = answer.object().get("@odata.deltaLink");
        return new Changes(changes, position(next == null ? delta : next), next != null);
    }

    private static String position(Object link) {
        int start = link instanceof String text ? text.indexOf(SET) : -1;
        if (start < 0) {
            throw new Fault.Data(Refusals.SYSTEM, List.of("Dynamics 365 gave no delta link for opportunities: switch on change "
                    + "tracking for the opportunity table"));
        }
        return ((String) link).substring(start);
    }

    public Hint hint(@Body Change change) {
        return change.hint(Refusals.SYSTEM);
    }
}
