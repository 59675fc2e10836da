package dev.cosell.salesforce;

import dev.cosell.mapping.DateFields;
import dev.cosell.mapping.DateForm;
import dev.cosell.verbs.Fault;
import dev.cosell.verbs.Writes.NewLead;
import dev.cosell.verbs.Writes.Update;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.camel.Exchange;

/** The verbs for leads: SOQL reads, and writes as one transaction each that ends with a read of the row. */
public final class LeadVerbs {
    private static final String OBJECT = "Lead";
    private static final String STORED = "stored";

    private final String referralIdField;
    private final String auditField;
    private final Supplier<Set<String>> mapped;
    private final DateFields dates;
    private final UsedReads reads = new UsedReads();

    /**
     * @param mapped gives the lead fields that the mapping names; asked for each read, because a mapping may be
     * reloaded
     */
    public LeadVerbs(String referralIdField, String auditField, Supplier<Set<String>> mapped, DateFields dates) {
        this.dates = dates;
        this.referralIdField = referralIdField;
        this.auditField = auditField;
        this.mapped = mapped;
    }

    /** Salesforce refuses a query for something that is no id; no row has it. */
    public String byId(String id) {
        return query("Id = " + (SalesforceLeadView.isId(id) ? SoqlText.string(id) : "null"));
    }

    public String byReferral(String referralId) {
        return query(referralIdField + " = " + SoqlText.string(referralId));
    }

    private String query(String where) {
        Map<String, String> names = new TreeMap<>();
        mapped.get().forEach(name -> names.put(name.toLowerCase(Locale.ROOT), name));
        List.of("Id", "SystemModstamp", "Status", SalesforceLeadView.CONVERTED, referralIdField, auditField)
                .forEach(name -> names.put(name.toLowerCase(Locale.ROOT), name));
        return "SELECT " + String.join(", ", names.values()) + " FROM " + OBJECT + " WHERE " + where;
    }

    /** Body out: the record, or null when there is none. */
    public void one(Exchange exchange) {
        List<Map<String, Object>> found = records(exchange.getMessage().getBody(Map.class));
        exchange.getMessage().setBody(found.isEmpty() ? null : found.get(0));
    }

    /** Body out: list of records. */
    public void several(Exchange exchange) {
        exchange.getMessage().setBody(records(exchange.getMessage().getBody(Map.class)));
    }

    private List<Map<String, Object>> records(Object answer) {
        return OpportunityRecords.rows(answer).stream().<Map<String, Object>>map(row -> {
            Map<String, Object> record = new LinkedHashMap<>(dates.read(row));
            record.remove("attributes");
            return record;
        }).toList();
    }

    /** Body in: {@link NewLead}. Body out: the transaction; a repeat meets the row of the first attempt. */
    public void create(Exchange exchange) {
        NewLead wanted = exchange.getMessage().getBody(NewLead.class);
        Map<String, Object> fields = new LinkedHashMap<>(dates.written(wanted.fields()));
        fields.keySet().removeIf(name -> name.equalsIgnoreCase(referralIdField));
        exchange.getMessage().setBody(CompositeRequest.transaction("the new lead of referral " + wanted.referralId())
                .upsert("lead", OBJECT, referralIdField, wanted.referralId(), fields)
                .query(STORED, byReferral(wanted.referralId())));
    }

    /** Body in: {@link Update}. Body out: the transaction, which begins with a query for the row as it was read. */
    public void update(Exchange exchange) {
        Update update = exchange.getMessage().getBody(Update.class);
        reads.use(exchange, update);
        String guard = "SELECT Id FROM " + OBJECT + " WHERE Id = " + SoqlText.string(update.id())
                + " AND SystemModstamp = "
                + SoqlText.dateTime(DateForm.moment(RecordVersion.stamp(update.version()))) + " AND Status = "
                + SoqlText.string(String.valueOf(update.current().get("Status")));
        exchange.getMessage().setBody(CompositeRequest.transaction("lead " + update.id()).query("guard", guard)
                .updateLead("lead", CompositeText.reference("guard.records[0].Id"), dates.written(update.patch()))
                .query(STORED, byId(update.id())));
    }

    /** Body in: the answer. Body out: the record as stored. */
    public void stored(Exchange exchange) {
        CompositeAnswer answer = exchange.getMessage().getBody(CompositeAnswer.class);
        if (answer.failed()) {
            throw TakenReferralId.fault(exchange, answer, referralIdField);
        }
        List<Map<String, Object>> stored = records(answer.body(STORED));
        if (stored.size() > 1) {
            throw new Fault.VersionConflict(SalesforceErrors.SYSTEM,
                    "Salesforce shows " + stored.size() + " rows for a lead that was just written");
        }
        Map<String, Object> lead = TakenReferralId.seen(stored.isEmpty() ? null : stored.get(0), answer.about());
        reads.written(exchange, lead);
        exchange.getMessage().setBody(lead);
    }
}
