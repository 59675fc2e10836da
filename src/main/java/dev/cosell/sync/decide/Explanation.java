package dev.cosell.sync.decide;

import dev.cosell.verbs.Reason;
import java.util.List;

/**
 * A decision with what it rests on, for people who ask. Nothing follows from it.
 *
 * @param decision null when values that would have to travel break rules
 * @param faults   those values; empty when there is a decision
 * @param rows     what was found about each mapping row; empty when the two records were not compared
 */
public record Explanation(Pair pair, Decision decision, List<Reason> faults, List<RowFinding> rows) {
    public Explanation {
        faults = List.copyOf(faults);
        rows = List.copyOf(rows);
    }

    /** What the sync would do; null when values break rules. */
    public Action action() {
        return decision == null ? null : decision.action();
    }
}
