package dev.cosell.operations;

import dev.cosell.queue.Hints;
import org.apache.camel.CamelContext;

/** Down while hints are refused; whoever sent them comes again, so neither ready nor live depends on it. */
public final class QueueHealth {
    private final Hints hints;

    public QueueHealth(Hints hints) {
        this.hints = hints;
    }

    public void register(CamelContext camel) {
        new AlarmCheck("hint-queue", hints::problem, health -> { }).register(camel);
    }
}
