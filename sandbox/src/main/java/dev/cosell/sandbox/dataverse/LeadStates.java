package dev.cosell.sandbox.dataverse;

import java.util.Map;
import java.util.Set;

/**
 * What a plain update may do to the state of a lead: qualify it, disqualify it and reopen it; a closed one takes
 * nothing else.
 */
final class LeadStates {
    private static final int OPEN = 0;
    private static final Map<Integer, Set<Integer>> STATUSES = Map.of(OPEN, Set.of(1, 2), 1, Set.of(3), 2,
            Set.of(4, 5, 6, 7));
    private static final Map<Integer, Integer> DEFAULT_STATUS = Map.of(OPEN, 1, 1, 3, 2, 4);

    private LeadStates() {}

    /**
     * @param wanted what the body sets
     * @param values the row as it would be; state and status are brought in order here
     */
    static void settle(Row row, Map<String, Object> wanted, Map<String, Object> values, boolean allowClosedWrites) {
        int was = (Integer) row.get("statecode");
        int state = (Integer) values.get("statecode");
        if (was != OPEN && was == state && !allowClosedWrites) {
            throw Refusal.invalidArgument("The lead is closed and read-only. Reopen it before it is changed.");
        }
        if (was != state && wanted.get("statuscode") == null) {
            values.put("statuscode", DEFAULT_STATUS.get(state));
        }
        Object status = values.get("statuscode");
        if (!STATUSES.get(state).contains(status) && row.table().ownStatuses().getOrDefault(status, -1) != state) {
            throw new Refusal(400, "0x80048408",
                    status + " is not a valid status code for state code "
                            + row.table().column("statecode").options().get(state) + " on lead with Id " + row.id()
                            + ".");
        }
    }
}
