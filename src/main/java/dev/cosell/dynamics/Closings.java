package dev.cosell.dynamics;

import dev.cosell.http.Answer;
import dev.cosell.http.Request;
import dev.cosell.text.Storable;
import dev.cosell.verbs.Fault;
import dev.cosell.verbs.Writes.Close;
import dev.cosell.verbs.Writes.Outcome;
import dev.cosell.verbs.Writes.Update;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.Variable;

/**
 * Closes opportunities with the actions that Dataverse has for it; a closed one takes no other change, so the last
 * fields are written before, all in one change set. The actions name no version, but the fields do: an opportunity that
 * moved is neither written nor closed.
 */
public final class Closings {
    private static final int WON = 3;
    private static final int CANCELED = 4;
    private static final int SUBJECT_LENGTH = 200;
    /** Of a date column of Dataverse. */
    private static final Instant FIRST_MOMENT = Instant.parse("1753-01-01T00:00:00Z");

    private final DynamicsFields fields;
    private final Updates updates;
    private final SolutionRows solutions;
    private final Reads reads;
    private final Clock clock;

    public Closings(DynamicsFields fields, Updates updates, SolutionRows solutions, Reads reads, Clock clock) {
        this.fields = fields;
        this.updates = updates;
        this.solutions = solutions;
        this.reads = reads;
        this.clock = clock;
    }

    /**
     * What must be written while the opportunity is still open. With nothing to write, the Audit column gets the text
     * that it has, for the sake of the version that the write names.
     */
    private Update fieldsFirst(Close close) {
        Update update = close.update();
        Map<String, Object> patch = new LinkedHashMap<>(update.patch());
        patch.keySet().removeAll(List.of("statecode", "statuscode"));
        Update first = new Update(update.id(), update.version(), patch, update.current());
        if (!updates.patchesColumns(first)) {
            patch.put(fields.auditField(), update.current().get(fields.auditField()));
        }
        return first;
    }

    public boolean changesSolutions(@Body Close close) {
        return updates.patchesSolutions(close.update());
    }

    public Request read(@Body Close close) {
        return reads.again(close.update().id());
    }

    /** @param answer the opportunity with its solution rows; looked at only when these change */
    public Batch batch(@Body Close close, @Variable(Reads.ANSWER) Answer answer) {
        Update first = fieldsFirst(close);
        List<Request> writes = new ArrayList<>(
                changesSolutions(close) ? solutions.writes(first, answer) : List.of(updates.patch(first)));
        writes.add(action(close));
        return new Batch(writes, List.of(reads.again(close.update().id())));
    }

    private Request action(Close close) {
        boolean won = close.outcome() == Outcome.WON;
        String reason = close.reason() == null || close.reason().isBlank() ? "Closed in Partner Center"
                : close.reason();
        Map<String, Object> activity = new LinkedHashMap<>();
        activity.put("subject", Storable.shortened(reason, SUBJECT_LENGTH));
        activity.put("opportunityid@odata.bind", "/opportunities(" + close.update().id() + ")");
        activity.put("actualend", end(close).truncatedTo(ChronoUnit.SECONDS).toString());
        Object revenue = updates.revenue(close.update());
        if (won && revenue != null) {
            activity.put("actualrevenue", revenue);
        }
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("Status",
                close.update().patch().get("statuscode") instanceof Number status ? status : won ? WON : CANCELED);
        body.put("OpportunityClose", activity);
        return new Request("POST", won ? "/WinOpportunity" : "/LoseOpportunity", Map.of(), body);
    }

    /**
     * Dynamics 365 makes the actual close date of it. A deal may have ended long before anybody could write that here;
     * what lies ahead, or before the years of the column, is no end of a deal.
     */
    private Instant end(Close close) {
        Instant now = clock.instant();
        Instant ended = close.ended();
        return ended == null || ended.isAfter(now) || ended.isBefore(FIRST_MOMENT) ? now : ended;
    }

    /**
     * @param sent the {@link #batch} that was answered
     * @return the opportunity as it is now
     */
    public Map<String, Object> closed(@Body Close close, @Variable(Batches.ANSWERS) BatchAnswer answers,
            @Variable("dynamicsBatch") Batch sent) {
        String what = "closing of opportunity " + close.update().id();
        Answer refused = answers.refused();
        if (refused == null) {
            return reads.again(answers, what);
        }
        if (Refusals.says(refused, Refusals.ALREADY_CLOSED)) {
            throw new Fault.VersionConflict(Refusals.SYSTEM, "The opportunity " + close.update().id()
                    + " was closed in Dynamics 365 by someone else");
        }
        if (answers.culprit() > 1 && answers.culprit() < sent.writes().size()) {
            SolutionRows.checkStillThere(close.update(), refused);
        }
        if (answers.culprit() == 1 || refused.status() == 404) {
            updates.check(close.update(), refused);
        }
        throw Refusals.fault(refused, what);
    }
}
