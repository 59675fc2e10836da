package dev.cosell.sync.decide;

import dev.cosell.mapping.CompiledTable;
import dev.cosell.mapping.ConversionFault;
import dev.cosell.mapping.Row;
import dev.cosell.verbs.CrmRecord;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The status of a CRM's record in Partner Center's terms, as far as the table knows it. Further rows may show the
 * referral's status in fields of the customer's own, which say nothing of the deal.
 */
public record StatusInCrm(ReferralRules referrals, CompiledTable table, CrmRecord record) {

    public boolean isClosed() {
        return referrals.closed(shown());
    }

    boolean isLost() {
        return referrals.closed(shown()) && !referrals.won(shown());
    }

    private Map<String, Object> shown() {
        Row row = row(referrals, table);
        Map<String, Object> shown = new HashMap<>();
        if (row == null) {
            return shown;
        }
        try {
            row.putReferral(shown, row.crmValue(record.fields()));
            return shown;
        } catch (ConversionFault unknown) {
            return Map.of();
        }
    }

    /**
     * The row that carries the deal's status: the one that goes to Partner Center; of a table without one the first
     * that shows a status. Null when none does.
     */
    static Row row(ReferralRules referrals, CompiledTable table) {
        List<Row> showing = table.rows().stream().filter(row -> referrals.isStatus(row.referralPaths())).toList();
        return showing.stream().filter(Row::toReferralOnUpdate).findFirst()
                .orElse(showing.isEmpty() ? null : showing.get(0));
    }
}
