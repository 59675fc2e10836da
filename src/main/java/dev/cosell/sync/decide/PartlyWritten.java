package dev.cosell.sync.decide;

import dev.cosell.mapping.CompiledTable;
import dev.cosell.mapping.Row;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What both sides agree on when the carrying out of a decision stopped half-way: Partner Center may have been written
 * before the CRM refused its part. What was written is our own and no edit, against which a later edit could lose or
 * win.
 *
 * @param referral the referral as it is now
 */
public record PartlyWritten(Decision decision, CompiledTable table, Referral referral) {

    public boolean wroteReferral() {
        return decision.isWritesReferral() && referral != null && decision.pair().referral() != null
                && !Objects.equals(referral.version(), decision.pair().referral().version());
    }

    /** What is known to be written counts as agreed; of the rest nobody knows, so it stays noted as begun. */
    public AgreedValues agreed() {
        AgreedValues begun = new BegunWrites(decision, table).agreed();
        if (!wroteReferral()) {
            return begun;
        }
        Map<String, Agreed> agreed = new HashMap<>(begun.rows());
        for (Row row : table.rows()) {
            boolean towardsReferral = row.referralPaths().stream().anyMatch(decision.referralPatch()::containsKey);
            if (towardsReferral && decision.written().contains(row.name())) {
                agreed.put(row.name(), Agreed.shown(row, referral.fields(), decision.pair().opportunity().fields()));
            }
        }
        return new AgreedValues(agreed);
    }
}
