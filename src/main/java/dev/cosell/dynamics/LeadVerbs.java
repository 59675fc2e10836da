package dev.cosell.dynamics;

import dev.cosell.http.Answer;
import dev.cosell.http.Request;
import dev.cosell.mapping.DateFields;
import dev.cosell.verbs.Fault;
import dev.cosell.verbs.Writes.NewLead;
import dev.cosell.verbs.Writes.Update;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.camel.Body;
import org.apache.camel.Variable;

/** The requests and answers of the verbs for leads. */
public final class LeadVerbs {
    private static final String STATE = "statecode";
    private static final String STATUS = "statuscode";

    private final String referralIdField;
    private final String auditField;
    private final Supplier<Set<String>> mapped;
    private final Currencies currencies;
    private final DateFields dates;

    /**
     * @param mapped gives the lead columns that the mapping names; asked for each read, because a mapping may be
     * reloaded
     */
    public LeadVerbs(String referralIdField, String auditField, Supplier<Set<String>> mapped, Currencies currencies,
            DateFields dates) {
        this.dates = dates;
        this.referralIdField = referralIdField;
        this.auditField = auditField;
        this.mapped = mapped;
        this.currencies = currencies;
    }

    public Request byId(@Body String id) {
        return new Request("GET", "/leads(" + id + ")?" + select(), Map.of(), null);
    }

    public Request byReferral(@Body String referralId) {
        String filter = OData.encoded(referralIdField + " eq " + OData.quoted(referralId));
        return new Request("GET", "/leads?" + select() + "&$filter=" + filter, Map.of(), null);
    }

    private String select() {
        Set<String> columns = new LinkedHashSet<>(List.of(STATE, STATUS, "modifiedon", referralIdField, auditField));
        mapped.get().forEach(name -> columns
                .add(name.equals(OpportunityColumns.CURRENCY) ? OpportunityColumns.CURRENCY_VALUE : name));
        return "$select=" + String.join(",", columns);
    }

    /** The record; null when it does not exist. */
    public Map<String, Object> record(@Variable(Reads.ANSWER) Answer answer) {
        if (answer.status() == 404 && Refusals.says(answer, Refusals.NOT_THERE)) {
            return null;
        }
        Refusals.check(answer, "read of a lead");
        return record(answer.object());
    }

    public List<Map<String, Object>> records(@Variable(Reads.ANSWER) Answer answer) {
        return Refusals.rows(answer, "search for a referral's lead").stream().map(this::record).toList();
    }

    private Map<String, Object> record(Map<String, Object> row) {
        Map<String, Object> record = new LinkedHashMap<>(dates.read(Refusals.row(row, "leadid")));
        record.keySet().removeAll(List.of("@odata.context", OpportunityColumns.CURRENCY_VALUE));
        if (row.get(OpportunityColumns.CURRENCY_VALUE) instanceof String currency) {
            record.put(OpportunityColumns.CURRENCY, currencies.code(currency));
        }
        return record;
    }

    /**
     * Only when there is none at the address of the referral's id: a repeat changes nothing and is decided again. It
     * begins open.
     */
    public Request create(@Body NewLead wanted) {
        Map<String, Object> body = columns(wanted.fields());
        body.remove(referralIdField);
        if (DynamicsView.closed(body)) {
            body.remove(STATUS);
        }
        body.remove(STATE);
        return new Request("PATCH",
                "/leads(" + referralIdField + "=" + OData.literal(wanted.referralId()) + ")?" + select(),
                Map.of("If-None-Match", "*", "Prefer", "return=representation"), body);
    }

    /** Whether a lead of this referral may have been there already; {@link #refused} knows more. */
    public boolean exists(@Variable(Reads.ANSWER) Answer answer) {
        return Refusals.mayExist(answer);
    }

    /**
     * Throws what the refusal of a new lead stands for.
     *
     * @param found leads of the referral; when there is one, all is decided afresh with it
     * @throws Fault.Data when there is none: then what is held is another key of the environment's table
     */
    public void refused(@Body List<Map<String, Object>> found, @Variable("dynamicsRefusal") Answer refusal,
            @Variable("dynamicsLead") NewLead wanted) {
        if (found.isEmpty()) {
            throw Refusals.fault(refusal, "new lead for referral " + wanted.referralId());
        }
        throw new Fault.VersionConflict(Refusals.SYSTEM,
                "Dynamics 365 has a lead for referral " + wanted.referralId() + " already");
    }

    public Map<String, Object> created(@Body NewLead wanted, @Variable(Reads.ANSWER) Answer answer) {
        String what = "new lead for referral " + wanted.referralId();
        currencies.checkStillThere(answer, what);
        Refusals.check(answer, what);
        return record(answer.object());
    }

    public Request update(@Body Update update) {
        return new Request("PATCH", "/leads(" + update.id() + ")?" + select(),
                Map.of("If-Match", update.version(), "Prefer", "return=representation"), columns(update.patch()));
    }

    public Map<String, Object> updated(@Body Update update, @Variable(Reads.ANSWER) Answer answer) {
        if (Refusals.gone(answer, update.id())) {
            throw new Fault.VersionConflict(Refusals.SYSTEM,
                    "The lead " + update.id() + " was deleted in Dynamics 365 after it was read");
        }
        String what = "change of lead " + update.id();
        currencies.checkStillThere(answer, what);
        Refusals.check(answer, what);
        return record(answer.object());
    }

    private Map<String, Object> columns(Map<String, Object> wanted) {
        Map<String, Object> body = new LinkedHashMap<>(dates.written(wanted));
        if (body.remove(OpportunityColumns.CURRENCY) instanceof String code) {
            body.put(OpportunityColumns.CURRENCY + "@odata.bind",
                    "/transactioncurrencies(" + currencies.id(code) + ")");
        }
        return body;
    }
}
