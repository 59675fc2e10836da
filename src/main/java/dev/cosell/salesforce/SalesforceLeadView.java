package dev.cosell.salesforce;

import dev.cosell.verbs.CrmRecordView;
import java.util.Map;

/** What the sync must know of a Salesforce lead. */
public final class SalesforceLeadView implements CrmRecordView {
    static final String CONVERTED = "IsConverted";
    private static final String PREFIX = "00Q";

    private final String referralIdField;
    private final String auditField;
    private final int auditLength;
    private final RecordVersion version;

    public SalesforceLeadView(String referralIdField, String auditField, int auditLength) {
        this.referralIdField = referralIdField;
        this.auditField = auditField;
        this.auditLength = auditLength;
        this.version = new RecordVersion(auditField);
    }

    static boolean isId(String text) {
        return readId(text) != null;
    }

    /** The lead's id that a text stands for; null when it is none. */
    static String readId(String text) {
        return SalesforceIds.read(PREFIX, text);
    }

    @Override
    public String system() {
        return "salesforce";
    }

    @Override
    public String id(Map<String, Object> lead) {
        return (String) lead.get("Id");
    }

    @Override
    public String version(Map<String, Object> lead) {
        return version.of(lead);
    }

    /** A converted lead takes no change, whatever its status is. */
    @Override
    public boolean readOnly(Map<String, Object> lead) {
        return Boolean.TRUE.equals(lead.get(CONVERTED));
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
