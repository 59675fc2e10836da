package dev.cosell.salesforce;

import dev.cosell.text.Guids;
import dev.cosell.verbs.Changes;
import dev.cosell.verbs.Listing;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Variable;

/** The reading verbs: one opportunity by id, those that carry a referral id, and all of them in pages. */
public final class OpportunityReads {
    /** Rows of a list come with their account, contact and solutions; more of them make large answers. */
    private static final int LIST_PAGE = 200;

    private final OpportunityQuery query;
    private final OpportunityRecords records;
    private final RecordVersion version;

    public OpportunityReads(OpportunityQuery query) {
        this.query = query;
        this.version = new RecordVersion(query.fields().auditField());
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

    /** Whether a person has said that the organisation has one currency. */
    public boolean hasOneCurrency() {
        return query.currency().isOne();
    }

    /** Body out: the question whether it has several by now. */
    public void askForCurrencies(Exchange exchange) {
        exchange.getMessage().setBody(query.currency().asked(CompositeRequest.reads("the currencies of the org")));
    }

    /** Body in: the answer. */
    public void noteCurrencies(Exchange exchange) {
        query.currency().noted(exchange.getMessage().getBody(CompositeAnswer.class));
    }

    /** A page of the opportunities that are switched on, by their ids. */
    public String list(@Body Listing wanted) {
        StringBuilder where = new StringBuilder(query.fields().syncField()).append(" = true");
        if (wanted.since() != null) {
            where.append(" AND SystemModstamp >= ").append(SoqlText.dateTime(wanted.since()));
        }
        if (wanted.where() != null) {
            where.append(" AND (").append(wanted.where()).append(')');
        }
        if (wanted.position() != null) {
            where.append(" AND Id > ").append(SoqlText.string(wanted.position()));
        }
        return query.full(where + " ORDER BY Id LIMIT " + LIST_PAGE);
    }

    /** Body out: {@link Changes} with the records. */
    public void listed(Exchange exchange) {
        Map<?, ?> answer = exchange.getMessage().getBody(Map.class);
        List<Map<String, Object>> found = all(exchange);
        List<Changes.Change> changes = found.stream()
                .map(each -> new Changes.Change((String) each.get("Id"), version.of(each))).toList();
        String last = found.isEmpty() ? null : changes.get(changes.size() - 1).id();
        // Salesforce may give fewer rows than asked for and say that there are more.
        boolean more = last != null && (found.size() >= LIST_PAGE || Boolean.FALSE.equals(answer.get("done")));
        exchange.getMessage().setBody(new Changes(changes, last, more, found));
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
