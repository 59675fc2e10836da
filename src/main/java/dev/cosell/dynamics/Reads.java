package dev.cosell.dynamics;

import dev.cosell.http.Answer;
import dev.cosell.http.Request;
import dev.cosell.sync.Fault;
import java.util.List;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.Variable;

/** Reads opportunities: one by id, those of a referral. */
public final class Reads {
    static final String ANSWER = "dynamicsAnswer";

    private final DynamicsFields fields;
    private final OpportunityColumns columns;
    private final Records records;
    private final DynamicsView view;

    public Reads(DynamicsFields fields, OpportunityColumns columns, Records records, DynamicsView view) {
        this.fields = fields;
        this.columns = columns;
        this.records = records;
        this.view = view;
    }

    public Request byId(@Body String id) {
        if (!view.looksLikeId(id)) {
            throw new Fault.Data(Refusals.SYSTEM, List.of("'" + id + "' is not the id of a Dynamics 365 record: correct the "
                    + "reference in Partner Center"));
        }
        return new Request("GET", "/opportunities(" + id + ")?" + columns.selectAndExpand(), Map.of(), null);
    }

    /** The record; null when it does not exist. */
    public Map<String, Object> record(@Variable(ANSWER) Answer answer) {
        if (answer.status() == 404 && Refusals.NOT_THERE.equals(Refusals.code(answer))) {
            return null;
        }
        Refusals.check(answer, "read of an opportunity");
        return records.record(answer.object());
    }

    public Request byReferral(@Body String referralId) {
        String filter = OData.encoded(fields.referralIdField() + " eq " + OData.quoted(referralId));
        return new Request("GET", "/opportunities?" + columns.selectAndExpand() + "&$filter=" + filter, Map.of(), null);
    }

    public List<Map<String, Object>> records(@Variable(ANSWER) Answer answer) {
        Refusals.check(answer, "search for a referral's opportunity");
        return answer.list("value").stream().map(records::record).toList();
    }
}
