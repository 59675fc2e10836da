package dev.cosell.sandbox.dataverse;

import java.util.Map;
import java.util.Set;

/** What a plain update may do to the state of an opportunity: reopen it, or move it between open statuses. */
final class OpportunityStates {
    static final int OPEN = 0;
    static final int WON = 1;
    static final int LOST = 2;
    private static final Map<Integer, Set<Integer>> STATUSES = Map.of(OPEN, Set.of(1, 2), WON, Set.of(3), LOST,
            Set.of(4, 5));
    private static final Map<Integer, Integer> DEFAULT_STATUS = Map.of(OPEN, 1, WON, 3, LOST, 4);

    private OpportunityStates() {}

    /**
     * @param wanted what the body sets
     * @param values the row as it would be; state and status are brought in order here
     */
    static void settle(Row row, Map<String, Object> wanted, Map<String, Object> values, boolean allowClosedWrites) {
        int was = (Integer) row.get("statecode");
        int state = (Integer) values.get("statecode");
        if (state != was && state != OPEN) {
            String name = state == WON ? "Win" : "Lose";
            throw new Refusal(400, "0x80100005", "This message can not be used to set the state of opportunity to "
                    + (state == WON ? "Won" : "Lost") + ". In order to set state of opportunity to "
                    + (state == WON ? "Won" : "Lost") + ", use the " + name + "OpportunityRequest message instead.");
        }
        boolean reopens = was != OPEN && state == OPEN;
        if (was != OPEN && !reopens && !allowClosedWrites) {
            throw Refusal.invalidArgument("The opportunity is closed and read-only. Reopen it before it is changed.");
        }
        if (reopens && wanted.get("statuscode") == null) {
            values.put("statuscode", DEFAULT_STATUS.get(OPEN));
        }
        requireStatus(state, (Integer) values.get("statuscode"), row);
    }

    /** The status to close with; -1 stands for the default of the state. */
    static int closingStatus(int state, int status, Row row) {
        int wanted = status == -1 ? DEFAULT_STATUS.get(state) : status;
        requireStatus(state, wanted, row);
        return wanted;
    }

    /** A new opportunity is open, whatever state the body names. */
    static void requireOpen(Draft draft) {
        Object status = draft.values().get("statuscode");
        if (status != null && !isOf(OPEN, status, draft.table())) {
            throw invalid(OPEN, status, draft.table(), draft.id());
        }
    }

    private static void requireStatus(int state, Integer status, Row row) {
        if (!isOf(state, status, row.table())) {
            throw invalid(state, status, row.table(), row.id());
        }
    }

    private static boolean isOf(int state, Object status, Table table) {
        return STATUSES.get(state).contains(status) || table.ownStatuses().getOrDefault(status, -1) == state;
    }

    private static Refusal invalid(int state, Object status, Table table, Object id) {
        return new Refusal(400, "0x80048408", status + " is not a valid status code for state code "
                + table.column("statecode").options().get(state) + " on opportunity"
                + (id == null ? "." : " with Id " + id + "."));
    }
}
