package dev.cosell.verbs;

import java.util.Map;

/** A lead of a CRM as it was read. */
public record Lead(Map<String, Object> fields, CrmRecordView view) implements CrmRecord {
    /** @param fields null when there is none, as is the lead then */
    public static Lead of(Map<String, Object> fields, CrmRecordView view) {
        return fields == null ? null : new Lead(fields, view);
    }
}
