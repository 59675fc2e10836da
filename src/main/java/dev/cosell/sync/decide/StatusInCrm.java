package dev.cosell.sync.decide;

import dev.cosell.mapping.CompiledTable;
import dev.cosell.mapping.ConversionFault;
import dev.cosell.verbs.CrmRecord;
import java.util.HashMap;
import java.util.Map;

/** The status of a CRM's record in Partner Center's terms, as far as the table knows it. */
public record StatusInCrm(ReferralRules referrals, CompiledTable table, CrmRecord record) {

    public boolean isClosed() {
        return referrals.closed(shown());
    }

    boolean isLost() {
        return referrals.closed(shown()) && !referrals.won(shown());
    }

    private Map<String, Object> shown() {
        Map<String, Object> shown = new HashMap<>();
        try {
            table.statusRow(referrals::isStatus)
                    .ifPresent(row -> row.putReferral(shown, row.crmValue(record.fields())));
            return shown;
        } catch (ConversionFault unknown) {
            return Map.of();
        }
    }
}
