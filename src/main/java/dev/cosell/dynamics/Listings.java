package dev.cosell.dynamics;

import dev.cosell.http.Answer;
import dev.cosell.http.Request;
import dev.cosell.verbs.Changes;
import dev.cosell.verbs.Listing;
import java.util.List;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.Variable;

/**
 * All opportunities that are switched on, in pages, with everything the sync sees of them. A position is the path and
 * query of the next link, without the host, so that a token only ever goes to the configured environment.
 */
public final class Listings {
    /** Rows come with their account, contact and solutions; more of them make large answers. */
    private static final int PAGE = 200;
    private static final String START = "/opportunities?";
    private static final String NEXT = "@odata.nextLink";

    private final DynamicsFields fields;
    private final OpportunityColumns columns;
    private final Records records;
    private final DynamicsView view;

    public Listings(DynamicsFields fields, OpportunityColumns columns, Records records, DynamicsView view) {
        this.fields = fields;
        this.columns = columns;
        this.records = records;
        this.view = view;
    }

    public Request page(@Body Listing wanted) {
        return new Request("GET", wanted.position() == null ? first(wanted) : wanted.position(),
                Map.of("Prefer", "odata.maxpagesize=" + PAGE), null);
    }

    private String first(Listing wanted) {
        StringBuilder filter = new StringBuilder(fields.syncField()).append(" eq true");
        if (wanted.since() != null) {
            filter.append(" and modifiedon ge ").append(wanted.since());
        }
        if (wanted.where() != null) {
            filter.append(" and (").append(wanted.where()).append(')');
        }
        return START + columns.selectAndExpand() + "&$filter=" + OData.encoded(filter.toString())
                + "&$orderby=opportunityid";
    }

    /** A way on that Dynamics 365 has forgotten gives an empty page that starts over. */
    public Changes changes(@Body Listing wanted, @Variable(Reads.ANSWER) Answer answer) {
        if (wanted.position() != null && Tracked.expired(answer)) {
            return new Changes(List.of(), null, true);
        }
        List<Map<String, Object>> found = Refusals.rows(answer, "list of opportunities").stream()
                .map(records::record).toList();
        String next = next(answer.object().get(NEXT));
        return new Changes(found.stream().map(each -> new Changes.Change(view.id(each), view.version(each))).toList(),
                next, next != null, found);
    }

    private static String next(Object link) {
        int start = link instanceof String text ? text.indexOf(START) : -1;
        return start < 0 ? null : ((String) link).substring(start);
    }
}
