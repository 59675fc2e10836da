package dev.cosell.salesforce;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The child rows that hold an opportunity's solutions, compared by solution id. */
final class SolutionRows {
    private SolutionRows() {}

    static Map<String, Object> row(SalesforceFields fields, Map<String, Object> solution, String opportunity) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put(fields.solutionIdField(), solution.get("id"));
        if (solution.get("name") instanceof String name && !name.isBlank()) {
            row.put("Name", name);
        }
        row.put(fields.solutionOpportunityField(), opportunity);
        return row;
    }

    /** Adds the calls that turn the rows of a record into the wanted list. */
    static void change(CompositeRequest request, SalesforceFields fields, Map<String, Object> current, List<?> wanted, String opportunity) {
        List<?> solutions = list(current.get("solutions"));
        List<?> rows = list(current.get(OpportunityRecords.SOLUTION_ROWS));
        int number = 0;
        for (int i = 0; i < solutions.size() && i < rows.size(); i++) {
            if (!contains(wanted, id(solutions.get(i)))) {
                request.delete("solution" + ++number, fields.solutionObject(), (String) rows.get(i));
            }
        }
        for (Object solution : wanted) {
            if (!contains(solutions, id(solution))) {
                request.create("solution" + ++number, fields.solutionObject(), row(fields, map(solution), opportunity));
            }
        }
    }

    private static boolean contains(List<?> solutions, Object id) {
        return solutions.stream().anyMatch(solution -> Objects.equals(id(solution), id));
    }

    private static Object id(Object solution) {
        return map(solution).get("id");
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object solution) {
        return (Map<String, Object>) solution;
    }

    private static List<?> list(Object value) {
        return value instanceof List<?> list ? list : List.of();
    }
}
