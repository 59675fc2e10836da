package dev.cosell.check;

import dev.cosell.mapping.Demand;
import dev.cosell.mapping.Row;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Compares a value map with the values that a choice of the CRM has, in both directions; decided without any call. */
public final class ValueComparison {
    private ValueComparison() {}

    /**
     * @param row    one with a value map
     * @param values those of the CRM; several fields are spelled with a slash in between, as in the map
     */
    public static List<Finding> of(String where, String table, Row row, List<String> values, Remedies remedies) {
        List<Finding> findings = new ArrayList<>();
        Demand.Values map = row.demand().values();
        String what = table + "." + row.name();
        if (row.toCrmOnCreate() || row.toCrmOnUpdate()) {
            missing(map, values).forEach((value,
                    referral) -> findings.add(Finding.fault(where, what, "has no value \"" + value
                            + "\", which the value map writes for " + referral + ": a deal with it would be parked",
                            remedies.missingValue(table, row.name(), value))));
        }
        if (row.toReferralOnCreate() || row.toReferralOnUpdate()) {
            values.stream().filter(value -> !map.knows().test(value)).forEach(value -> findings.add(Finding.fault(where,
                    what, "has the value \"" + value
                            + "\", which no line of the value map names: a deal with it would be parked",
                    "Write it into a line of the value map, add * to the line that is to count for all others, or "
                            + "deactivate it in "
                            + remedies.crm())));
        }
        if (findings.isEmpty()) {
            findings.add(Finding.ok(where, what, "its " + values.size() + " values and the value map fit"));
        }
        return findings;
    }

    /** CRM values that are written and do not exist, with the Partner Center values they stand for. */
    private static Map<String, String> missing(Demand.Values map, List<String> values) {
        Map<String, String> missing = new LinkedHashMap<>();
        for (Demand.Line line : map.lines()) {
            if (values.stream().noneMatch(line.crm()::equalsIgnoreCase)) {
                missing.merge(line.crm(), line.referral(), (one, other) -> one + ", " + other);
            }
        }
        return missing;
    }
}
