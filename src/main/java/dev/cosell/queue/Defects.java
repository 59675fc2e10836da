package dev.cosell.queue;

import dev.cosell.verbs.Attempts;
import java.time.Clock;
import org.apache.camel.Exchange;

/**
 * How often in a row the sync of a hint ended in a defect of ours, or with a write that was refused as if somebody had
 * been faster; outages and the death of the process do not count.
 */
public final class Defects {
    public static final String HINT = "cosell.hint";

    private static final int MOST = 5;
    /** With the pauses between them, ten minutes: nobody edits a record for so long each time it is looked at. */
    private static final int MOST_CONFLICTS = 15;
    private static final String DEFECTS = "cosell.defects";
    private static final String CONFLICTS = "cosell.conflicts";

    private final Attempts defects;
    private final Attempts conflicts;
    private final ServerErrors serverErrors;

    public Defects(ServerErrors serverErrors, Clock clock) {
        this.serverErrors = serverErrors;
        defects = new Attempts(clock);
        conflicts = new Attempts(clock);
    }

    /**
     * For the sync's policy: whether this was the fifth in a row. However often it is asked about one exchange, that is
     * one defect.
     */
    public boolean givesUp(Exchange exchange) {
        return times(exchange, DEFECTS, defects) >= MOST;
    }

    /** The same of a record that seems to have moved in each of fifteen deliveries, however often in each. */
    public boolean neverSettles(Exchange exchange) {
        return times(exchange, CONFLICTS, conflicts) >= MOST_CONFLICTS;
    }

    private static int times(Exchange exchange, String counted, Attempts attempts) {
        Integer times = exchange.getProperty(counted, Integer.class);
        if (times == null) {
            times = attempts.again(what(exchange));
            exchange.setProperty(counted, times);
        }
        return times;
    }

    /** For the end of the sync route, and for a record that was parked: what failed before does not count any more. */
    public void forget(Exchange exchange) {
        defects.forget(what(exchange));
        conflicts.forget(what(exchange));
        serverErrors.forget(exchange);
    }

    /** The hint that is worked on, by name. */
    static String what(Exchange exchange) {
        return exchange.getVariable("crm") + " " + exchange.getProperty(HINT);
    }
}
