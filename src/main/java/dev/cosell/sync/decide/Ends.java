package dev.cosell.sync.decide;

/**
 * The two records that are one deal.
 *
 * @param referralId   null while there is no referral yet
 * @param engagementId Partner Center's engagement; null when not known
 * @param crmId        id of the CRM's record; null while there is none yet
 * @param type         what {@code crmId} is the id of
 */
public record Ends(String referralId, String engagementId, String crmId, RecordType type) {

    public static Ends deal(String referralId, String engagementId, String crmId) {
        return new Ends(referralId, engagementId, crmId, RecordType.OPPORTUNITY);
    }

    public static Ends lead(String referralId, String engagementId, String crmId) {
        return new Ends(referralId, engagementId, crmId, RecordType.LEAD);
    }
}
