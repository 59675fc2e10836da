package dev.cosell.crm.toy;

import dev.cosell.verbs.ConnectorFields;
import dev.cosell.verbs.CrmView;
import java.time.Instant;
import java.util.Map;

/** What the sync must know of the toy CRM's opportunities, whose version is a number that grows with every write. */
final class ToyView implements CrmView {
    private static final int AUDIT_LENGTH = 100_000;
    private static final int NAME_LENGTH = 100;

    private record Fields(String syncField, String referralIdField, String referralLinkField, String auditField)
            implements ConnectorFields {}

    @Override
    public String system() {
        return ToyCrm.NAME;
    }

    @Override
    public String id(Map<String, Object> opportunity) {
        return (String) opportunity.get("id");
    }

    @Override
    public String version(Map<String, Object> opportunity) {
        return opportunity.get("version").toString();
    }

    @Override
    public Instant modifiedAt(Map<String, Object> opportunity) {
        return Instant.parse(opportunity.get("modified").toString());
    }

    @Override
    public Long order(Map<String, Object> opportunity) {
        return order(version(opportunity));
    }

    @Override
    public Long order(String version) {
        return Long.valueOf(version);
    }

    @Override
    public ConnectorFields connectorFields() {
        return new Fields("shared", "referralId", "referralLink", "audit");
    }

    @Override
    public int auditLength() {
        return AUDIT_LENGTH;
    }

    @Override
    public String nameField() {
        return "name";
    }

    @Override
    public int nameLength() {
        return NAME_LENGTH;
    }

    @Override
    public String readId(String text) {
        return text != null && text.matches("toy-\\d+") ? text : null;
    }

    @Override
    public boolean readOnly(Map<String, Object> opportunity) {
        return false;
    }
}
