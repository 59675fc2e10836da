package dev.cosell.sandbox.salesforce;

import java.util.Map;

/**
 * A stored row; never changed in place.
 *
 * @param values   by declared field name: String, Boolean, Integer or BigDecimal; dates and date-times in their wire
 *     form
 * @param previous values before the last change, for reads that a fault rule makes stale; null for a new row
 */
record Row(ObjectType type, Map<String, Object> values, Map<String, Object> previous) {

    Object get(String declaredName) {
        return values.get(declaredName);
    }

    String text(String declaredName) {
        return (String) values.get(declaredName);
    }

    boolean flag(String declaredName) {
        return Boolean.TRUE.equals(values.get(declaredName));
    }

    String id() {
        return text("Id");
    }

    boolean deleted() {
        return flag("IsDeleted");
    }

    /** Sorts rows by the time of their last change, then by id. */
    String stampKey() {
        return text("SystemModstamp") + text("Id");
    }

    Row asBefore() {
        return previous == null ? this : new Row(type, previous, null);
    }
}
