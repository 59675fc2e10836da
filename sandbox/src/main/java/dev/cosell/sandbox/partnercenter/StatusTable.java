package dev.cosell.sandbox.partnercenter;

import java.util.Map;
import java.util.Set;

/** Which status may follow which, and which substatus belongs to which status. */
final class StatusTable {
    private static final Map<String, Set<String>> SUBSTATUS = Map.of(
            "New", Set.of("Pending", "Received"),
            "Active", Set.of("Accepted"),
            "Closed", Set.of("Won", "Lost", "Declined", "Expired", "Error"));
    private static final Map<String, Set<String>> NEXT = Map.of(
            "New", Set.of("New", "Active", "Closed"),
            "Active", Set.of("Active", "Closed"),
            "Closed", Set.of("Closed"));

    private StatusTable() {}

    /** Throws when the service would not take the move. */
    static void check(Referral from, String status, String substatus) {
        Set<String> known = SUBSTATUS.get(status);
        if (known == null) {
            throw ServiceError.invalid("status", "The status '" + status + "' is not valid.");
        }
        if (!NEXT.getOrDefault(from.status(), Set.of()).contains(status)) {
            throw ServiceError.invalid("status",
                    "The status cannot change from " + from.status() + " to " + status + ".");
        }
        boolean same = status.equals(from.status()) && substatus != null && substatus.equals(from.substatus());
        boolean notWritable = "Expired".equals(substatus)
                || "Active".equals(from.status()) && "Declined".equals(substatus);
        if (!same && (substatus == null || !known.contains(substatus) || notWritable)) {
            throw ServiceError.invalid("substatus", "The substatus '" + substatus + "' is not valid for a change from "
                    + from.status() + " to " + status + ".");
        }
    }
}
