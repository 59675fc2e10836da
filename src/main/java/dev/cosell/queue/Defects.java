package dev.cosell.queue;

import dev.cosell.verbs.Attempts;
import java.time.Clock;
import org.apache.camel.Exchange;

/** How often the sync of a hint ended in a defect of ours; outages and the death of the process do not count. */
public final class Defects {
    static final String HINT = "cosell.hint";

    private static final int MOST = 5;
    private static final String COUNTED = "cosell.defects";

    private final Attempts attempts;

    public Defects(Clock clock) {
        attempts = new Attempts(clock);
    }

    /**
     * For the sync's policy: whether this was the fifth in a row. However often it is asked about one exchange, that is
     * one defect.
     */
    public boolean givesUp(Exchange exchange) {
        Integer times = exchange.getProperty(COUNTED, Integer.class);
        if (times == null) {
            times = attempts.again(what(exchange));
            exchange.setProperty(COUNTED, times);
        }
        return times >= MOST;
    }

    /** For the end of the sync route, and for a record that was parked: what failed before does not count any more. */
    public void forget(Exchange exchange) {
        attempts.forget(what(exchange));
    }

    private static String what(Exchange exchange) {
        return exchange.getVariable("crm") + " " + exchange.getProperty(HINT);
    }
}
