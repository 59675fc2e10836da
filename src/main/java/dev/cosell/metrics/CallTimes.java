package dev.cosell.metrics;

import dev.cosell.verbs.Fault;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.apache.camel.support.RoutePolicySupport;

/** Times the calls of one system by how they ended. */
final class CallTimes extends RoutePolicySupport {
    /** {@code REFUSED}: the system was asked for what it does not do or know. {@code FAILED}: it did not answer, or with a fault of its own. */
    enum Outcome { OK, REFUSED, THROTTLED, FAILED }

    private static final String BEGUN = "cosell.call-begun";

    private final Map<Outcome, Timer> timers = new EnumMap<>(Outcome.class);

    CallTimes(MeterRegistry meters, String system) {
        for (Outcome outcome : Outcome.values()) {
            timers.put(outcome, Timer.builder("cosell.call").tag("system", system).tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                    .description("Calls of a system, by how they ended.").register(meters));
        }
    }

    @Override
    public void onExchangeBegin(Route route, Exchange exchange) {
        exchange.setProperty(BEGUN, System.nanoTime());
    }

    @Override
    public void onExchangeDone(Route route, Exchange exchange) {
        if (exchange.removeProperty(BEGUN) instanceof Long begun) {
            timers.get(outcome(exchange)).record(System.nanoTime() - begun, TimeUnit.NANOSECONDS);
        }
    }

    private static Outcome outcome(Exchange exchange) {
        if (exchange.getException() != null) {
            return exchange.getException() instanceof Fault.Throttled ? Outcome.THROTTLED
                    : exchange.getException() instanceof Fault fault && !(fault instanceof Fault.Transient) ? Outcome.REFUSED : Outcome.FAILED;
        }
        int status = exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE, 200, Integer.class);
        return status == 429 ? Outcome.THROTTLED : status >= 500 ? Outcome.FAILED : status >= 400 ? Outcome.REFUSED : Outcome.OK;
    }
}
