package dev.cosell.sync.decide;

import dev.cosell.mapping.CompiledTable;
import dev.cosell.mapping.Row;
import dev.cosell.verbs.Hint;
import dev.cosell.verbs.SystemRecord;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

/** On which sides a decision takes a value from a linked deal: a field that had one gets another one or none. */
public final class Overwrites {
    private Overwrites() {}

    /**
     * Those for the {@link Brake}, each with the time for which it counts: what a person let go does not count.
     *
     * @param now the time of what is not known to have been changed before
     */
    public static Map<Direction, Instant> counted(Decision decision, CompiledTable table, Stops stops, Instant now) {
        Map<Direction, Instant> counted = new EnumMap<>(Direction.class);
        Pair pair = decision.pair();
        boolean writes = decision.action() == Action.UPDATE || decision.action() == Action.CLOSE;
        if (writes && pair.isLinked() && pair.referral() != null && pair.opportunity() != null) {
            table.rows().stream().filter(row -> decision.written().contains(row.name()))
                    .forEach(row -> overwritten(decision, row, now, counted));
            counted.keySet().removeIf(direction -> stops.lets(direction, pair.waits()));
        }
        return counted;
    }

    private static void overwritten(Decision decision, Row row, Instant now,
            Map<Direction, Instant> into) {
        boolean towardsCrm = row.crmPaths().stream().anyMatch(decision.crmPatch()::containsKey);
        Object before = towardsCrm ? row.normalCrm(row.crmValue(decision.pair().opportunity().fields()))
                : row.normalReferral(row.referralValue(decision.pair().referral().fields()));
        if (before != null) {
            Pair pair = decision.pair();
            into.put(towardsCrm ? Direction.TO_CRM : Direction.TO_PARTNER_CENTER,
                    towardsCrm ? changed(pair, pair.referral(), pair.link().agreement().referral(), now)
                            : changed(pair, pair.opportunity(), pair.link().agreement().crm(), now));
        }
    }

    /**
     * When the source changed: after an outage edits of days are written within minutes, and were still made at the
     * pace of people. A state that was known before, or is older, did not change: a mapping did, or a backup was
     * restored, and all deals do so at once whatever their stamps say. So does what a backfill comes by.
     */
    private static Instant changed(Pair pair, SystemRecord source, Agreement.Seen known, Instant now) {
        Instant at = source.modifiedAt();
        Long order = source.order();
        boolean news = at != null && order != null && known.order() != null && order > known.order()
                && pair.hint().origin() != Hint.Origin.BACKFILL;
        return news && at.isBefore(now) ? at : now;
    }
}
