package dev.cosell.sync.decide;

import dev.cosell.mapping.CompiledTable;
import dev.cosell.mapping.ConversionFault;
import dev.cosell.mapping.Row;
import dev.cosell.verbs.CrmRecord;
import java.util.HashMap;
import java.util.Map;

/** The status of a CRM's record in Partner Center's terms, as far as the table knows it. */
record StatusInCrm(ReferralRules referrals, CompiledTable table, CrmRecord record) {

    boolean isClosed() {
        return referrals.closed(shown());
    }

    boolean isLost() {
        return referrals.closed(shown()) && !referrals.won(shown());
    }

    private Map<String, Object> shown() {
        Map<String, Object> shown = new HashMap<>();
        for (Row row : table.rows()) {
            if (referrals.isStatus(row.referralPaths())) {
                try {
                    row.putReferral(shown, row.crmValue(record.fields()));
                } catch (ConversionFault unknown) {
                    return Map.of();
                }
            }
        }
        return shown;
    }
}
