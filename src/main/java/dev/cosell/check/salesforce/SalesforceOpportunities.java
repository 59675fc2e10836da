package dev.cosell.check.salesforce;

import dev.cosell.check.Calls;
import dev.cosell.check.Opportunities;
import dev.cosell.salesforce.SalesforceFields;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Opportunities of Salesforce, as a check asks for them; each question is one query. */
public final class SalesforceOpportunities implements Opportunities {
    private final Calls calls;
    private final SalesforceFields fields;

    public SalesforceOpportunities(Calls calls, SalesforceFields fields) {
        this.calls = calls;
        this.fields = fields;
    }

    @Override
    public List<Map<String, Object>> shared(int limit) {
        return rows("SELECT Id, " + fields.referralIdField() + ", " + fields.referralLinkField()
                + " FROM Opportunity WHERE " + fields.syncField()
                + " = true ORDER BY SystemModstamp DESC LIMIT " + limit);
    }

    /** Only ids that were read, so nothing has to be escaped. */
    @Override
    public Set<String> existing(List<String> ids) {
        return rows("SELECT Id FROM Opportunity WHERE Id IN ('" + String.join("', '", ids) + "')").stream()
                .map(row -> (String) row.get("Id"))
                .collect(Collectors.toSet());
    }

    private List<Map<String, Object>> rows(String query) {
        return Description.maps(calls.ask("salesforce-query", query, Map.class).get("records"));
    }
}
