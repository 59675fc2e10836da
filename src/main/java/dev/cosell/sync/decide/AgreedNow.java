package dev.cosell.sync.decide;

import dev.cosell.mapping.CompiledTable;
import dev.cosell.mapping.Row;
import java.util.HashMap;
import java.util.Map;

/** What both sides agree on after a decision was carried out: the base of the next comparison. */
public record AgreedNow(Decision decision, CompiledTable table) {

    /**
     * Of a deal, of both records as they are now.
     *
     * @param recovered whether the referral may be the one of an earlier attempt
     */
    public AgreedValues ofDeal(Map<String, Object> referral, Map<String, Object> opportunity, boolean recovered) {
        Pair pair = decision.pair();
        boolean created = !recovered && (pair.referral() == null || pair.opportunity() == null);
        // A referral that an earlier attempt made shows what the opportunity was then, and both may have been edited since.
        AgreedValues known = recovered && pair.link() != null ? pair.link().agreed() : decision.agreed();
        Map<String, Agreed> agreed = new HashMap<>();
        for (Row row : table.rows()) {
            boolean same = row.same(row.referralValue(referral), row.crmValue(opportunity));
            if (isWritten(row) && !same) {
                agreed.put(row.name(), copied(row, referral, opportunity));
            } else if (created || isWritten(row) || same) {
                agreed.put(row.name(), Agreed.shown(row, referral, opportunity));
            } else if (known.of(row) != null) {
                agreed.put(row.name(), known.of(row));
            }
        }
        return new AgreedValues(agreed);
    }

    /**
     * What was written and what it was copied from: an edit of the source that came between read and write, which the expected
     * version did not reveal, stays news.
     */
    private Agreed copied(Row row, Map<String, Object> referral, Map<String, Object> opportunity) {
        boolean towardsCrm = row.crmPaths().stream().anyMatch(decision.crmPatch()::containsKey);
        return towardsCrm ? Agreed.shown(row, decision.pair().referral(), opportunity) : Agreed.shown(row, referral, decision.pair().opportunity());
    }

    /** Of a lead, which is written from what was read of its referral. */
    public AgreedValues ofLead(Map<String, Object> lead) {
        Map<String, Object> document = LeadDocument.of(decision.pair().referral());
        Map<String, Agreed> agreed = new HashMap<>();
        for (Row row : table.rows()) {
            boolean same = row.same(row.referralValue(document), row.crmValue(lead));
            if (decision.action() == Action.CREATE_LEAD || isWritten(row) || same) {
                agreed.put(row.name(), Agreed.shown(row, document, lead));
            } else if (decision.agreed().of(row) != null) {
                agreed.put(row.name(), decision.agreed().of(row));
            }
        }
        return new AgreedValues(agreed);
    }

    private boolean isWritten(Row row) {
        return decision.written().contains(row.name());
    }
}
