package dev.cosell.sync.books;

import java.time.Instant;

/**
 * One decision about a pair of records.
 *
 * @param referralId     null when there was no referral
 * @param crmId          null when there was no opportunity
 * @param situation      name of the situation found
 * @param action         what was done about it
 * @param detail         fields, losers of conflicts or sentences for people; null when there is nothing to add
 * @param mappingVersion which text of the mapping decided; null when none was needed
 * @param wrote          whether a system was written to
 */
public record AuditEntry(Instant at, String crm, String referralId, String crmId, String situation, String action,
                         String detail, String mappingVersion, boolean wrote) {}
