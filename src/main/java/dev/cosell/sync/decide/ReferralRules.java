package dev.cosell.sync.decide;

import dev.cosell.verbs.RecordView;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What the sync must know of Partner Center's referrals beyond their mapped fields. */
public interface ReferralRules extends RecordView {
    /** Whether the referral is our organisation's own copy of the deal. */
    boolean own(Map<String, Object> referral);

    /** Whether the referral is Microsoft's copy of a deal. */
    boolean microsofts(Map<String, Object> referral);

    /** Name of the organisation that the referral belongs to. */
    String owner(Map<String, Object> referral);

    /** What Partner Center asks for of a person of the team that this one lacks, in words. */
    default List<String> missingOfPerson(Map<String, Object> person) {
        return List.of();
    }

    /**
     * Our own referral with what Microsoft's referral of the same engagement says, in fields that a table can read; a
     * new map.
     */
    Map<String, Object> withMicrosofts(Map<String, Object> own, Map<String, Object> microsofts);

    /**
     * A row of the table in a seller's words, for rows whose plain values say too little.
     *
     * @param paths  the row's referral fields
     * @param before what the CRM showed so far, in the row's normal form; null for nothing
     * @param now    what it will show
     * @return null when the values say enough
     */
    String news(Map<String, Object> referral, List<String> paths, Object before, Object now);

    boolean lead(Map<String, Object> referral);

    /** What an accepted lead lacks to become an opportunity, one sentence each; empty when it may. */
    List<String> missingInDeal(Map<String, Object> referral);

    /**
     * Closed is final: nothing can be written to the referral any more.
     *
     * @param referral or what is going to be written to it
     */
    boolean closed(Map<String, Object> referral);

    /**
     * Whether a closed referral was won; any other end counts as lost for the CRM.
     *
     * @param referral or what is going to be written to it
     */
    boolean won(Map<String, Object> referral);

    /** The reason of a loss or a refusal as Partner Center holds it; empty when there is none. */
    String reason(Map<String, Object> referral);

    /** When the referral was closed; null when it is open, or nobody knows. */
    default Instant closedAt(Map<String, Object> referral) {
        return null;
    }

    /** An inbound deal nobody has accepted yet: only its status may be written. */
    boolean awaitingAnswer(Map<String, Object> referral);

    /**
     * The id of a referral that a text stands for, in whatever spelling people and programs use.
     *
     * @param text null allowed
     * @return as {@link #id} gives it; null when the text is no such id
     */
    String readId(String text);

    /** What stands in {@code externalReferenceId}, as it was written; null when nothing does. */
    String externalReference(Map<String, Object> referral);

    /** What makes a referral name a CRM's record, as a patch or as a part of a new one. */
    Map<String, Object> naming(String crmId);

    /** Whether the fields of a mapping row are the referral's status. */
    boolean isStatus(List<String> paths);

    /**
     * Whether they are the reason of a loss or a refusal, which goes to Partner Center together with the close, and
     * waits until then.
     */
    boolean isReason(List<String> paths);

    /** Whether the fields of a mapping row are the amount of the deal. */
    default boolean isAmount(List<String> paths) {
        return false;
    }

    /** Whether they say that Microsoft's sellers may see the deal, as they may whenever help is asked for. */
    default boolean isVisibility(List<String> paths) {
        return false;
    }

    /** Whether they are the currency of that amount. */
    default boolean isCurrency(List<String> paths) {
        return false;
    }

    /** Whether the fields of a mapping row are the request for help from Microsoft. */
    default boolean isHelp(List<String> paths) {
        return false;
    }

    /**
     * Whether a row goes to Partner Center together with the request for help only, and nobody has asked for help with
     * this referral.
     */
    default boolean waitsForHelp(Map<String, Object> referral, List<String> paths) {
        return false;
    }

    /** Null before Partner Center has given one. */
    String engagementId(Map<String, Object> referral);

    /**
     * The id by which a person named the referral, when it is that of another organisation's referral of the same deal;
     * otherwise null.
     */
    default String namedAs(Map<String, Object> referral) {
        return null;
    }

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
     * Why a change that was sent did not come to this field, in one sentence; null when it did.
     *
     * @param before the referral as it was read for the change
     * @param now    the referral as it is after it
     * @param wanted the value that was sent; null when the field was cleared
     */
    default String notTaken(Map<String, Object> before, Map<String, Object> now, String path, Object wanted) {
        return null;
    }

    /**
     * Why nobody needs this value any more when the same change closes the deal without its being won, in one sentence;
     * null when it goes with the close.
     */
    default String needlessInLoss(Map<String, Object> referral, String path, Object value) {
        return null;
    }

    /**
     * What has to go along with a change that closes the deal without its being won, where neither the change nor the
     * referral gives a reason; empty when nothing has to.
     *
     * @param patch referral path to value
     */
    default Map<String, Object> standInForReason(Map<String, Object> referral, Map<String, Object> patch) {
        return Map.of();
    }

    /** Whether a deal cannot be without this field: then an empty one clears nothing in the CRM. */
    default boolean required(String path) {
        return false;
    }

    /**
     * Whether this person of the customer is to stand first before Microsoft is told of them: the first one of the
     * referral's is another, or cannot be reached.
     */
    default boolean isToBeLedBy(Map<String, Object> contact, Map<String, Object> referral) {
        return false;
    }

    /** The customer's contacts with this one in the first place. */
    default List<?> contactsLedBy(Map<String, Object> contact, Map<String, Object> referral) {
        return List.of(contact);
    }

    /**
     * Whether the status may move as wanted.
     *
     * @param wanted referral paths {@code status}, {@code substatus} and their wanted values
     */
    StatusMove move(Map<String, Object> referral, Map<String, Object> wanted);

    /**
     * What of a change can never be taken back; null when nothing.
     *
     * @param referral null when it is still to be created
     * @param patch    referral path to value
     */
    default Irreversible irreversible(Map<String, Object> referral, Map<String, Object> patch, Instant now) {
        return null;
    }

    /**
     * Whether the referral shows what such a move would bring about, whoever made it.
     *
     * @param what the move, as {@link Irreversible#what} names it
     */
    default boolean isDone(Map<String, Object> referral, String what) {
        return false;
    }

    /**
     * A move that nobody can take back.
     *
     * @param what      the move as a sentence begins with it
     * @param undo      how the seller prevents it, as the end of that sentence
     * @param notBefore when it goes at the earliest whatever else is allowed; null for at once
     * @param because   reason of {@code notBefore}; null without one
     */
    record Irreversible(String what, String undo, Instant notBefore, String because) {}

    /** What a seller should know about a change that travels, in one sentence; null when there is nothing to say. */
    default String caution(Map<String, Object> referral, Map<String, Object> patch, Instant now) {
        return null;
    }

    /**
     * What people have to do about the referral in time.
     *
     * @param asked whether Microsoft is known to have been asked for help, which the referral need not show
     */
    default List<Deadline> deadlines(Map<String, Object> referral, boolean asked, TimeRules.Timing timing) {
        return List.of();
    }

    /** How a status move has to be written, or why it cannot be. */
    sealed interface StatusMove {
        /** @param patch what to write; empty when nothing has to change */
        record Allowed(Map<String, Object> patch) implements StatusMove {}

        /** @param sentence what a seller reads */
        record Refused(String sentence) implements StatusMove {}
    }
}
