package dev.cosell.sync;

import java.time.Instant;
import java.util.Map;

/** A CRM small enough to be seen through, for tests of the decision alone. */
final class PlainCrm implements CrmView {
    @Override
    public String system() {
        return "crm";
    }

    @Override
    public String id(Map<String, Object> opportunity) {
        return (String) opportunity.get("Id");
    }

    @Override
    public String version(Map<String, Object> opportunity) {
        return String.valueOf(opportunity.get("Version"));
    }

    @Override
    public Instant modifiedAt(Map<String, Object> opportunity) {
        Object at = opportunity.get("Modified");
        return at == null ? null : Instant.parse(at.toString());
    }

    @Override
    public boolean looksLikeId(String text) {
        return text != null && text.startsWith("crm-");
    }

    @Override
    public boolean syncWanted(Map<String, Object> opportunity) {
        return Boolean.TRUE.equals(opportunity.get("Sync"));
    }

    @Override
    public String referralId(Map<String, Object> opportunity) {
        return (String) opportunity.get("ReferralId");
    }

    @Override
    public String audit(Map<String, Object> opportunity) {
        return String.valueOf(opportunity.getOrDefault("Audit", ""));
    }

    @Override
    public String auditField() {
        return "Audit";
    }

    @Override
    public int auditLength() {
        return 1000;
    }

    @Override
    public Map<String, Object> joinFields(String referralId, String referralLink) {
        return Map.of("ReferralId", referralId, "Link", referralLink, "Sync", true);
    }

    @Override
    public boolean readOnly(Map<String, Object> opportunity) {
        return false;
    }
}
