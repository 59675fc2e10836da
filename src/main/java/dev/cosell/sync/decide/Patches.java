package dev.cosell.sync.decide;

import dev.cosell.verbs.Writes;
import java.util.List;
import java.util.Map;

/**
 * What a decision writes.
 *
 * @param referral referral path to value; empty when Partner Center is not written
 * @param crm      CRM field to value, without the Audit text; empty when only the audit may be written
 * @param agreed   base for the next comparison, for rows that are not written now
 * @param written  names of the table rows that the patches carry
 * @param outcome  how the opportunity closes; null unless it does
 */
public record Patches(Map<String, Object> referral, Map<String, Object> crm, AgreedValues agreed, List<String> written,
        Writes.Outcome outcome) {
    static final Patches NONE = new Patches(Map.of(), Map.of(), AgreedValues.NONE, List.of(), null);
}
