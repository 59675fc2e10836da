package dev.cosell.salesforce;

import dev.cosell.verbs.Fault;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Turns rows of query answers into the records of the verbs contract. Beside the keys named there a record has
 * {@code solutionRows}: the row ids of {@code solutions}, in the same order, which an update needs to remove one.
 */
final class OpportunityRecords {
    static final String SOLUTION_ROWS = "solutionRows";
    static final String OWNER = "owner";
    private static final String ROLES = "OpportunityContactRoles";

    private final SalesforceFields fields;
    private final OpportunityQuery query;

    OpportunityRecords(OpportunityQuery query) {
        this.fields = query.fields();
        this.query = query;
    }

    List<Map<String, Object>> records(Map<String, Object> answer) {
        List<Map<String, Object>> records = new ArrayList<>();
        for (Map<String, Object> row : rows(answer)) {
            records.add(record(row));
        }
        return records;
    }

    /** The rows of a query answer or a sub-query; none for null. */
    @SuppressWarnings("unchecked")
    static List<Map<String, Object>> rows(Object answer) {
        Object records = answer instanceof Map<?, ?> map ? map.get("records") : null;
        return records == null ? List.of() : (List<Map<String, Object>>) records;
    }

    private Map<String, Object> record(Map<String, Object> row) {
        Map<String, Object> record = query.read(row);
        record.remove("attributes");
        Map<String, Object> account = plain(record.remove("Account"));
        if (account != null) {
            record.put("account", account);
        }
        Map<String, Object> owner = plain(record.remove("Owner"));
        if (owner != null) {
            record.put(OWNER, owner);
        }
        List<Map<String, Object>> roles = rows(record.remove(ROLES));
        Map<String, Object> contact = roles.isEmpty() ? null : plain(roles.get(0).get("Contact"));
        if (contact != null) {
            record.put("contact", contact);
        }
        Object solutions = record.remove(fields.solutionRelationship());
        if (ChildRows.isUnfinished(solutions)) {
            throw new Fault.Transient(SalesforceErrors.SYSTEM, "Salesforce has more solutions of opportunity "
                    + row.get("Id")
                    + " than it showed, and salesforce.camel.yaml lacks the step salesforce-child-rows");
        }
        solutions(record, rows(solutions));
        return record;
    }

    private void solutions(Map<String, Object> record, List<Map<String, Object>> rows) {
        List<Map<String, Object>> solutions = new ArrayList<>();
        for (Map<String, Object> row : rows) {
            Map<String, Object> solution = new LinkedHashMap<>();
            solution.put("id", row.get(fields.solutionIdField()));
            solution.put("name", row.get("Name"));
            solutions.add(solution);
        }
        record.put("solutions", solutions);
        record.put(SOLUTION_ROWS, rows.stream().map(row -> row.get("Id")).toList());
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> plain(Object parent) {
        if (parent == null) {
            return null;
        }
        Map<String, Object> fields = new LinkedHashMap<>((Map<String, Object>) parent);
        fields.remove("attributes");
        return fields;
    }
}
