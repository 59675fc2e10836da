package dev.cosell.sync;

import java.util.List;
import java.util.Map;

/** What the sync must know of Partner Center's referrals beyond their mapped fields. */
public interface ReferralRules extends RecordView {
    /** Whether the referral is our organisation's own copy of the deal. */
    boolean own(Map<String, Object> referral);

    boolean lead(Map<String, Object> referral);

    /** What an accepted lead lacks to become an opportunity, one sentence each; empty when it may. */
    List<String> missingInDeal(Map<String, Object> referral);

    /** Closed is final: nothing can be written to the referral any more. */
    boolean closed(Map<String, Object> referral);

    /** Whether a closed referral was won; any other end counts as lost for the CRM. */
    boolean won(Map<String, Object> referral);

    /** The reason of a loss or a refusal as Partner Center holds it; empty when there is none. */
    String reason(Map<String, Object> referral);

    /** An inbound deal nobody has accepted yet: only its status may be written. */
    boolean awaitingAnswer(Map<String, Object> referral);

    /** Null when there is none. */
    String externalReference(Map<String, Object> referral);

    /** Null before Partner Center has given one. */
    String engagementId(Map<String, Object> referral);

    /** Where a person opens the referral in the portal. */
    String link(Map<String, Object> referral);

    /**
     * Why Partner Center will never take this value on this referral, in one sentence; null when it may.
     *
     * @param path  dotted path of the field
     * @param value the wanted value; null when it would be cleared
     */
    String refusal(Map<String, Object> referral, String path, Object value);

    /**
     * Whether the status may move as wanted.
     *
     * @param wanted referral paths {@code status}, {@code substatus} and their wanted values
     */
    StatusMove move(Map<String, Object> referral, Map<String, Object> wanted);

    /** How a status move has to be written, or why it cannot be. */
    sealed interface StatusMove {
        /** @param patch what to write; empty when nothing has to change */
        record Allowed(Map<String, Object> patch) implements StatusMove {}

        /** @param sentence what a seller reads */
        record Refused(String sentence) implements StatusMove {}
    }
}
