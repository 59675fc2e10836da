package dev.cosell.sync.decide;

import dev.cosell.mapping.ConversionFault;
import dev.cosell.mapping.Row;
import dev.cosell.verbs.CrmRecord;
import dev.cosell.verbs.Opportunity;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** The write of a decision to its opportunity, and what the CRM has made of it. */
public record CrmWrite(Decision decision) {

    /**
     * Whether automation of the CRM has put a value of its own in the place of what was written, which is an edit like
     * a seller's. The old value is none: the CRM did not take the write. Nor is what it has only rounded or cut: the
     * whole text of Partner Center would be lost to the beginning of it.
     *
     * @param after the record as the write has left it; of one that is no opportunity nothing is said
     */
    public boolean isOverruled(Row row, CrmRecord after) {
        Pair pair = decision.pair();
        if (!(after instanceof Opportunity) || pair.referral() == null || creates() && !isEditWhenCreated(row)) {
            return false;
        }
        Object now = shown(row, after.fields());
        Object written = shown(row, written(row));
        return !RowSides.of(row, pair.referral(), after).showTheSame(after.decimals())
                && !Objects.equals(now, creates() ? null : shown(row, pair.opportunity().fields()))
                && !Objects.equals(now, written)
                && !isBeginning(now, written)
                && !isBeginning(written, row.normalReferral(row.referralValue(pair.referral().fields())));
    }

    private boolean creates() {
        return decision.pair().opportunity() == null;
    }

    /**
     * Whether a new opportunity was given the referral's value, so that another one is somebody's. What stands in for a
     * missing one is nobody's, and no automation answers a deal in a seller's place.
     */
    private boolean isEditWhenCreated(Row row) {
        Referral referral = decision.pair().referral();
        boolean answers = referral.isAwaitingAnswer() && referral.view().isStatus(row.referralPaths());
        return row.toCrmOnCreate() && row.toReferralOnUpdate() && !answers
                && !asCreated(row).isEmpty();
    }

    /** What the referral's own value has become in a new opportunity; empty where none or something else stands in. */
    private Map<String, Object> asCreated(Row row) {
        Map<String, Object> referral = decision.pair().referral().fields();
        Map<String, Object> created = new HashMap<>();
        try {
            if (row.isFilled(referral)) {
                row.putCrm(created, row.referralValue(referral));
            }
            return created;
        } catch (ConversionFault leftOut) {
            return Map.of();
        }
    }

    private static boolean isBeginning(Object part, Object whole) {
        return part instanceof String text && whole instanceof String more && more.length() > text.length()
                && more.startsWith(text);
    }

    /** The opportunity's fields as they were to be, as far as the row shows them. */
    Map<String, Object> written(Row row) {
        if (creates()) {
            return asCreated(row);
        }
        Map<String, Object> written = new HashMap<>(decision.pair().opportunity().fields());
        written.putAll(decision.crmPatch());
        return written;
    }

    private static Object shown(Row row, Map<String, Object> fields) {
        return row.normalCrm(row.crmValue(fields));
    }
}
