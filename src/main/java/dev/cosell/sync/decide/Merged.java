package dev.cosell.sync.decide;

import dev.cosell.verbs.Reason;
import java.util.List;
import java.util.Map;

/**
 * What a three-way comparison found.
 *
 * @param referralPatch referral path to value
 * @param crmPatch      CRM field to value
 * @param agreed        base for the next comparison, for rows that were not written
 * @param written       names of the rows that one of the patches carries
 * @param story         one sentence for each field that travels, with the loser of a conflict
 * @param refusals      one sentence for each change that the other side cannot take
 * @param undecided     rows that changed apart and whose policy is to ask
 * @param faults        values that could not be converted
 * @param closesCrm     whether the CRM's status is written because the referral is closed
 */
public record Merged(Map<String, Object> referralPatch, Map<String, Object> crmPatch, AgreedValues agreed,
        List<String> written,
        List<String> story, List<String> refusals, List<Undecided> undecided, List<Reason> faults, boolean conflict,
        boolean closesCrm) {
    /** Of records that were not compared. */
    static final Merged NOTHING = new Merged(Map.of(), Map.of(), AgreedValues.NONE, List.of(), List.of(), List.of(),
            List.of(), List.of(), false, false);
}
