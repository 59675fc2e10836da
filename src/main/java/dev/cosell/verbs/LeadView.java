package dev.cosell.verbs;

import java.util.Map;

/** What the sync must know of a CRM's lead beyond its mapped fields. */
public interface LeadView {
    String id(Map<String, Object> lead);

    /** Whatever the CRM changes on each write. */
    String version(Map<String, Object> lead);

    /** Whether the CRM refuses writes to this lead because it is converted or closed. */
    boolean readOnly(Map<String, Object> lead);

    /** API name of the lead's Audit field. */
    String auditField();

    /** Largest number of characters the Audit field holds. */
    int auditLength();

    /** The lead's Audit text; empty when there is none. */
    default String audit(Map<String, Object> lead) {
        return lead.get(auditField()) instanceof String text ? text : "";
    }
}
