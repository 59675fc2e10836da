package dev.cosell.partnercenter;

import java.util.Map;

/**
 * What stands in for the reason of a loss that nobody gives. Partner Center's own form and its bulk file ask for a
 * reason whenever a deal is lost or declined. That a change by its interface is taken without one, nobody says.
 *
 * @param standIn empty for none
 */
record MissingReason(String standIn) {
    static final String PATH = "statusReason";

    /** See {@link dev.cosell.sync.decide.ReferralRules#standInForReason}. */
    Map<String, Object> of(Map<String, Object> referral, Map<String, Object> patch) {
        boolean closes = "Closed".equalsIgnoreCase(Paths.text(patch, "status"));
        boolean lost = closes && !"Won".equalsIgnoreCase(Paths.text(patch, "substatus"));
        boolean given = !Paths.blank(patch.containsKey(PATH) ? patch : referral, PATH);
        return lost && !given && !standIn.isEmpty() ? Map.of(PATH, standIn) : Map.of();
    }
}
