package dev.cosell.sync.decide;

/** What a link's record in the CRM is. */
public enum RecordType {
    OPPORTUNITY,
    /**
     * A lead in the CRM, for a referral that nobody has accepted yet; the same link becomes that of the opportunity.
     */
    LEAD
}
