package dev.cosell.sync.books;

import java.time.Instant;

/**
 * A deal that a seller has won, or is about to win, as one CRM has it.
 *
 * @param crm     the first of those that are synced when no opportunity is joined
 * @param crmId   id of the opportunity that is joined with it there; null when none is
 * @param refusal why its registration was refused, as long as the seller was not told; otherwise null
 * @param leftFor why it was left, when it is looked at again after a change; otherwise null
 */
public record WonDeal(String crm, String referralId, String crmId, Instant wonAt, String refusal, String leftFor) {
    /** The same deal as another CRM has it. */
    WonDeal in(String otherCrm, String itsId) {
        return new WonDeal(otherCrm, referralId, itsId, wonAt, refusal, leftFor);
    }
}
