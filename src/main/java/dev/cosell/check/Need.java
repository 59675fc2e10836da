package dev.cosell.check;

import dev.cosell.mapping.CompiledTable;
import dev.cosell.mapping.Demand;
import dev.cosell.mapping.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A CRM field that the mapping or a setting names, and what is to be done with it.
 *
 * @param by     who names it, for people: {@code the mapping row Amount} or {@code the setting salesforce.audit-field}
 * @param create whether new records are written with it
 * @param update whether it is written later
 */
public record Need(String field, String by, Demand.Kind kind, int length, boolean create, boolean update) {

    /** A field of a setting that is written at all times. */
    public static Need setting(String field, String key, Demand.Kind kind, int length) {
        return new Need(field, "the setting " + key, kind, length, true, true);
    }

    /**
     * The fields of a mapping table.
     *
     * @param pseudo names in the table that are no fields of the CRM's object
     */
    public static List<Need> of(CompiledTable table, Set<String> pseudo) {
        List<Need> needs = new ArrayList<>();
        for (Row row : table.rows()) {
            for (String path : row.crmPaths()) {
                if (!pseudo.contains(path)) {
                    needs.add(of(row, path));
                }
            }
        }
        return needs;
    }

    private static Need of(Row row, String field) {
        Demand demand = row.demand();
        return new Need(field, "the mapping row " + row.name(), demand.kind(), demand.length(), row.toCrmOnCreate(),
                row.toCrmOnUpdate());
    }

    boolean written() {
        return create || update;
    }
}
