package dev.cosell.partnercenter;

import java.util.List;
import java.util.Map;

/** Which changes of status Partner Center takes, known before it is asked. */
public final class StatusMachine {
    private static final Map<String, List<String>> SUBSTATUS = Map.of(
            "New", List.of("Pending", "Received"),
            "Active", List.of("Accepted"),
            "Closed", List.of("Won", "Lost", "Declined", "Expired", "Error"));

    /**
     * @param status      null together with {@code substatus} when nothing is to be written
     * @param acceptFirst whether an own step to Active/Accepted must come before
     * @param refusal     why the move is impossible, in one sentence; null when it is allowed
     */
    public record Move(String status, String substatus, boolean acceptFirst, String refusal) {
        static final Move NONE = new Move(null, null, false, null);

        static Move to(String status, String substatus) {
            return new Move(status, substatus, false, null);
        }

        static Move refused(String why) {
            return new Move(null, null, false, why);
        }

        public boolean allowed() {
            return refusal == null;
        }

        boolean closes() {
            return "Closed".equals(status);
        }

        /** True when there is something to write. */
        public boolean moves() {
            return status != null;
        }
    }

    /**
     * Plans a move. A status or substatus this code does not know gives no change, because Microsoft adds values
     * without notice. A deal that was never accepted is declined when it is to be closed as lost or as an error, a
     * declined one that was accepted becomes lost, and a won one that was never accepted is accepted first.
     *
     * @param toSubstatus null takes the usual one of the status
     */
    public Move plan(String fromStatus, String fromSubstatus, String toStatus, String toSubstatus) {
        String from = known(SUBSTATUS.keySet(), fromStatus);
        String to = known(SUBSTATUS.keySet(), toStatus);
        if (from == null || to == null) {
            return Move.NONE;
        }
        String wanted = toSubstatus == null && !to.equals("Closed") ? SUBSTATUS.get(to).get(0) : toSubstatus;
        String substatus = known(SUBSTATUS.get(to), wanted);
        if (substatus == null || from.equals(to) && substatus.equalsIgnoreCase(fromSubstatus)) {
            return Move.NONE;
        }
        return between(from, to, substatus);
    }

    private static Move between(String from, String to, String substatus) {
        if (from.equals("Closed")) {
            return Move.refused("The referral is closed in Partner Center; Closed is final, so it cannot become " + to
                    + "/" + substatus
                    + ": create a new deal if this one was closed by mistake, by cloning the opportunity without its "
                    + "Referral Identifier");
        }
        if (from.equals("Active") && to.equals("New")) {
            return Move.refused(
                    "The referral was accepted in Partner Center and cannot go back to New: leave the opportunity in "
                            + "an active stage or close it");
        }
        if (substatus.equals("Expired")) {
            return Move.refused(
                    "Only Partner Center itself sets Closed/Expired: choose a stage that stands for Declined or Lost, "
                            + "or write this one into such a line of the value map");
        }
        if (from.equals("Active") && substatus.equals("Declined")) {
            return Move.to("Closed", "Lost");
        }
        if (from.equals("New") && (substatus.equals("Lost") || substatus.equals("Error"))) {
            return Move.to("Closed", "Declined");
        }
        return new Move(to, substatus, from.equals("New") && substatus.equals("Won"), null);
    }

    private static String known(Iterable<String> values, String text) {
        for (String value : values) {
            if (value.equalsIgnoreCase(text)) {
                return value;
            }
        }
        return null;
    }
}
