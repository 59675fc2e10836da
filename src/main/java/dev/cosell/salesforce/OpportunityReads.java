package dev.cosell.salesforce;

import dev.cosell.text.Guids;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Variable;

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
        String read = SalesforceIds.read(SalesforceView.PREFIX, id);
        return query.full("Id = " + (read == null ? "null" : SoqlText.string(read)));
    }

    /** @param ids as records have them */
    public String byIds(List<String> ids) {
        return query.full("Id IN (" + ids.stream().map(SoqlText::string).collect(Collectors.joining(", ")) + ")");
    }

    /**
     * Opportunities whose Referral Identifier holds the id or the engagement's in any spelling, or whose Referral Link
     * opens the deal.
     *
     * @param engagementId null when not known
     */
    public String byReferral(@Body String referralId, @Variable("engagementId") String engagementId) {
        String identifier = query.fields().referralIdField();
        String link = query.fields().referralLinkField();
        StringBuilder where = new StringBuilder(identifier).append(" = ").append(SoqlText.string(referralId));
        if (Guids.read(referralId) != null) {
            String within = SoqlText.string("%" + referralId + "%");
            where.append(" OR ").append(identifier).append(" LIKE ").append(within).append(" OR ").append(link)
                    .append(" LIKE ").append(within);
        }
        if (Guids.read(engagementId) != null) {
            String within = SoqlText.string("%" + engagementId + "%");
            where.append(" OR ").append(identifier).append(" LIKE ").append(within).append(" OR ").append(link)
                    .append(" LIKE ").append(within);
        }
        return query.full("(" + where + ")");
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
