package dev.cosell.sync.decide;

import dev.cosell.mapping.CompiledTable;
import dev.cosell.mapping.Row;
import java.util.EnumSet;
import java.util.Set;

/** On which sides a decision takes a value from a linked deal: a field that had one gets another one or none. */
public final class Overwrites {
    private Overwrites() {}

    /** Those for the {@link Brake}: what a person let go does not count. */
    public static Set<Direction> counted(Decision decision, CompiledTable table, Stops stops) {
        Set<Direction> counted = EnumSet.noneOf(Direction.class);
        Pair pair = decision.pair();
        boolean writes = decision.action() == Action.UPDATE || decision.action() == Action.CLOSE;
        if (writes && pair.isLinked() && pair.referral() != null && pair.opportunity() != null) {
            table.rows().stream().filter(row -> decision.written().contains(row.name()))
                    .forEach(row -> overwritten(decision, row, counted));
            counted.removeIf(direction -> stops.lets(direction, pair.waits()));
        }
        return counted;
    }

    private static void overwritten(Decision decision, Row row, Set<Direction> into) {
        boolean towardsCrm = row.crmPaths().stream().anyMatch(decision.crmPatch()::containsKey);
        Object before = towardsCrm ? row.normalCrm(row.crmValue(decision.pair().opportunity().fields()))
                : row.normalReferral(row.referralValue(decision.pair().referral().fields()));
        if (before != null) {
            into.add(towardsCrm ? Direction.TO_CRM : Direction.TO_PARTNER_CENTER);
        }
    }
}
