package dev.cosell.check.dynamics;

import dev.cosell.check.Finding;
import java.util.List;
import java.util.Map;

/** Whether a column is an alternate key that can be used; decided without any call. */
final class Keys {
    private Keys() {}

    /** @param keys of the table, as the metadata API shows them */
    static Finding judged(String table, String column, String setting, List<Map<String, Object>> keys) {
        String what = table + "." + column;
        for (Map<String, Object> key : keys) {
            if (List.of(column).equals(key.get("KeyAttributes"))) {
                return status(what, String.valueOf(key.get("EntityKeyIndexStatus")),
                        String.valueOf(key.get("SchemaName")));
            }
        }
        return Finding.fault(Metadata.SYSTEM, what,
                "is no alternate key, so a repeated create would make a second record",
                "Create a key of this one column in Power Apps (Tables, " + table
                        + ", Keys), or let ./cosell setup dynamics do it, or name a column that is one in " + setting);
    }

    private static Finding status(String what, String status, String key) {
        return switch (status) {
            case "Active" -> Finding.ok(Metadata.SYSTEM, what, "is an alternate key and active");
        case "Failed" -> Finding.fault(Metadata.SYSTEM, what,
                "is the alternate key " + key + ", which is not active (Failed): two rows have the same value",
                "Clear the value on all rows but one, then reactivate the key in Power Apps");
        default -> Finding.fault(Metadata.SYSTEM, what,
                "is the alternate key " + key + ", which is not active yet (" + status + ")",
                "Wait until its index is built and check again; with many rows that takes a while");
        };
    }
}
