package dev.cosell.sandbox.dataverse;

import dev.cosell.sandbox.Call;
import java.util.Map;

/** The rule that new metadata in a solution begins with the prefix of the solution's publisher. */
final class Publishers {
    private static final String SOLUTION = "MSCRM.SolutionUniqueName";

    private final Store store;

    Publishers(Store store) {
        this.store = store;
    }

    /** Refuses new metadata for a solution that is not there or whose publisher has another prefix. */
    void check(Call call, Map<String, Object> body) {
        String wanted = call.header(SOLUTION);
        if (wanted == null || !call.method().equals("POST") || !(body.get("SchemaName") instanceof String name)) {
            return;
        }
        Row solution = store.rows("solution").all().stream()
                .filter(row -> wanted.equalsIgnoreCase((String) row.get("uniquename"))).findFirst()
                .orElseThrow(() -> Refusal.invalidArgument("The solution " + wanted + " does not exist."));
        Row publisher = store.follow(solution.get("publisherid"));
        if (publisher != null && !name.startsWith(publisher.get("customizationprefix") + "_")) {
            throw Refusal.invalidArgument("The schema name '" + name + "' does not begin with the prefix '"
                    + publisher.get("customizationprefix")
                    + "_' of the publisher of the solution " + wanted + ".");
        }
    }
}
