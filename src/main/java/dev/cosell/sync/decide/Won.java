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
    private final Map<String, Object> crmPatch;
    private final List<String> written;
    private final List<String> story;
    private final List<String> refusals;
    private boolean conflict;

    private Won(Merged merge, CompiledTable table, Pair pair) {
        this.table = table;
        this.pair = pair;
        this.patch = new LinkedHashMap<>(merge.referralPatch());
        this.written = new ArrayList<>(merge.written());
        this.story = new ArrayList<>(merge.story());
        this.crmPatch = new LinkedHashMap<>(merge.crmPatch());
        this.refusals = new ArrayList<>(merge.refusals());
        this.conflict = merge.conflict();
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
        return new Merged(result.patch, result.crmPatch, merge.agreed(), result.written, result.story,
                result.refusals, merge.undecided(), merge.faults(), result.conflict, merge.closesCrm());
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
            send(actual);
            story.add(FieldNews.travels(row.name(), FieldNews.IN_PARTNER_CENTER, sides.referralNow(), sides.crmNow())
                    + ", because the deal is won with it");
            if (pair.referral().view().isAmount(row.referralPaths())) {
                takeCurrency();
            }
        } catch (ConversionFault fault) {
            faults.add(ValueCause.reason(fault));
        }
    }

    private void send(Map<String, Object> actual) {
        patch.putAll(actual);
        table.rows().stream().filter(each -> each.referralPaths().stream().anyMatch(actual::containsKey))
                .map(Row::name).forEach(name -> {
                    refusals.removeIf(sentence -> FieldNews.isOfDifference(sentence, name));
                    if (!written.contains(name)) {
                        written.add(name);
                    }
                });
    }

    /** Nobody has won the deal with this amount in the other side's currency, nor estimated it so. */
    private void takeCurrency() {
        AmountAndCurrency both = AmountAndCurrency.won(table, pair);
        if (both == null || both.currency().row().referralPaths().stream().anyMatch(patch::containsKey)) {
            return;
        }
        RowSides currency = both.currency();
        staysInCrm(both.amount().row());
        staysInCrm(currency.row());
        send(currency.forReferral());
        story.add(FieldNews.travels(currency.row().name(), FieldNews.IN_PARTNER_CENTER, currency.referralNow(),
                currency.crmNow()) + FieldNews.goesAlong(currency.referralNow()));
        conflict |= pair.agreed().referralMoved(currency.row(), currency.referral(), currency.referralNow());
    }

    private void staysInCrm(Row row) {
        row.crmPaths().forEach(crmPatch::remove);
        story.removeIf(sentence -> FieldNews.isOf(sentence, row.name(), FieldNews.IN_THE_CRM));
    }
}
