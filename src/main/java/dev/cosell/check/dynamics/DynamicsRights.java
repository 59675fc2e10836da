package dev.cosell.check.dynamics;

import dev.cosell.check.Calls;
import dev.cosell.check.Check;
import dev.cosell.check.Finding;
import dev.cosell.dynamics.DynamicsFields;
import dev.cosell.http.Answer;
import dev.cosell.verbs.Fault;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Whether our application user gets in and may read the rows that the sync reads. The right to write shows only when
 * something is written.
 */
public final class DynamicsRights implements Check {
    private static final int FORBIDDEN = 403;
    private static final String OPPORTUNITIES = "opportunities";

    private final Metadata metadata;
    private final String solutions;
    private final Map<String, String> sets = new LinkedHashMap<>();

    /**
     * @param fields    names the table of solution rows
     * @param leads     whether leads are written
     * @param salesTeam whether connections are read
     */
    public DynamicsRights(Calls calls, DynamicsFields fields, boolean leads, boolean salesTeam) {
        metadata = new Metadata(calls);
        solutions = fields.solutionSet();
        sets.put(OPPORTUNITIES, "opportunityid");
        sets.put(solutions, fields.solutionOpportunityValue());
        sets.put("accounts", "accountid");
        sets.put("contacts", "contactid");
        sets.put("systemusers", "systemuserid");
        if (leads) {
            sets.put("leads", "leadid");
        }
        if (salesTeam) {
            sets.put("connections", "connectionid");
        }
    }

    @Override
    public String where() {
        return Metadata.SYSTEM;
    }

    @Override
    public String what() {
        return "sign-in";
    }

    @Override
    public List<Finding> look() {
        Answer who = metadata.get("/WhoAmI");
        if (!who.ok()) {
            throw new Fault.Auth(Metadata.SYSTEM, "Dynamics 365 does not know our application (" + who.status() + "): "
                    + who.reason()
                    + ". Create an application user for dynamics.client-id in the Power Platform admin centre and give "
                    + "it a security role");
        }
        List<Finding> findings = new ArrayList<>(
                List.of(Finding.ok(where(), what(), "works as the user " + who.object().get("UserId"))));
        List<String> read = sets.keySet().stream().filter(set -> isReadable(set, findings)).toList();
        List<String> followed = read.stream().filter(set -> set.equals(OPPORTUNITIES) || set.equals(solutions))
                .filter(set -> showsChanges(set, findings)).toList();
        if (findings.size() == 1) {
            findings.add(Finding.ok(where(), "roles", "reads " + String.join(", ", read) + ", and what changed of "
                    + String.join(" and ", followed)));
        }
        currencies(findings);
        return findings;
    }

    private boolean isReadable(String set, List<Finding> findings) {
        Answer rows = metadata.get("/" + set + "?$select=" + sets.get(set) + "&$top=1");
        // What else may be wrong with the table of solution rows shows when the tables are compared.
        if (!rows.ok() && (rows.status() == FORBIDDEN || !set.equals(solutions))) {
            findings.add(Finding.fault(where(), set,
                    "cannot be read by our application user (" + rows.status() + "): " + rows.reason(),
                    "Give the application user a security role with read, create, write and append rights on the "
                            + "table, for the whole organisation"));
        }
        return rows.ok();
    }

    /** A role of a lesser level reads its own rows, and no changes at all. */
    private boolean showsChanges(String set, List<Finding> findings) {
        Answer rows = metadata.get("/" + set + "?$select=" + sets.get(set),
                Map.of("Prefer", "odata.track-changes,odata.maxpagesize=1"));
        if (rows.status() == FORBIDDEN) {
            findings.add(Finding.fault(where(), set,
                    "does not show its changes to our application user (403): " + rows.reason(),
                    "Raise the right to read the table to the level Organization in the security role of the "
                            + "application user: change tracking needs it"));
        }
        return rows.ok();
    }

    private void currencies(List<Finding> findings) {
        Answer rows = metadata.get("/transactioncurrencies?$select=isocurrencycode");
        List<String> codes = rows.list("value").stream().map(row -> String.valueOf(row.get("isocurrencycode")))
                .toList();
        findings.add(codes.isEmpty()
                ? Finding.fault(where(), "currencies",
                        "cannot be read or there are none" + (rows.ok() ? "" : ": " + rows.reason()),
                        "Give the application user read access to currencies")
                : Finding.ok(where(), "currencies", "the environment has " + String.join(", ", codes)));
    }
}
