package dev.cosell.salesforce;

import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;

/** The reading verbs: one opportunity by id, and those that carry a referral id. */
public final class OpportunityReads {
    private final OpportunityQuery query;
    private final OpportunityRecords records;

    public OpportunityReads(OpportunityQuery query) {
        this.query = query;
        this.records = new OpportunityRecords(query);
    }

    /** Salesforce refuses a query for something that is no id; no row has it. */
    public String byId(String id) {
        return query.full("Id = " + (SalesforceView.isId(id) ? SoqlText.string(id) : "null"));
    }

    public String byReferral(String referralId) {
        return query.full(query.fields().referralIdField() + " = " + SoqlText.string(referralId));
    }

    /** Body out: the record, or null when there is none. */
    public void one(Exchange exchange) {
        List<Map<String, Object>> found = all(exchange);
        exchange.getMessage().setBody(found.isEmpty() ? null : found.get(0));
    }

    /** Body out: list of records. */
    public void several(Exchange exchange) {
        exchange.getMessage().setBody(all(exchange));
    }

    @SuppressWarnings("unchecked")
    private List<Map<String, Object>> all(Exchange exchange) {
        return records.records(exchange.getMessage().getBody(Map.class));
    }
}
