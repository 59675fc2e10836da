package dev.cosell.sync.books;

import java.time.Instant;

/**
 * A deal that a seller has won, or is about to win.
 *
 * @param crm     the CRM whose record id stands in the referral
 * @param crmId   id of its opportunity; null when the referral names none
 * @param refusal why its registration was refused, as long as the seller was not told; otherwise null
 */
public record WonDeal(String crm, String referralId, String crmId, Instant wonAt, String refusal) {}
