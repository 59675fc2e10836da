package dev.cosell.backfill;

import java.util.ArrayList;
import java.util.List;

/**
 * Whether the counts of a run are so unusual that a person has to look at them first: what a wrong mapping or a wrong
 * time zone does to every record looks like this.
 *
 * @param closings   most records to be closed, in percent of all that were gone through; 0 for no limit
 * @param overwrites the same of records in which a field that has a value would get another one
 */
public record Breakers(int closings, int overwrites) {
    /** A handful is looked at with one glance, whatever share it is. */
    static final int FEW = 10;

    /** Why somebody has to be asked; empty when nobody has. */
    String question(Counts counts) {
        List<String> reasons = new ArrayList<>();
        ask(reasons, counts.of(Kind.CLOSE), counts, closings, "would be closed", "backfill.most-closings");
        ask(reasons, counts.overwriting(), counts, overwrites, "would lose a value in a field",
                "backfill.most-overwrites");
        return String.join("; ", reasons);
    }

    private static void ask(List<String> reasons, long some, Counts counts, int percent, String what, String key) {
        if (percent > 0 && some > FEW && some * 100 > counts.all() * percent) {
            reasons.add(some + " of " + counts.all() + " records " + what + ", which is more than the " + percent
                    + "% of " + key);
        }
    }
}
