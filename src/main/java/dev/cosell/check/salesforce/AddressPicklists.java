package dev.cosell.check.salesforce;

import dev.cosell.check.Finding;
import dev.cosell.mapping.Row;
import java.util.Optional;

/** With state and country picklists these fields of an address hold a name from a list, and others its code. */
final class AddressPicklists {
    private static final String COUNTRY = "Country";
    private static final String STATE = "State";

    private AddressPicklists() {}

    /**
     * A warning when the row names the field of the name: a country's is no code, and a state must be in the list to be
     * written. A value map may turn names into codes.
     */
    static Optional<Finding> finding(String where, String object, Description there, Row row) {
        String field = row.crmPaths().size() == 1 ? row.name() : "";
        String code = field + "Code";
        boolean country = field.endsWith(COUNTRY);
        boolean writtenState = field.endsWith(STATE) && (row.toCrmOnCreate() || row.toCrmOnUpdate());
        if (!country && !writtenState || there.field(code) == null || row.demand().values() != null) {
            return Optional.empty();
        }
        return Optional.of(Finding.warning(where, object + "." + field,
                "is chosen from a list: the org has state and country picklists, and refuses what is in none",
                country ? "Write " + code + " in its place in the mapping, with the converter country"
                        : "Write " + code + " in its place in the mapping if Partner Center holds codes of states; "
                                + "otherwise let the row write nothing to Salesforce"));
    }
}
