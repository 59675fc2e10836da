package dev.cosell.sync.decide;

import dev.cosell.mapping.CompiledTable;
import dev.cosell.mapping.Row;
import java.util.HashMap;
import java.util.Map;

/**
 * What both sides agree on after a decision was carried out: the base of the next comparison.
 *
 * @param recovered whether the referral may be the one of an earlier attempt
 */
public record Agreement(Decision decision, CompiledTable table, boolean recovered) {

    /** By row of the table, of both records as they are now. */
    public Map<String, Object> values(Map<String, Object> referral, Map<String, Object> opportunity) {
        Pair pair = decision.pair();
        boolean created = !recovered && (pair.referral() == null || pair.opportunity() == null);
        // A referral that an earlier attempt made shows what the opportunity was then, and both may have been edited since.
        Map<String, Object> known = recovered && pair.link() != null ? pair.link().agreed() : decision.agreed();
        Map<String, Object> agreed = new HashMap<>();
        for (Row row : table.rows()) {
            var referralValue = row.referralValue(referral);
            var crmValue = row.crmValue(opportunity);
            if (decision.written().contains(row.name()) && !row.same(referralValue, crmValue)) {
                agreed.put(row.name(), copied(row, referral, opportunity));
            } else if (created || decision.written().contains(row.name()) || row.same(referralValue, crmValue)) {
                agreed.put(row.name(), Merge.values(row.normalReferral(referralValue), row.normalCrm(crmValue)));
            } else if (known.containsKey(row.name())) {
                agreed.put(row.name(), known.get(row.name()));
            }
        }
        return agreed;
    }

    /**
     * What was written and what it was copied from: an edit of the source that came between read and write, which the expected
     * version did not reveal, stays news.
     */
    private Map<String, Object> copied(Row row, Map<String, Object> referral, Map<String, Object> opportunity) {
        boolean towardsCrm = row.crmPaths().stream().anyMatch(decision.crmPatch()::containsKey);
        Map<String, Object> there = towardsCrm ? decision.pair().referral() : referral;
        Map<String, Object> here = towardsCrm ? opportunity : decision.pair().opportunity();
        return Merge.values(row.normalReferral(row.referralValue(there)), row.normalCrm(row.crmValue(here)));
    }
}
