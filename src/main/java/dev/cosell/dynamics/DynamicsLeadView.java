package dev.cosell.dynamics;

import dev.cosell.verbs.CrmRecordView;
import java.util.Map;

/** What the sync must know of a Dynamics 365 lead. */
public final class DynamicsLeadView implements CrmRecordView {
    private final String referralIdField;
    private final String auditField;
    private final int auditLength;

    public DynamicsLeadView(String referralIdField, String auditField, int auditLength) {
        this.referralIdField = referralIdField;
        this.auditField = auditField;
        this.auditLength = auditLength;
    }

    @Override
    public String system() {
        return Refusals.SYSTEM;
    }

    @Override
    public String id(Map<String, Object> lead) {
        return (String) lead.get("leadid");
    }

    @Override
    public String version(Map<String, Object> lead) {
        return (String) lead.get(DynamicsView.ETAG);
    }

    /** A qualified or disqualified lead is read-only. */
    @Override
    public boolean readOnly(Map<String, Object> lead) {
        return DynamicsView.closed(lead);
    }

    @Override
    public String referralIdField() {
        return referralIdField;
    }

    @Override
    public String auditField() {
        return auditField;
    }

    @Override
    public int auditLength() {
        return auditLength;
    }
}
