package dev.cosell.check;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a check asks a CRM about its opportunities. */
public interface Opportunities {
    /**
     * Those with the sync on, with id, Referral Identifier and Referral Link; the latest ones when there are more than
     * the limit.
     */
    List<Map<String, Object>> shared(int limit);

    /** Which of these ids exist. */
    Set<String> existing(List<String> ids);
}
