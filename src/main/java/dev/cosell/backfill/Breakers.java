package dev.cosell.backfill;

import java.util.ArrayList;
import java.util.List;

/**
 * Whether the counts of a run are so unusual that a person has to look at them first: what a wrong mapping or a wrong
 * time zone does to every record looks like this.
 *
 * @param closings   most records to be closed, in percent of the open ones that were gone through; 0 for no limit
 * @param overwrites the same of records in which a field that has a value would get another one
 */
public record Breakers(int closings, int overwrites) {
    /** A handful is looked at with one glance, whatever share it is. */
    static final int FEW = 10;

    /**
     * Why somebody has to be asked; empty when nobody has.
     *
     * @param closed records that agree and are closed: with the years they are most, and nothing becomes of them
     */
    String question(Counts counts, long closed) {
        // Those that are left alone are none of ours.
        long open = counts.all() - counts.of(Kind.LEFT) - closed;
        List<String> reasons = new ArrayList<>();
        ask(reasons, counts.of(Kind.CLOSE), open, closings, "would be closed", "backfill.most-closings");
        ask(reasons, counts.overwriting(), open, overwrites, "would lose a value in a field",
                "backfill.most-overwrites");
        return String.join("; ", reasons);
    }

    private static void ask(List<String> reasons, long some, long open, int percent, String what, String key) {
        if (percent > 0 && some > FEW && some * 100 > open * percent) {
            reasons.add(some + " of " + open + " open records " + what + ", which is more than the " + percent
                    + "% of " + key);
        }
    }
}
