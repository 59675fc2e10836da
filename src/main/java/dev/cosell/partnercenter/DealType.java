package dev.cosell.partnercenter;

import java.util.Map;

/** How much of a deal Microsoft sees. A deal can be moved down this list, never up. */
public enum DealType {
    /** Microsoft's sellers do not see the deal. */
    PRIVATE,
    /** Microsoft's sellers may see the deal; no help was asked for. */
    PARTNER_LED,
    /** Help was asked for: Microsoft gets a referral of its own in the engagement. */
    CO_SELL;

    static final String HELP = "inviteContext.assistanceRequestCode";
    static final String SHARE = "consent.consentToShareReferralWithMicrosoftSellers";

    /** Help implies that the deal is visible, whatever the consent says. */
    public static DealType of(Map<String, Object> document) {
        if (!Paths.blank(document, HELP) && !"Unknown".equalsIgnoreCase(Paths.text(document, HELP))) {
            return CO_SELL;
        }
        return Paths.isTrue(document, SHARE) ? PARTNER_LED : PRIVATE;
    }
}
