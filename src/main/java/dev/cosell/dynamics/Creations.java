package dev.cosell.dynamics;

import dev.cosell.http.Answer;
import dev.cosell.http.Request;
import dev.cosell.sync.Fault;
import dev.cosell.sync.Writes.Close;
import dev.cosell.sync.Writes.Outcome;
import dev.cosell.sync.Writes.Update;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.Variable;

/**
 * Creates the opportunity itself, at the address of its referral id and only when none is there: a repeat finds what the first
 * attempt left and never overwrites what people changed since.
 */
public final class Creations {
    static final String CREATION = "dynamicsCreation";
    private static final int LOST = 2;

    private final DynamicsFields fields;
    private final OpportunityColumns columns;
    private final OpportunityBodies bodies;
    private final Records records;

    public Creations(DynamicsFields fields, OpportunityColumns columns, OpportunityBodies bodies, Records records) {
        this.fields = fields;
        this.columns = columns;
        this.bodies = bodies;
        this.records = records;
    }

    public Request upsert(@Body Creation creation) {
        Map<String, Object> body = bodies.forCreate(creation.order());
        String account = "/accounts(" + creation.account().get("accountid") + ")";
        body.put("customerid_account@odata.bind", account);
        body.put("parentaccountid@odata.bind", account);
        if (creation.contact() != null) {
            body.put("parentcontactid@odata.bind", "/contacts(" + creation.contact().get("contactid") + ")");
        }
        String key = fields.referralIdField() + "=" + OData.literal(creation.order().referralId());
        return new Request("PATCH", "/opportunities(" + key + ")?" + columns.select(),
                Map.of("If-None-Match", "*", "Prefer", "return=representation"), body);
    }

    /** Whether an opportunity of this referral was there already. */
    public boolean exists(@Variable(Reads.ANSWER) Answer answer) {
        return answer.status() == 412;
    }

    public Map<String, Object> stored(@Body Creation creation, @Variable(Reads.ANSWER) Answer answer) {
        Refusals.check(answer, "new opportunity for referral " + creation.order().referralId());
        List<Map<String, Object>> solutions = creation.order().solutions().stream().<Map<String, Object>>map(each -> {
            Map<String, Object> solution = new LinkedHashMap<>();
            solution.put("id", each.get("id"));
            solution.put("name", each.get("name"));
            return solution;
        }).toList();
        return records.record(answer.object(), creation.account(), creation.contact(), solutions);
    }

    /** The one opportunity that was there; anything else is decided afresh. */
    public Map<String, Object> existing(@Body List<Map<String, Object>> found) {
        if (found.size() != 1) {
            throw new Fault.VersionConflict(Refusals.SYSTEM, found.size() + " opportunities carry the referral identifier of the "
                    + "new one");
        }
        return found.get(0);
    }

    /** Whether the opportunity is to be closed, which it cannot be from the start. */
    public boolean closes(@Variable(CREATION) Creation creation, @Body Map<String, Object> record) {
        return OpportunityBodies.wantsClosed(creation.order().fields()) && !DynamicsView.closed(record);
    }

    public Close close(@Variable(CREATION) Creation creation, @Body Map<String, Object> record) {
        Map<String, Object> wanted = creation.order().fields();
        Map<String, Object> patch = new LinkedHashMap<>();
        if (wanted.get("statuscode") != null) {
            patch.put("statuscode", wanted.get("statuscode"));
        }
        Outcome outcome = ((Number) wanted.get("statecode")).intValue() == LOST ? Outcome.LOST : Outcome.WON;
        Update update = new Update((String) record.get("opportunityid"), (String) record.get(DynamicsView.ETAG), patch, record);
        return new Close(update, outcome, null);
    }
}
