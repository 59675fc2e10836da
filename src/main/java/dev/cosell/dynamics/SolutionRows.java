package dev.cosell.dynamics;

import dev.cosell.http.Answer;
import dev.cosell.http.Request;
import dev.cosell.mapping.SolutionIds;
import dev.cosell.verbs.Fault;
import dev.cosell.verbs.Trouble;
import dev.cosell.verbs.Writes.Update;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.camel.Body;
import org.apache.camel.Variable;

/**
 * Brings an opportunity's solution rows in line with a list of solutions, together with the opportunity's own columns:
 * all or nothing.
 */
public final class SolutionRows {
    private final DynamicsFields fields;
    private final OpportunityBodies bodies;
    private final Records records;
    private final Updates updates;
    private final Reads reads;

    public SolutionRows(DynamicsFields fields, OpportunityBodies bodies, Records records,
                        Updates updates, Reads reads) {
        this.fields = fields;
        this.bodies = bodies;
        this.records = records;
        this.updates = updates;
        this.reads = reads;
    }

    /** Reads the opportunity afresh, because the ids of its solution rows are needed. */
    public Request read(@Body Update update) {
        return reads.again(update.id());
    }

    /** The record as it was read. */
    public Map<String, Object> record(@Variable(Reads.ANSWER) Answer answer) {
        return records.record(answer.object());
    }

    /**
     * The opportunity's columns if they differ, then one request for each row to add or to take away; behind them a
     * look at what came of it.
     */
    public Batch batch(@Body Update update, @Variable(Reads.ANSWER) Answer answer) {
        return new Batch(writes(update, answer), List.of(reads.again(update.id())));
    }

    /**
     * @param answer the opportunity as {@link #read} gave it; one that moved since the update was decided is a conflict
     */
    List<Request> writes(Update update, Answer answer) {
        updates.check(update, answer);
        if (!update.version().equals(answer.object().get(DynamicsView.ETAG))) {
            throw new Fault.VersionConflict(Refusals.SYSTEM, "The opportunity " + update.id()
                    + " in Dynamics 365 changed after it was read");
        }
        List<Request> writes = new ArrayList<>();
        if (updates.patchesColumns(update)) {
            writes.add(updates.patch(update));
        }
        writes.addAll(rows(update, answer));
        return writes;
    }

    /**
     * A row of another name keeps its place: the id is what counts, as often as it is there. One without an id somebody
     * is still filling in.
     */
    private List<Request> rows(Update update, Answer answer) {
        List<Request> writes = new ArrayList<>();
        Set<String> wanted = new HashSet<>();
        wanted(update).forEach(solution -> wanted.add(SolutionIds.normal(solution.get("id"))));
        Set<String> there = new HashSet<>();
        for (Map<String, Object> row : answer.list(fields.opportunitySolutionsNav())) {
            String id = SolutionIds.normal(row.get(fields.solutionIdField()));
            if (id != null && !wanted.contains(id)) {
                writes.add(new Request("DELETE", "/" + fields.solutionSet() + "(" + rowId(row) + ")", Map.of(), null));
            }
            there.add(id);
        }
        for (Map<String, Object> solution : wanted(update)) {
            if (there.add(SolutionIds.normal(solution.get("id")))) {
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

    /**
     * The primary key is in every answer, selected or not: the one column that was not asked for. The lookup by which
     * the row was found may be there too.
     */
    private Object rowId(Map<String, Object> row) {
        List<String> selected = List.of(fields.solutionIdField(), fields.solutionNameField());
        return row.keySet().stream()
                .filter(name -> name.indexOf('@') < 0 && !name.startsWith("_") && !selected.contains(name))
                .map(row::get).findFirst()
                .orElseThrow(() -> new Fault.Data(Refusals.SYSTEM, Trouble.STRANGE_ANSWER,
                        "Dynamics 365 gave no row id for a row of "
                        + fields.solutionSet()));
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> wanted(Update update) {
        return (List<Map<String, Object>>) Objects.requireNonNullElse(update.patch().get(OpportunityColumns.SOLUTIONS),
                List.of());
    }

    /**
     * The record as the batch wrote it. An edit that comes between the writes and the look at them is not taken for
     * ours.
     */
    public Map<String, Object> stored(@Body Update update, @Variable(Batches.ANSWERS) BatchAnswer answers) {
        check(update, answers);
        if (!updates.patchesColumns(update) || answers.writes().get(0).object().isEmpty()) {
            return reads.again(answers, "change of opportunity " + update.id());
        }
        Map<String, Object> stored = updates.stored(update, answers.writes().get(0));
        stored.put(OpportunityColumns.SOLUTIONS, wanted(update));
        return stored;
    }

    /** A row that somebody else took away meanwhile refuses the whole set; it is decided afresh. */
    static void checkStillThere(Update update, Answer refused) {
        if (refused.status() == 404 && Refusals.says(refused, Refusals.NOT_THERE)) {
            throw new Fault.VersionConflict(Refusals.SYSTEM, "A solution row of opportunity " + update.id()
                    + " was deleted in Dynamics 365 after it was read");
        }
    }

    private void check(Update update, BatchAnswer answers) {
        if (answers.refused() == null) {
            return;
        }
        boolean ofColumns = answers.culprit() == 1 && updates.patchesColumns(update);
        if (answers.culprit() != 0 && !ofColumns) {
            checkStillThere(update, answers.refused());
            Refusals.check(answers.refused(), "solution row of opportunity " + update.id());
        }
        updates.check(update, answers.refused());
    }
}
