package dev.cosell.partnercenter;

import dev.cosell.verbs.RecordView;
import java.time.Instant;
import java.util.Map;

/** How to read a referral. */
public class ReferralView implements RecordView {
    /** Partner Center's name in settings, queues and logs. */
    public static final String SYSTEM = "partner-center";
    static final String MICROSOFT = "msft";

    private static final String NAMED_AS = "namedAs";

    private final String organizationId;

    public ReferralView() {
        this("");
    }

    /** @param organizationId the partner's organisation in Partner Center; empty when it is not known */
    public ReferralView(String organizationId) {
        this.organizationId = organizationId;
    }

    @Override
    public String system() {
        return SYSTEM;
    }

    @Override
    public String id(Map<String, Object> referral) {
        return Paths.text(referral, "id");
    }

    /** The eTag with its inner quotes, as {@code If-Match} wants it. */
    @Override
    public String version(Map<String, Object> referral) {
        return Paths.text(referral, "eTag");
    }

    @Override
    public Instant modifiedAt(Map<String, Object> referral) {
        return Paths.instant(referral, "updatedDateTime");
    }

    /**
     * Whether the referral is the partner's own. Another partner's is recognised only when the organisation is known.
     */
    public boolean own(Map<String, Object> referral) {
        String owner = Paths.text(referral, "organizationId");
        return !microsofts(referral)
                && (organizationId.isEmpty() || owner == null || organizationId.equalsIgnoreCase(owner));
    }

    /** Whether the referral is Microsoft's copy of a deal. */
    public boolean microsofts(Map<String, Object> referral) {
        return MICROSOFT.equals(Paths.text(referral, "organizationId")) || Paths.list(referral, "target").stream()
                .anyMatch(target -> MICROSOFT.equals(Paths.text(target, "id")));
    }

    /** Whether a referral shows whose it is: an item of a list need not. */
    boolean tellsWhose(Map<String, Object> referral) {
        return referral.containsKey("organizationId") || referral.containsKey("target");
    }

    /** Whether an item of a list may carry a CRM id all the same: lists show less of a referral than a read. */
    boolean hidesExternalReference(Map<String, Object> item) {
        return !item.containsKey(PatchRules.EXTERNAL_REFERENCE);
    }

    /** Closed is final: Partner Center takes no change of a closed referral. */
    public boolean closed(Map<String, Object> referral) {
        return "Closed".equalsIgnoreCase(Paths.text(referral, "status"));
    }

    /** By type, qualification and inviter alone: the lead's source and call to action do not tell. */
    public ReferralKind kind(Map<String, Object> referral) {
        String qualification = String.valueOf(Paths.text(referral, "qualification"));
        if ("Shared".equalsIgnoreCase(Paths.text(referral, "type"))) {
            return ReferralKind.OPPORTUNITY;
        }
        if ("Direct".equalsIgnoreCase(qualification)) {
            return ReferralKind.MARKETPLACE_LEAD;
        }
        boolean fromMicrosoft = MICROSOFT.equals(Paths.text(referral, "inviteContext.invitedBy.organizationId"))
                && "Incoming".equalsIgnoreCase(Paths.text(referral, "direction"));
        boolean qualified = "SalesQualified".equalsIgnoreCase(qualification)
                || "MarketingQualified".equalsIgnoreCase(qualification);
        return fromMicrosoft && qualified ? ReferralKind.QUALIFIED_LEAD : ReferralKind.OPPORTUNITY;
    }

    /** The CRM id on the referral; null when there is none. */
    public String externalReference(Map<String, Object> referral) {
        return Paths.blank(referral, "externalReferenceId") ? null : Paths.text(referral, "externalReferenceId");
    }

    /** Our referral with a note that it was asked for by the id of another's referral of the same deal. */
    static Map<String, Object> namedAs(Map<String, Object> own, String id) {
        Map<String, Object> noted = Paths.copy(own);
        noted.put(NAMED_AS, id);
        return noted;
    }

    /** Null for a referral that was asked for by an id of its own. */
    public String namedAs(Map<String, Object> referral) {
        return Paths.text(referral, NAMED_AS);
    }

    /** What joins the referrals of one deal. */
    public String engagementId(Map<String, Object> referral) {
        return Paths.text(referral, "engagementId");
    }
}
