package dev.cosell.dynamics;

import dev.cosell.http.Answer;
import dev.cosell.http.Request;
import dev.cosell.sync.Fault;
import dev.cosell.sync.Writes.Update;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.camel.Body;
import org.apache.camel.Variable;

/** Brings an opportunity's solution rows in line with a list of solutions, row by row. */
public final class SolutionRows {
    private final DynamicsFields fields;
    private final OpportunityColumns columns;
    private final OpportunityBodies bodies;
    private final Records records;
    private final Updates updates;

    public SolutionRows(DynamicsFields fields, OpportunityColumns columns, OpportunityBodies bodies, Records records,
                        Updates updates) {
        this.fields = fields;
        this.columns = columns;
        this.bodies = bodies;
        this.records = records;
        this.updates = updates;
    }

    /** Reads the opportunity afresh, because the ids of its solution rows are needed. */
    public Request read(@Body Update update) {
        return new Request("GET", "/opportunities(" + update.id() + ")?" + columns.selectAndExpand(), Map.of(), null);
    }

    /** The record as it will be after {@link #writes}. A record that moved before anything was written is a conflict. */
    public Map<String, Object> record(@Body Update update, @Variable(Reads.ANSWER) Answer answer) {
        Refusals.check(answer, "read of opportunity " + update.id());
        Map<String, Object> row = answer.object();
        if (!updates.patchesColumns(update) && !update.version().equals(row.get(DynamicsView.ETAG))) {
            throw new Fault.VersionConflict(Refusals.SYSTEM, "The opportunity " + update.id()
                    + " in Dynamics 365 changed after it was read");
        }
        Map<String, Object> record = records.record(row);
        record.put(OpportunityColumns.SOLUTIONS, wanted(update));
        return record;
    }

    /** One request for each row to add or to take away. A row of another name keeps its place: the id is what counts. */
    public List<Request> writes(@Body Update update, @Variable(Reads.ANSWER) Answer answer) {
        List<Request> writes = new ArrayList<>();
        Set<Object> missing = new LinkedHashSet<>();
        wanted(update).forEach(solution -> missing.add(solution.get("id")));
        for (Map<String, Object> row : answer.list(fields.opportunitySolutionsNav())) {
            if (!missing.remove(row.get(fields.solutionIdField()))) {
                writes.add(new Request("DELETE", "/" + fields.solutionSet() + "(" + rowId(row) + ")", Map.of(), null));
            }
        }
        for (Map<String, Object> solution : wanted(update)) {
            if (missing.remove(solution.get("id"))) {
                writes.add(new Request("POST", "/" + fields.solutionSet(), Map.of(), newRow(update.id(), solution)));
            }
        }
        return writes;
    }

    private Map<String, Object> newRow(String opportunity, Map<String, Object> solution) {
        Map<String, Object> body = new LinkedHashMap<>(bodies.solution(solution));
        body.put(fields.solutionOpportunityNav() + "@odata.bind", "/opportunities(" + opportunity + ")");
        return body;
    }

    /** The primary key is in every answer, selected or not: the one column that was not asked for. */
    private Object rowId(Map<String, Object> row) {
        List<String> selected = List.of(fields.solutionIdField(), fields.solutionNameField());
        return row.keySet().stream().filter(name -> name.indexOf('@') < 0 && !selected.contains(name)).map(row::get).findFirst()
                .orElseThrow(() -> new Fault.Data(Refusals.SYSTEM, List.of("Dynamics 365 gave no row id for a row of "
                        + fields.solutionSet())));
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> wanted(Update update) {
        return (List<Map<String, Object>>) Objects.requireNonNullElse(update.patch().get(OpportunityColumns.SOLUTIONS), List.of());
    }

    /** A row that is already gone is as good as deleted. */
    public void written(@Variable(Reads.ANSWER) Answer answer) {
        if (answer.status() != 404) {
            Refusals.check(answer, "solution row of an opportunity");
        }
    }
}
