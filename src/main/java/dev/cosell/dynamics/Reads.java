package dev.cosell.dynamics;

import dev.cosell.http.Answer;
import dev.cosell.http.Request;
import dev.cosell.text.Guids;
import dev.cosell.verbs.Fault;
import dev.cosell.verbs.Trouble;
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
        if (view.readId(id) == null) {
            throw new Fault.Data(Refusals.SYSTEM, Trouble.WRONG_ID,
                    "'" + id + "' is not the id of a Dynamics 365 record: correct the "
                            + "reference in Partner Center");
        }
        return again(view.readId(id));
    }

    /** Asks who answers. */
    public Request whoAmI() {
        return new Request("GET", "/WhoAmI", Map.of(), null);
    }

    /** Id of the organisation that answered; null when it says none. */
    public String organization(@Variable(ANSWER) Answer answer) {
        Refusals.check(answer, "question who we are");
        return answer.object().get("OrganizationId") instanceof String id ? id : null;
    }

    /** The record; null when it does not exist. */
    public Map<String, Object> record(@Variable(ANSWER) Answer answer) {
        if (answer.status() == 404 && Refusals.says(answer, Refusals.NOT_THERE)) {
            return null;
        }
        Refusals.check(answer, "read of an opportunity");
        return records.record(answer.object());
    }

    /** @param ids as records have them */
    public Batch byIds(@Body List<String> ids) {
        return new Batch(List.of(), ids.stream().map(this::again).toList());
    }

    /** Those that could be read; who needs one of the others reads it alone, and hears why it cannot. */
    public List<Map<String, Object>> several(@Variable(Batches.ANSWERS) BatchAnswer answers) {
        return answers.reads().stream().filter(Answer::ok).map(answer -> records.record(answer.object())).toList();
    }

    /** An opportunity by its id, to be read behind the writes of a batch. */
    Request again(String id) {
        return new Request("GET", "/opportunities(" + id + ")?" + columns.selectAndExpand(), Map.of(), null);
    }

    /** The opportunity that a batch wrote, as it is now. */
    Map<String, Object> again(BatchAnswer answer, String what) {
        if (answer.reads().isEmpty()) {
            throw new Fault.Transient(Refusals.SYSTEM,
                    "Dynamics 365 took the " + what + " and did not show it; it will be looked at again");
        }
        Answer read = answer.reads().get(0);
        if (read.status() == 404) {
            throw new Fault.VersionConflict(Refusals.SYSTEM,
                    "The opportunity of the " + what + " was deleted in Dynamics 365 after it was written");
        }
        Refusals.check(read, "read after the " + what);
        return records.record(read.object());
    }

    /**
     * Opportunities whose Referral Identifier holds the id or the engagement's in any spelling, or whose Referral Link
     * opens the deal.
     *
     * @param engagementId null when not known
     */
    public Request byReferral(@Body String referralId, @Variable("engagementId") String engagementId) {
        StringBuilder filter = new StringBuilder(fields.referralIdField()).append(" eq ")
                .append(OData.quoted(referralId));
        if (Guids.read(referralId) != null) {
            filter.append(" or ").append(contains(fields.referralIdField(), referralId)).append(" or ")
                    .append(contains(fields.referralLinkField(), referralId));
        }
        if (Guids.read(engagementId) != null) {
            filter.append(" or ").append(contains(fields.referralIdField(), engagementId)).append(" or ")
                    .append(contains(fields.referralLinkField(), engagementId));
        }
        return new Request("GET",
                "/opportunities?" + columns.selectAndExpand() + "&$filter=" + OData.encoded(filter.toString()),
                Map.of(), null);
    }

    private static String contains(String column, String text) {
        return "contains(" + column + "," + OData.quoted(text) + ")";
    }

    public List<Map<String, Object>> records(@Variable(ANSWER) Answer answer) {
        return Refusals.rows(answer, "search for a referral's opportunity").stream().map(records::record).toList();
    }
}
