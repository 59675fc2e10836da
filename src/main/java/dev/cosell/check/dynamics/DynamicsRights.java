package dev.cosell.check.dynamics;

import dev.cosell.check.Calls;
import dev.cosell.check.Check;
import dev.cosell.check.Finding;
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
    private final Metadata metadata;
    private final Map<String, String> sets = new LinkedHashMap<>();

    /**
     * @param leads     whether leads are written
     * @param salesTeam whether connections are read
     */
    public DynamicsRights(Calls calls, boolean leads, boolean salesTeam) {
        metadata = new Metadata(calls);
        sets.put("opportunities", "opportunityid");
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
        sets.forEach((set, id) -> readable(set, id, findings));
        if (findings.size() == 1) {
            findings.add(Finding.ok(where(), "roles", "reads " + String.join(", ", sets.keySet())));
        }
        currencies(findings);
        return findings;
    }

    private void readable(String set, String id, List<Finding> findings) {
        Answer rows = metadata.get("/" + set + "?$select=" + id + "&$top=1");
        if (!rows.ok()) {
            findings.add(Finding.fault(where(), set,
                    "cannot be read by our application user (" + rows.status() + "): " + rows.reason(),
                    "Give the application user a security role with read, create, write and append rights on the "
                            + "table, for the whole organisation"));
        }
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
