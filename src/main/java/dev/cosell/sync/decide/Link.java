package dev.cosell.sync.decide;

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
 * @param agreed           by mapping row: a map of {@code r} (normalised referral value) and {@code c} (normalised CRM value),
 *                         while a write is under way also of the value that is being written, see {@link Merge};
 *                         values are strings, numbers, booleans, nulls, or lists and maps of them. A number comes back from the
 *                         store as {@code Integer}, {@code Long} or {@code BigDecimal}, whichever its text asks for
 * @param referralVersion  version of the referral when they agreed; null when they never did
 * @param crmVersion       version of the opportunity when they agreed; null when they never did
 * @param reason           why it is parked, in sentences; otherwise null
 * @param updatedAt        when it was last stored; set by the store
 * @param writeWindowStart start of the time window in which our writes are counted; null before the first write
 * @param writesInWindow   our writes since then
 * @param referralOrder    {@link dev.cosell.verbs.RecordView#order} of the referral when they agreed; null when not known
 * @param crmOrder         the same of the opportunity
 * @param waits            moves that are held back and deadlines; never null
 * @param recordType       what {@code crmId} is the id of
 */
public record Link(long id, String crm, String referralId, String engagementId, String crmId, Map<String, Object> agreed,
                   String referralVersion, String crmVersion, LinkState state, String reason, Instant updatedAt,
                   Instant writeWindowStart, int writesInWindow, Long referralOrder, Long crmOrder, Waits waits, RecordType recordType) {
    public Link {
        agreed = Collections.unmodifiableMap(new LinkedHashMap<>(agreed));
    }

    /** A link of a record of that type, which waits for nothing. */
    public Link(long id, String crm, String referralId, String engagementId, String crmId, Map<String, Object> agreed,
                String referralVersion, String crmVersion, LinkState state, String reason, Instant updatedAt,
                Instant writeWindowStart, int writesInWindow, Long referralOrder, Long crmOrder, RecordType recordType) {
        this(id, crm, referralId, engagementId, crmId, agreed, referralVersion, crmVersion, state, reason, updatedAt,
                writeWindowStart, writesInWindow, referralOrder, crmOrder, Waits.NONE, recordType);
    }

    /** A link of an opportunity. */
    public Link(long id, String crm, String referralId, String engagementId, String crmId, Map<String, Object> agreed,
                String referralVersion, String crmVersion, LinkState state, String reason, Instant updatedAt,
                Instant writeWindowStart, int writesInWindow, Long referralOrder, Long crmOrder, Waits waits) {
        this(id, crm, referralId, engagementId, crmId, agreed, referralVersion, crmVersion, state, reason, updatedAt,
                writeWindowStart, writesInWindow, referralOrder, crmOrder, waits, RecordType.OPPORTUNITY);
    }

    /** A link of an opportunity that waits for nothing. */
    public Link(long id, String crm, String referralId, String engagementId, String crmId, Map<String, Object> agreed,
                String referralVersion, String crmVersion, LinkState state, String reason, Instant updatedAt,
                Instant writeWindowStart, int writesInWindow, Long referralOrder, Long crmOrder) {
        this(id, crm, referralId, engagementId, crmId, agreed, referralVersion, crmVersion, state, reason, updatedAt,
                writeWindowStart, writesInWindow, referralOrder, crmOrder, Waits.NONE, RecordType.OPPORTUNITY);
    }

    /** A link of records whose order is not known. */
    public Link(long id, String crm, String referralId, String engagementId, String crmId, Map<String, Object> agreed,
                String referralVersion, String crmVersion, LinkState state, String reason, Instant updatedAt,
                Instant writeWindowStart, int writesInWindow) {
        this(id, crm, referralId, engagementId, crmId, agreed, referralVersion, crmVersion, state, reason, updatedAt,
                writeWindowStart, writesInWindow, null, null);
    }

    public Link with(Waits now) {
        return new Link(id, crm, referralId, engagementId, crmId, agreed, referralVersion, crmVersion, state, reason, updatedAt,
                writeWindowStart, writesInWindow, referralOrder, crmOrder, now, recordType);
    }

    /** The same at other versions. */
    public Link at(String latestReferral, String latestInCrm) {
        return new Link(id, crm, referralId, engagementId, crmId, agreed, latestReferral, latestInCrm, state, reason, updatedAt,
                writeWindowStart, writesInWindow, referralOrder, crmOrder, waits, recordType);
    }

    /** Whether a referral and an opportunity were joined; a mere claim is no link. */
    public boolean isJoined() {
        return referralId != null && crmId != null && recordType == RecordType.OPPORTUNITY && state != LinkState.CLAIMED;
    }

    /** Whether the record in the CRM is a lead. */
    public boolean isLead() {
        return recordType == RecordType.LEAD && crmId != null;
    }

    public Link as(RecordType type) {
        return new Link(id, crm, referralId, engagementId, crmId, agreed, referralVersion, crmVersion, state, reason, updatedAt,
                writeWindowStart, writesInWindow, referralOrder, crmOrder, waits, type);
    }
}
