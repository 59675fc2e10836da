package dev.cosell.dynamics;

import dev.cosell.http.Answer;
import dev.cosell.http.Request;
import dev.cosell.verbs.Fault;
import dev.cosell.verbs.PartyText;
import dev.cosell.verbs.Writes.Close;
import dev.cosell.verbs.Writes.NewOpportunity;
import dev.cosell.verbs.Writes.Outcome;
import dev.cosell.verbs.Writes.Update;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.Variable;

/**
 * Creates the opportunity, at the address of its referral id and only when none is there: a repeat finds what the first
 * attempt left and never overwrites what people changed since. An account or contact that is missing and the solution
 * rows are created in the same change set, so that a refused creation leaves nothing behind.
 */
public final class Creations {
    static final String CREATION = "dynamicsCreation";
    private static final int LOST = 2;

    private final DynamicsFields fields;
    private final OpportunityColumns columns;
    private final OpportunityBodies bodies;
    private final Records records;
    private final Reads reads;

    public Creations(DynamicsFields fields, OpportunityColumns columns, OpportunityBodies bodies, Records records,
            Reads reads) {
        this.fields = fields;
        this.columns = columns;
        this.bodies = bodies;
        this.records = records;
        this.reads = reads;
    }

    /** Whether account or contact have to be created. */
    public boolean lacksParties(@Body Creation creation) {
        return creation.lacksAccount() || creation.lacksContact();
    }

    /** Whether the opportunity is not all that has to be created. */
    public boolean isInSeveralWrites(@Body Creation creation) {
        return lacksParties(creation) || !creation.order().solutions().isEmpty();
    }

    /** @throws IllegalStateException for a deal with solutions, which a route that sends this alone would lose */
    public Request upsert(@Body Creation creation) {
        if (!creation.order().solutions().isEmpty()) {
            throw new IllegalStateException("A new opportunity with solutions takes several writes: take the step "
                    + "dynamics-create-how over into the edited copy of dynamics.camel.yaml");
        }
        return upsert(creation, account(creation), contact(creation));
    }

    private static String account(Creation creation) {
        return "/accounts(" + creation.account().get("accountid") + ")";
    }

    /** Null when none was found. */
    private static String contact(Creation creation) {
        return creation.contact() == null ? null : "/contacts(" + creation.contact().get("contactid") + ")";
    }

    /** @param contact null for none */
    private Request upsert(Creation creation, String account, String contact) {
        NewOpportunity order = creation.order();
        Map<String, Object> body = bodies.forCreate(order);
        PartyText.tell(body, fields.auditField(), creation.parties(null));
        body.put("customerid_account@odata.bind", account);
        body.put("parentaccountid@odata.bind", account);
        if (contact != null) {
            body.put("parentcontactid@odata.bind", contact);
        }
        if (creation.owner() != null) {
            body.put("ownerid@odata.bind", "/systemusers(" + creation.owner() + ")");
        }
        return new Request("PATCH", address(order) + "?" + columns.select(),
                Map.of("If-None-Match", "*", "Prefer", "return=representation"), body);
    }

    private String address(NewOpportunity order) {
        return reference(OData.literal(order.referralId()));
    }

    private String reference(String referralId) {
        return "/opportunities(" + fields.referralIdField() + "=" + referralId + ")";
    }

    /**
     * The missing account, the missing contact, the opportunity that names them and its solution rows; behind them a
     * look at what came of it.
     */
    public Batch batch(@Body Creation creation) {
        NewOpportunity order = creation.order();
        List<Request> writes = new ArrayList<>();
        String account = creation.lacksAccount()
                ? added(writes, new Request("POST", "/accounts", Map.of(), order.account())) : account(creation);
        String contact = contact(creation);
        if (creation.lacksContact()) {
            Map<String, Object> person = new LinkedHashMap<>(order.contact());
            person.put("parentcustomerid_account@odata.bind", account);
            contact = added(writes, new Request("POST", "/contacts", Map.of(), person));
        }
        writes.add(upsert(creation, account, contact));
        order.solutions().forEach(solution -> writes.add(solutionRow(order, solution)));
        return new Batch(writes,
                List.of(new Request("GET", address(order) + "?" + columns.selectAndExpand(), Map.of(), null)));
    }

    /**
     * Names the opportunity by its key: a write that shows its row is not known to the others by its number. In a body
     * nothing is percent-encoded.
     */
    private Request solutionRow(NewOpportunity order, Map<String, Object> solution) {
        Map<String, Object> body = new LinkedHashMap<>(bodies.solution(solution));
        body.put(fields.solutionOpportunityNav() + "@odata.bind", reference(OData.quoted(order.referralId())));
        return new Request("POST", "/" + fields.solutionSet(), Map.of(), body);
    }

    /** How the others call the row that a request creates. */
    private static String added(List<Request> writes, Request request) {
        writes.add(request);
        return "$" + writes.size();
    }

    /** Whether an opportunity of this referral may have been there already; {@link #existing} knows more. */
    public boolean exists(@Variable(Reads.ANSWER) Answer answer) {
        return Refusals.mayExist(answer);
    }

    /** The same, of a creation in several writes. */
    public boolean existed(@Body Creation creation, @Variable(Batches.ANSWERS) BatchAnswer answers) {
        boolean own = answers.culprit() == 0 || answers.culprit() == ownWrite(creation);
        return answers.refused() != null && own && Refusals.mayExist(answers.refused());
    }

    /** What refused the creation, to be asked before anybody looks for the row that may be there. */
    public Answer refusal(@Variable(Reads.ANSWER) Answer alone, @Variable(Batches.ANSWERS) BatchAnswer together) {
        return together != null && together.refused() != null ? together.refused() : alone;
    }

    /** Number of the write that creates the opportunity itself. */
    private static int ownWrite(Creation creation) {
        return 1 + (creation.lacksAccount() ? 1 : 0) + (creation.lacksContact() ? 1 : 0);
    }

    public Map<String, Object> stored(@Body Creation creation, @Variable(Reads.ANSWER) Answer answer) {
        check(creation, answer, "new opportunity for referral " + creation.order().referralId());
        return records.record(answer.object(), creation.account(), creation.contact(), List.of());
    }

    /** The record as the change set made it. An edit that comes between it and the look at it is not taken for ours. */
    public Map<String, Object> storedWhole(@Body Creation creation, @Variable(Batches.ANSWERS) BatchAnswer answers) {
        String referral = creation.order().referralId();
        if (answers.refused() != null) {
            check(creation, answers.refused(), refusedRow(creation, answers.culprit()) + " for referral " + referral);
        }
        Map<String, Object> record = reads.again(answers, "new opportunity for referral " + referral);
        Map<String, Object> made = answers.writes().get(ownWrite(creation) - 1).object();
        if (!made.isEmpty()) {
            record.putAll(records.record(made, record.get(Records.ACCOUNT), record.get(Records.CONTACT),
                    record.get(OpportunityColumns.SOLUTIONS)));
        }
        return record;
    }

    private static String refusedRow(Creation creation, int culprit) {
        int own = ownWrite(creation);
        return culprit > own ? "solution row" : culprit > 0 && culprit < own ? "new account or contact"
                : "new opportunity";
    }

    /** Throws the fault that the answer to a creation stands for; does nothing when it is a success. */
    private void check(Creation creation, Answer answer, String what) {
        bodies.checkCurrency(answer, what);
        if (creation.owner() != null && Refusals.lacksRight(answer, creation.owner())) {
            throw new Fault.Data(Refusals.SYSTEM, DynamicsCause.OWNER, "Dynamics 365 refused the " + what
                    + ", because the user " + creation.owner() + " of the deal's team may not own it: "
                    + answer.reason() + " " + DynamicsCause.OWNER.remedy());
        }
        Refusals.check(answer, what);
    }

    /** For the audit, of the record as it was created: its account and its contact. */
    public List<String> parties(@Variable(CREATION) Creation creation, @Body Map<String, Object> record) {
        return creation.parties(record);
    }

    /**
     * The one opportunity that was there; several are decided afresh.
     *
     * @param refusal as {@link #refusal} gave it; null in routes that do not ask
     * @throws Fault.Data when there is none: then what is held is another key of the environment's tables
     */
    public Map<String, Object> existing(@Body List<Map<String, Object>> found,
            @Variable(CREATION) Creation creation, @Variable("dynamicsRefusal") Answer refusal) {
        if (found.isEmpty() && refusal != null) {
            throw Refusals.fault(refusal, "new opportunity for referral " + creation.order().referralId());
        }
        if (found.size() != 1) {
            throw new Fault.VersionConflict(Refusals.SYSTEM,
                    found.size() + " opportunities carry the referral identifier of the "
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
        Update update = new Update((String) record.get("opportunityid"), (String) record.get(DynamicsView.ETAG), patch,
                record);
        return new Close(update, outcome, null);
    }
}
