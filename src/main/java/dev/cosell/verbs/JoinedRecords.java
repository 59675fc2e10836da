package dev.cosell.verbs;

import java.util.List;

/** Which opportunities are joined with referrals, for a feed that would otherwise not tell what was deleted. */
public interface JoinedRecords {
    boolean isJoined(String crm, String id);

    /** All of a CRM, without those that are known to be gone. */
    List<String> opportunities(String crm);
}
