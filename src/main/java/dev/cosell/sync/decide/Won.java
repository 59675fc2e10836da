package dev.cosell.sync.decide;

import dev.cosell.mapping.CompiledTable;
import dev.cosell.mapping.ConversionFault;
import dev.cosell.mapping.Row;
import dev.cosell.verbs.Fault;
import dev.cosell.verbs.Reason;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a deal was won with takes the place of what was estimated, in the write that closes its referral. */
final class Won {
    private final CompiledTable table;
    private final Pair pair;
    private final Map<String, Object> patch;
    private final List<String> written;
    private final List<String> story;

    private Won(Merged merge, CompiledTable table, Pair pair) {
        this.table = table;
        this.pair = pair;
        this.patch = new LinkedHashMap<>(merge.referralPatch());
        this.written = new ArrayList<>(merge.written());
        this.story = new ArrayList<>(merge.story());
    }

    /**
     * @param won   rows from the CRM to Partner Center; null for none
     * @param table the rows of the estimate, which have the same Partner Center fields
     * @throws Fault.Data when a value cannot be converted
     */
    static Merged over(Merged merge, CompiledTable won, CompiledTable table, Pair pair) {
        ReferralRules rules = pair.referral().view();
        boolean wins = rules.closed(merge.referralPatch()) && rules.won(merge.referralPatch());
        if (won == null || !wins) {
            return merge;
        }
        Won result = new Won(merge, table, pair);
        List<Reason> faults = new ArrayList<>();
        won.rows().stream().filter(Row::toReferralOnUpdate).forEach(row -> result.take(row, faults));
        if (!faults.isEmpty()) {
            throw new Fault.Data(pair.crm(), faults);
        }
        return new Merged(result.patch, merge.crmPatch(), merge.agreed(), result.written, result.story,
                merge.refusals(), merge.undecided(),
                merge.faults(), merge.conflict(), merge.closesCrm());
    }

    private void take(Row row, List<Reason> faults) {
        try {
            RowSides sides = RowSides.of(row, pair.referral(), pair.opportunity());
            Map<String, Object> actual = sides.forReferral();
            actual.entrySet().removeIf(each -> each.getValue() == null
                    || pair.referral().refusal(each.getKey(), each.getValue()) != null);
            boolean estimated = actual.keySet().stream().anyMatch(patch::containsKey);
            // The amount that the CRM shows may be the exact one of Partner Center, rounded.
            if (actual.isEmpty() || !estimated && sides.showTheSame(pair.opportunity().decimals())) {
                return;
            }
            patch.putAll(actual);
            table.rows().stream().filter(each -> each.referralPaths().stream().anyMatch(actual::containsKey))
                    .map(Row::name)
                    .filter(name -> !written.contains(name)).forEach(written::add);
            story.add(row.name() + " in Partner Center: " + sides.referralNow() + " → " + sides.crmNow()
                    + ", because the deal is won with it");
        } catch (ConversionFault fault) {
            faults.add(ValueCause.reason(fault));
        }
    }
}
