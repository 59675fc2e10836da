package dev.cosell.mapping;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The status of a new deal that its value map is told to overlook. No CRM makes a record without a stage, or it chooses
 * one itself, so the nearest status that is known stands in.
 *
 * @param row     that of the deal's status
 * @param theirs  the status in Partner Center
 * @param nearest the status that stands in; null when none of the value map is near
 */
record UnknownStatus(Row row, Value theirs, Object nearest) {
    /** Empty when the status is known, or does not travel to new records. */
    static Optional<UnknownStatus> in(CompiledTable table, Map<String, Object> referral) {
        return table.statusRow(paths -> paths.contains("status")).filter(Row::toCrmOnCreate)
                .filter(row -> row.overlooks(referral))
                .map(row -> new UnknownStatus(row, row.spoken(referral), row.nearest(referral)));
    }

    /** What the row writes; without anything near the status itself, which is a fault that names it. */
    Value inPlace() {
        return nearest == null ? theirs : Value.of(nearest);
    }

    /** Null when nothing stands in. */
    String sentence() {
        return nearest == null ? null
                : "the value map has no line for the status " + spelled(theirs.content()) + ", so that of "
                        + spelled(nearest) + " is used; it is not sent to Partner Center";
    }

    private static String spelled(Object value) {
        return value instanceof List<?> parts ? ValueShape.spelled(parts) : Canonical.text(value);
    }
}
