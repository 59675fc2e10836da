package dev.cosell.sync.decide;

import dev.cosell.verbs.ConnectorFields;
import dev.cosell.verbs.CrmView;
import java.time.Instant;
import java.util.Map;

/** A CRM small enough to be seen through, for tests of the decision alone. */
public final class PlainCrm implements CrmView {
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
    public String readId(String text) {
        return text != null && text.startsWith("crm-") ? text : null;
    }

    @Override
    public ConnectorFields connectorFields() {
        return new Names("Sync", "ReferralId", "Link", "Audit");
    }

    private record Names(String syncField, String referralIdField, String referralLinkField, String auditField)
            implements ConnectorFields {}

    @Override
    public int auditLength() {
        return 1000;
    }

    @Override
    public String nameField() {
        return "Name";
    }

    @Override
    public int nameLength() {
        return 120;
    }

    @Override
    public int decimals(Map<String, Object> opportunity) {
        return (Integer) opportunity.getOrDefault("Decimals", 2);
    }

    @Override
    public String computed(Map<String, Object> opportunity, String field) {
        return field.equals("Amount") && opportunity.containsKey("Products")
                ? "it is computed from the products" : null;
    }

    @Override
    public boolean readOnly(Map<String, Object> opportunity) {
        return Boolean.TRUE.equals(opportunity.get("ReadOnly"));
    }
}
