package dev.cosell.partnercenter;

/** What a referral stands for; Microsoft calls all three a referral. */
public enum ReferralKind {
    /** A deal of any type: private, partner-led or co-sell. */
    OPPORTUNITY,
    /** A customer's inquiry through the commercial marketplace. */
    MARKETPLACE_LEAD,
    /** A lead that Microsoft's sales or marketing sends. */
    QUALIFIED_LEAD
}
