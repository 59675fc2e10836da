package dev.cosell.verbs;

import java.time.Instant;
import java.util.Map;

/**
 * What the sync must know of the CRM's record of a referral beyond its mapped fields, be it a lead or an opportunity.
 */
public interface CrmRecordView extends RecordView {
    /** Whether the CRM refuses writes to this record because it is closed or converted. */
    boolean readOnly(Map<String, Object> fields);

    /** API name of the record's Referral Identifier. */
    String referralIdField();

    /** API name of the record's Audit field. */
    String auditField();

    /** Largest number of characters the Audit field holds. */
    int auditLength();

    /** Null for a lead: Partner Center alone says what is in it. */
    @Override
    default Instant modifiedAt(Map<String, Object> fields) {
        return null;
    }

    /** Why a field of this record cannot be written because the CRM computes it, in a sentence; null when it can. */
    default String computed(Map<String, Object> fields, String field) {
        return null;
    }

    /** Decimals that the CRM keeps of amounts in this record's currency. */
    default int decimals(Map<String, Object> fields) {
        return 2;
    }

    /**
     * What stands in the Referral Identifier, as it was typed; null when nothing does. What it means, only Partner
     * Center's own rules tell.
     */
    default String referralId(Map<String, Object> fields) {
        return fields.get(referralIdField()) instanceof String id && !id.isBlank() ? id : null;
    }

    /** The record's Audit text; empty when there is none. */
    default String audit(Map<String, Object> fields) {
        return fields.get(auditField()) instanceof String text ? text : "";
    }
}
