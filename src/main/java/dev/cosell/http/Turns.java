package dev.cosell.http;

import java.util.function.BooleanSupplier;
import org.apache.camel.Exchange;
import org.apache.camel.support.SynchronizationAdapter;

/** Which call of an exchange waits how long for its turn at the pace of a system. */
final class Turns {
    /** Property of an exchange whose work has begun with a call to this system. */
    private final String begun;
    /** Property of an exchange that has taken the turn of its next call. */
    private final String taken;
    private final CallRate rate;

    Turns(String system, CallRate rate) {
        this.begun = "cosell.begun." + system;
        this.taken = "cosell.turn." + system;
        this.rate = rate;
    }

    /**
     * Waits for the turn of the next call and takes it; an exchange that ends without that call gives it back.
     *
     * @throws dev.cosell.verbs.Fault.Throttled when it is too far away
     */
    void take(Exchange exchange) {
        if (exchange.getProperty(taken) == null) {
            await(exchange);
            exchange.setProperty(taken, true);
            exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
                @Override
                public void onDone(Exchange done) {
                    if (done.removeProperty(taken) != null) {
                        rate.giveBack();
                    }
                }
            });
        }
    }

    /**
     * Waits for the turn of a call, unless it is taken.
     *
     * @throws dev.cosell.verbs.Fault.Throttled when it is too far away
     */
    void await(Exchange exchange, Request request) {
        if (request.patient()) {
            // Begins nothing: what is done with the page can be put off.
            rate.awaitFurther(stops(exchange));
        } else if (exchange.removeProperty(taken) == null) {
            await(exchange);
        }
    }

    /** What has made a call waits for its next one: sent back, it would begin with the first again. */
    private void await(Exchange exchange) {
        if (exchange.getProperty(begun) != null) {
            rate.awaitFurther(stops(exchange));
        } else {
            rate.awaitFirst(stops(exchange));
        }
        exchange.setProperty(begun, true);
    }

    private static BooleanSupplier stops(Exchange exchange) {
        return exchange.getContext()::isStopping;
    }
}
