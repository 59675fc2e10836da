package dev.cosell.sync.decide;

import java.util.Locale;

/** What becomes of leads. */
public enum LeadMode {
    /** Nothing. */
    OFF,
    /** Leads in the CRM until they are accepted, then opportunities. */
    LEADS,
    /** Opportunities at once. */
    OPPORTUNITIES;

    /** @param word as in the settings: {@code off}, {@code leads} or {@code opportunities} */
    public static LeadMode of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    /** Whether a lead that the CRM holds, or would hold, as a lead has to become an opportunity now. */
    boolean becomesOpportunity(Referral lead) {
        return !lead.isClosed() && (this == OPPORTUNITIES || !lead.isAwaitingAnswer());
    }
}
