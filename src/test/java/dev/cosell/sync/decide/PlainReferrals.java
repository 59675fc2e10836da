package dev.cosell.sync.decide;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Referral rules small enough to be seen through, for tests of the decision alone. */
public class PlainReferrals implements ReferralRules {
    @Override
    public String system() {
        return "partner-center";
    }

    @Override
    public String id(Map<String, Object> referral) {
        return (String) referral.get("id");
    }

    @Override
    public String version(Map<String, Object> referral) {
        return (String) referral.get("eTag");
    }

    @Override
    public Instant modifiedAt(Map<String, Object> referral) {
        Object at = referral.get("updatedDateTime");
        return at == null ? null : Instant.parse(at.toString());
    }

    @Override
    public boolean own(Map<String, Object> referral) {
        return !"msft".equals(referral.get("organizationId"));
    }

    @Override
    public boolean microsofts(Map<String, Object> referral) {
        return !own(referral);
    }

    @Override
    public String owner(Map<String, Object> referral) {
        return String.valueOf(referral.get("organizationId"));
    }

    @Override
    public Map<String, Object> withMicrosofts(Map<String, Object> own, Map<String, Object> microsofts) {
        return own;
    }

    @Override
    public String news(Map<String, Object> referral, List<String> paths, Object before, Object now) {
        return null;
    }

    @Override
    public List<String> missingInDeal(Map<String, Object> referral) {
        return List.of();
    }

    @Override
    public boolean lead(Map<String, Object> referral) {
        return "Direct".equals(referral.get("qualification"));
    }

    @Override
    public boolean closed(Map<String, Object> referral) {
        return "Closed".equals(referral.get("status"));
    }

    @Override
    public boolean won(Map<String, Object> referral) {
        return "Won".equals(referral.get("substatus"));
    }

    @Override
    public String reason(Map<String, Object> referral) {
        return "";
    }

    @Override
    public Map<String, Object> naming(String crmId) {
        return Map.of("externalReferenceId", crmId);
    }

    @Override
    public boolean isStatus(List<String> paths) {
        return paths.contains("status");
    }

    @Override
    public boolean isReason(List<String> paths) {
        return paths.contains("statusReason");
    }

    @Override
    public boolean awaitingAnswer(Map<String, Object> referral) {
        return "New".equals(referral.get("status"));
    }

    @Override
    public String readId(String text) {
        return text != null && text.matches("r-?\\d+") ? text : null;
    }

    @Override
    public String externalReference(Map<String, Object> referral) {
        return (String) referral.get("externalReferenceId");
    }

    @Override
    public String engagementId(Map<String, Object> referral) {
        return (String) referral.get("engagementId");
    }

    @Override
    public String link(Map<String, Object> referral) {
        return "https://portal.example/" + referral.get("id");
    }

    @Override
    public String refusal(Map<String, Object> referral, String path, Object value) {
        return null;
    }

    @Override
    public StatusMove move(Map<String, Object> referral, Map<String, Object> wanted) {
        return new StatusMove.Allowed(wanted);
    }
}
