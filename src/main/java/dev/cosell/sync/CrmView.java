package dev.cosell.sync;

import java.util.Map;

/** What the sync must know of a CRM's opportunity beyond its mapped fields. */
public interface CrmView extends RecordView {
    /** Whether a text (null allowed) has the form of this CRM's record ids; an {@code externalReferenceId} may name another CRM's record. */
    boolean looksLikeId(String text);

    /** The seller's switch, "Sync with Partner Center". */
    boolean syncWanted(Map<String, Object> opportunity);

    /** The Referral Identifier on the opportunity; null when it was never synced. */
    String referralId(Map<String, Object> opportunity);

    /** The opportunity's Audit text; empty when there is none. */
    String audit(Map<String, Object> opportunity);

    /** API name of the Audit field. */
    String auditField();

    /** Largest number of characters the Audit field holds. */
    int auditLength();

    /** Fields to fill when an opportunity is joined to a referral: identifier, link, sync switch. */
    Map<String, Object> joinFields(String referralId, String referralLink);

    /** Whether the CRM refuses writes to this opportunity because it is closed. */
    boolean readOnly(Map<String, Object> opportunity);
}
