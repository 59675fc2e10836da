package dev.cosell.sync.decide;

import dev.cosell.mapping.Row;
import java.util.Map;
import java.util.Objects;

/**
 * What both sides showed of one mapping row when they last agreed, in its normal form. While a write is under way also
 * the value that is being written: until somebody has seen it there, it may have arrived or not.
 *
 * @param referral   the referral's value; null for an empty one
 * @param crm        the CRM's value; null for an empty one
 * @param toReferral what is being written to the referral; null when nothing is
 * @param toCrm      what is being written to the CRM; null when nothing is
 */
public record Agreed(Object referral, Object crm, Begun toReferral, Begun toCrm) {

    /** @param value null when the field is being cleared */
    public record Begun(Object value) {}

    /** Nothing is being written. */
    public static Agreed on(Object referral, Object crm) {
        return new Agreed(referral, crm, null, null);
    }

    /** What two records show of a row. */
    public static Agreed shown(Row row, Map<String, Object> referral, Map<String, Object> crm) {
        return on(row.normalReferral(row.referralValue(referral)), row.normalCrm(row.crmValue(crm)));
    }

    Agreed writingReferral(Object value) {
        return new Agreed(referral, crm, new Begun(value), toCrm);
    }

    Agreed writingCrm(Object value) {
        return new Agreed(referral, crm, toReferral, new Begun(value));
    }

    boolean referralMoved(Object now) {
        return !Objects.equals(referral, now);
    }

    boolean crmMoved(Object now) {
        return !Objects.equals(crm, now);
    }

    /** Whether the referral shows what an unfinished sync was about to write: that is our own write and no edit. */
    boolean isOurReferral(Object now) {
        return toReferral != null && Objects.equals(toReferral.value(), now) && referralMoved(now);
    }

    /** The same of the CRM. */
    boolean isOurCrm(Object now) {
        return toCrm != null && Objects.equals(toCrm.value(), now) && crmMoved(now);
    }
}
