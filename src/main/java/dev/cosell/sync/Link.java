package dev.cosell.sync;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Says that a referral and an opportunity are one deal, and what both last agreed on.
 *
 * @param id               0 until it is stored
 * @param crm              name of the CRM, as in the settings
 * @param referralId       null while there is no referral yet
 * @param engagementId     Partner Center's engagement; null when not known
 * @param crmId            id of the opportunity; null while there is none yet
 * @param agreed           by mapping row: a map of {@code r} (normalised referral value) and {@code c} (normalised CRM value);
 *                         values are strings, numbers, booleans, nulls, or lists and maps of them. A number comes back from the
 *                         store as {@code Integer}, {@code Long} or {@code BigDecimal}, whichever its text asks for
 * @param referralVersion  version of the referral when they agreed; null when they never did
 * @param crmVersion       version of the opportunity when they agreed; null when they never did
 * @param reason           why it is parked, in sentences; otherwise null
 * @param updatedAt        when it was last stored; set by the store
 * @param writeWindowStart start of the time window in which our writes are counted; null before the first write
 * @param writesInWindow   our writes since then
 */
public record Link(long id, String crm, String referralId, String engagementId, String crmId, Map<String, Object> agreed,
                   String referralVersion, String crmVersion, LinkState state, String reason, Instant updatedAt,
                   Instant writeWindowStart, int writesInWindow) {
    public Link {
        agreed = Collections.unmodifiableMap(new LinkedHashMap<>(agreed));
    }
}
