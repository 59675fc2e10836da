package dev.cosell.sync.decide;

import dev.cosell.mapping.Row;
import dev.cosell.mapping.Value;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The base of a three-way comparison: what two records last agreed on.
 *
 * @param rows by name of the mapping row; rows about which nothing was ever agreed are missing
 */
public record AgreedValues(Map<String, Agreed> rows) {
    /** Of two records that were never compared. */
    public static final AgreedValues NONE = new AgreedValues(Map.of());

    public AgreedValues {
        rows = Collections.unmodifiableMap(new LinkedHashMap<>(rows));
    }

    /** Null when nothing was agreed about the row. */
    public Agreed of(Row row) {
        return rows.get(row.name());
    }

    AgreedValues without(Iterable<Row> some) {
        Map<String, Agreed> rest = new HashMap<>(rows);
        some.forEach(row -> rest.remove(row.name()));
        return new AgreedValues(rest);
    }

    /**
     * Absent never counts as a change, and where nothing was agreed an empty value does not either: neither may clear
     * the other side.
     */
    boolean referralMoved(Row row, Value value, Object now) {
        return moved(value, now, of(row), of(row) != null && of(row).referralMoved(now));
    }

    /** The same of the CRM. */
    boolean crmMoved(Row row, Value value, Object now) {
        return moved(value, now, of(row), of(row) != null && of(row).crmMoved(now));
    }

    private static boolean moved(Value value, Object now, Agreed before, boolean fromIt) {
        return !value.isAbsent() && (before == null ? now != null : fromIt);
    }

    boolean isOurReferral(Row row, Object now) {
        return of(row) != null && of(row).isOurReferral(now);
    }

    boolean isOurCrm(Row row, Object now) {
        return of(row) != null && of(row).isOurCrm(now);
    }

    /** What two records show in the rows that travel. */
    public static AgreedValues shown(Iterable<Row> rows, Predicate<Row> travels, Map<String, Object> referral,
            Map<String, Object> crm) {
        Map<String, Agreed> shown = new HashMap<>();
        for (Row row : rows) {
            if (travels.test(row)) {
                shown.put(row.name(), Agreed.shown(row, referral, crm));
            }
        }
        return new AgreedValues(shown);
    }
}
