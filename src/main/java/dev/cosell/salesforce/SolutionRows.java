package dev.cosell.salesforce;

import dev.cosell.mapping.SolutionIds;
import dev.cosell.verbs.Fault;
import dev.cosell.verbs.Trouble;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The child rows that hold an opportunity's solutions, compared by solution id. */
final class SolutionRows {
    /** More are one call with a list, because a composite takes 25 calls. */
    private static final int MOST_SINGLE = 10;

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

    /**
     * @param whose the record, for people
     * @throws Fault.Data when they do not go into one transaction
     */
    static void refuseTooMany(String whose, List<?> solutions) {
        if (solutions.size() > CompositeRequest.MOST_ROWS) {
            throw new Fault.Data(SalesforceErrors.SYSTEM, Trouble.SOLUTIONS,
                    whose + " has " + solutions.size() + " solutions; one Salesforce transaction takes "
                            + CompositeRequest.MOST_ROWS + ". Remove some in Partner Center");
        }
    }

    /** Adds the calls that create a row for each solution. */
    static void create(CompositeRequest request, SalesforceFields fields, List<Map<String, Object>> rows) {
        if (rows.size() > MOST_SINGLE) {
            request.createAll("solutions", fields.solutionObject(), rows);
            return;
        }
        for (int i = 0; i < rows.size(); i++) {
            request.create("solution" + (i + 1), fields.solutionObject(), rows.get(i));
        }
    }

    /**
     * Adds the calls that turn the rows of a record into the wanted list. A row without an id somebody is still filling
     * in.
     */
    static void change(CompositeRequest request, SalesforceFields fields, Map<String, Object> current, List<?> wanted,
            String opportunity) {
        List<?> solutions = list(current.get("solutions"));
        List<?> rows = list(current.get(OpportunityRecords.SOLUTION_ROWS));
        List<String> leaving = new ArrayList<>();
        for (int i = 0; i < solutions.size() && i < rows.size(); i++) {
            String id = id(solutions.get(i));
            if (id != null && !contains(wanted, id)) {
                leaving.add((String) rows.get(i));
            }
        }
        delete(request, fields, leaving);
        create(request, fields, wanted.stream().filter(solution -> !contains(solutions, id(solution)))
                .map(solution -> row(fields, map(solution), opportunity)).toList());
    }

    /** Adds the calls that delete rows. */
    static void delete(CompositeRequest request, SalesforceFields fields, List<String> ids) {
        if (ids.size() > MOST_SINGLE) {
            for (int from = 0; from < ids.size(); from += CompositeRequest.MOST_ROWS) {
                request.deleteAll("formerSolutions" + from,
                        ids.subList(from, Math.min(from + CompositeRequest.MOST_ROWS, ids.size())));
            }
            return;
        }
        for (int i = 0; i < ids.size(); i++) {
            request.delete("formerSolution" + (i + 1), fields.solutionObject(), ids.get(i));
        }
    }

    private static boolean contains(List<?> solutions, String id) {
        return solutions.stream().anyMatch(solution -> Objects.equals(id(solution), id));
    }

    private static String id(Object solution) {
        return SolutionIds.normal(map(solution).get("id"));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object solution) {
        return (Map<String, Object>) solution;
    }

    private static List<?> list(Object value) {
        return value instanceof List<?> list ? list : List.of();
    }
}
