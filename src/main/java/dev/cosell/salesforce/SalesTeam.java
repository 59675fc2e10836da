package dev.cosell.salesforce;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.camel.Body;

/**
 * The opportunity team: the users who work on an opportunity beside its owner. Salesforce knows them only with
 * Opportunity Teams switched on.
 */
public final class SalesTeam {
    private final Supplier<Set<String>> userFields;

    /** @param userFields gives the fields of a user that the mapping names; asked for each read */
    public SalesTeam(Supplier<Set<String>> userFields) {
        this.userFields = userFields;
    }

    /** @param opportunity its id */
    public String query(@Body String opportunity) {
        StringBuilder soql = new StringBuilder("SELECT UserId");
        userFields.get().forEach(name -> soql.append(", User.").append(name));
        return soql.append(" FROM OpportunityTeamMember WHERE OpportunityId = ").append(SoqlText.string(opportunity))
                .append(" AND User.IsActive = true ORDER BY CreatedDate, Id").toString();
    }

    public List<Map<String, Object>> people(@Body Map<String, Object> answer) {
        return OpportunityRecords.rows(answer).stream().map(row -> OpportunityRecords.plain(row.get("User"))).toList();
    }

    public List<Map<String, Object>> nobody() {
        return List.of();
    }
}
