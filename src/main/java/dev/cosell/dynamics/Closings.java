package dev.cosell.dynamics;

import dev.cosell.http.Answer;
import dev.cosell.http.Request;
import dev.cosell.sync.Fault;
import dev.cosell.sync.Writes.Close;
import dev.cosell.sync.Writes.Outcome;
import dev.cosell.sync.Writes.Update;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.Variable;

/** Closes opportunities with the actions that Dataverse has for it; a closed one takes no other change. */
public final class Closings {
    private static final int WON = 3;
    private static final int CANCELED = 4;
    private static final int SUBJECT_LENGTH = 200;

    private final Clock clock;

    public Closings(Clock clock) {
        this.clock = clock;
    }

    /** What must be written while the opportunity is still open. */
    public Update fieldsFirst(@Body Close close) {
        Map<String, Object> patch = new LinkedHashMap<>(close.update().patch());
        patch.keySet().removeAll(List.of("statecode", "statuscode"));
        return new Update(close.update().id(), close.update().version(), patch, close.update().current());
    }

    /** @param record the opportunity after {@link #fieldsFirst} was written */
    public Request action(@Body Close close, @Variable(Updates.RECORD) Map<String, Object> record) {
        boolean won = close.outcome() == Outcome.WON;
        String reason = close.reason() == null || close.reason().isBlank() ? "Closed in Partner Center" : close.reason();
        Map<String, Object> activity = new LinkedHashMap<>();
        activity.put("subject", reason.substring(0, Math.min(SUBJECT_LENGTH, reason.length())));
        activity.put("opportunityid@odata.bind", "/opportunities(" + close.update().id() + ")");
        activity.put("actualend", clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
        if (record.get("estimatedvalue") != null) {
            activity.put("actualrevenue", record.get("estimatedvalue"));
        }
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("Status", close.update().patch().get("statuscode") instanceof Number status ? status : won ? WON : CANCELED);
        body.put("OpportunityClose", activity);
        return new Request("POST", won ? "/WinOpportunity" : "/LoseOpportunity", Map.of(), body);
    }

    public void closed(@Body Close close, @Variable(Reads.ANSWER) Answer answer) {
        if (Refusals.ALREADY_CLOSED.equals(Refusals.code(answer))) {
            throw new Fault.VersionConflict(Refusals.SYSTEM, "The opportunity " + close.update().id()
                    + " was closed in Dynamics 365 by someone else");
        }
        Refusals.check(answer, "closing of opportunity " + close.update().id());
    }
}
