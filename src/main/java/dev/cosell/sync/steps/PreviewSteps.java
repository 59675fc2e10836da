package dev.cosell.sync.steps;

import dev.cosell.sync.books.Attempt;
import dev.cosell.sync.decide.Explanation;
import dev.cosell.sync.decide.Pair;
import dev.cosell.verbs.Reason;
import java.util.List;
import org.apache.camel.Variable;

/** The steps of {@code routes/preview.camel.yaml} that are its own: it asks what a sync would do, and does nothing. */
public final class PreviewSteps {
    /**
     * What would happen.
     *
     * @param created the request of a create, as the creating verb would get it; null when nothing would be created or
     *                the request is not complete
     * @param faults  why nothing can be created; empty when nothing is wrong
     */
    public record Foreseen(Explanation explanation, Object created, List<Reason> faults) {}

    /** A create as if it were the first one: an earlier attempt is looked for when it is done, not before. */
    public Attempt attempt(@Variable("pair") Pair pair) {
        return Attempt.first(pair.crm(), pair.hint().id());
    }

    public Foreseen foreseen(@Variable("explanation") Explanation explanation, @Variable("created") Object created,
            @Variable("faults") List<Reason> faults) {
        return new Foreseen(explanation, created, faults == null ? List.of() : faults);
    }
}
