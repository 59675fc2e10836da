package dev.cosell.metrics;

import dev.cosell.sync.decide.Action;
import dev.cosell.sync.decide.Decision;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.apache.camel.support.RoutePolicySupport;

/** Times the syncs of one CRM by situation, action and outcome, and how long a change waited until it was done. */
final class SyncTimes extends RoutePolicySupport {
    private static final String BEGUN = "cosell.sync-begun";
    private static final String OFFERED = "cosell.hint-offered";
    /** When the hint went to the queue, in milliseconds; the same for each of its deliveries. */
    private static final String QUEUED = "JMSTimestamp";
    /** A version that was handled before: nothing was compared. */
    private static final String SEEN = "SEEN";
    /** It failed before it was known what the case is. */
    private static final String NONE = "NONE";
    private static final Duration[] STEPS = Stream.of("PT0.25S", "PT0.5S", "PT1S", "PT2S", "PT5S", "PT10S", "PT30S", "PT1M", "PT5M", "PT30M", "PT2H")
            .map(Duration::parse).toArray(Duration[]::new);

    private final MeterRegistry meters;
    private final String crm;
    private final Timer delay;
    private final Map<Case, Timer> timers = new ConcurrentHashMap<>();

    /** @param outcome {@code done}; {@code parked}; {@code again} when the hint stays in the queue and comes again */
    private record Case(String situation, String action, String outcome) {}

    SyncTimes(MeterRegistry meters, String crm) {
        this.meters = meters;
        this.crm = crm;
        this.delay = Timer.builder("cosell.delay").tag("crm", crm).description("From the acceptance of a hint until it is done.")
                .serviceLevelObjectives(STEPS).register(meters);
    }

    @Override
    public void onExchangeBegin(Route route, Exchange exchange) {
        exchange.setProperty(BEGUN, System.nanoTime());
        exchange.setProperty(OFFERED, exchange.getMessage().getHeader(QUEUED));
    }

    @Override
    public void onExchangeDone(Route route, Exchange exchange) {
        Case which = which(exchange);
        if (exchange.getProperty(BEGUN) instanceof Long begun) {
            timers.computeIfAbsent(which, this::timer).record(System.nanoTime() - begun, TimeUnit.NANOSECONDS);
        }
        if (exchange.getProperty(OFFERED) instanceof Long offered && !which.outcome().equals("again")) {
            delay.record(Math.max(0, System.currentTimeMillis() - offered), TimeUnit.MILLISECONDS);
        }
    }

    private static Case which(Exchange exchange) {
        Decision decision = exchange.getVariable("decision", Decision.class);
        boolean again = exchange.getException() != null;
        boolean parked = exchange.getVariable("problems") != null;
        String outcome = again ? "again" : parked ? "parked" : "done";
        if (decision == null) {
            return new Case(again || parked ? NONE : SEEN, parked ? Action.PARK.name() : Action.NOTHING.name(), outcome);
        }
        return new Case(decision.situation().name(), decision.action().name(), outcome);
    }

    private Timer timer(Case which) {
        return Timer.builder("cosell.sync").tag("crm", crm).tag("situation", which.situation()).tag("action", which.action())
                .tag("outcome", which.outcome()).description("Syncs, by what was found and done.").register(meters);
    }
}
