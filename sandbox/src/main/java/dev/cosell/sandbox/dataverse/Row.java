package dev.cosell.sandbox.dataverse;

import java.util.Map;
import java.util.UUID;

/**
 * One state of a row; a write makes a new one.
 *
 * @param sequence grows with each new row of any table
 * @param version  grows with each write of any row; shown as the ETag
 * @param values   by column name; an absent column is null
 * @param before   the state before the last write; null for a new row
 */
record Row(Table table, UUID id, long sequence, long version, Map<String, Object> values, Row before) {

    Object get(String column) {
        return values.get(column);
    }

    String etag() {
        return "W/\"" + version + "\"";
    }
}
