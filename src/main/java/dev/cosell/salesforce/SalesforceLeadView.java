package dev.cosell.salesforce;

import dev.cosell.sync.LeadView;
import java.util.Map;
import java.util.regex.Pattern;

/** What the sync must know of a Salesforce lead. */
public final class SalesforceLeadView implements LeadView {
    static final String CONVERTED = "IsConverted";
    private static final Pattern ID = Pattern.compile("00Q[0-9A-Za-z]{12}([0-9A-Za-z]{3})?");

    private final String auditField;
    private final int auditLength;
    private final RecordVersion version;

    public SalesforceLeadView(String auditField, int auditLength) {
        this.auditField = auditField;
        this.auditLength = auditLength;
        this.version = new RecordVersion(auditField);
    }

    static boolean isId(String text) {
        return text != null && ID.matcher(text).matches();
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
    public String auditField() {
        return auditField;
    }

    @Override
    public int auditLength() {
        return auditLength;
    }
}
