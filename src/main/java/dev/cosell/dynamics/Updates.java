package dev.cosell.dynamics;

import dev.cosell.http.Answer;
import dev.cosell.http.Request;
import dev.cosell.verbs.Fault;
import dev.cosell.verbs.Writes.Update;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.Variable;

/** Writes changes of an opportunity's own columns, on the condition that the row is still the one that was read. */
public final class Updates {
    private final OpportunityColumns columns;
    private final OpportunityBodies bodies;
    private final Records records;

    public Updates(OpportunityColumns columns, OpportunityBodies bodies, Records records) {
        this.columns = columns;
        this.bodies = bodies;
        this.records = records;
    }

    public boolean patchesColumns(@Body Update update) {
        return !bodies.forUpdate(update).isEmpty();
    }

    public boolean patchesSolutions(@Body Update update) {
        return update.patch().containsKey(OpportunityColumns.SOLUTIONS);
    }

    /** The estimated value that the opportunity has after the update; null when it has none. */
    Object revenue(Update update) {
        return bodies.forUpdate(update).getOrDefault(OpportunityBodies.VALUE,
                update.current().get(OpportunityBodies.VALUE));
    }

    public Request patch(@Body Update update) {
        Map<String, String> headers = Map.of("If-Match", update.version(), "Prefer", "return=representation");
        return new Request("PATCH", "/opportunities(" + update.id() + ")?" + columns.select(), headers,
                bodies.forUpdate(update));
    }

    /** The answer to a PATCH holds no related rows; they are those that were read before. */
    public Map<String, Object> stored(@Body Update update, @Variable(Reads.ANSWER) Answer answer) {
        check(update, answer);
        Map<String, Object> current = update.current();
        Map<String, Object> stored = records.record(answer.object(), current.get(Records.ACCOUNT),
                current.get(Records.CONTACT),
                current.get(OpportunityColumns.SOLUTIONS));
        if (current.containsKey(Records.OWNER)) {
            stored.put(Records.OWNER, current.get(Records.OWNER));
        }
        return stored;
    }

    /** Throws the fault that the answer to a PATCH stands for; does nothing when it is a success. */
    void check(Update update, Answer answer) {
        if (Refusals.gone(answer, update.id())) {
            throw new Fault.VersionConflict(Refusals.SYSTEM, "The opportunity " + update.id()
                    + " was deleted in Dynamics 365 after it was read");
        }
        String what = "change of opportunity " + update.id();
        bodies.checkCurrency(answer, what);
        Refusals.check(answer, what);
    }
}
