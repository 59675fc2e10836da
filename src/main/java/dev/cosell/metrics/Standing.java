package dev.cosell.metrics;

import dev.cosell.connection.Connection;
import dev.cosell.operations.SyncMXBean;
import dev.cosell.sync.decide.LinkState;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.apache.camel.CamelContext;

/**
 * How things stand, read from those that know it when somebody asks. What costs a query is asked again after some
 * seconds at the earliest.
 */
public final class Standing {
    private static final Duration FRESH = Duration.ofSeconds(5);

    private final SyncMXBean sync;
    private final List<String> crms;
    private final Collection<Connection> connections;
    private final Map<String, Map<String, Supplier<Number>>> calls;
    private final CamelContext camel;
    private final Clock clock;
    private Figures last;
    private Instant readAt = Instant.MIN;

    private record Figures(Map<String, Integer> backlog, long oldest, Map<String, Integer> links, int held,
            int deadlines) {}

    /**
     * @param calls figures about the calls that a CRM has left, by its name and theirs, such as {@code calls.today}
     */
    public Standing(CamelContext camel, SyncMXBean sync, List<String> crms, Collection<Connection> connections,
                    Map<String, Map<String, Supplier<Number>>> calls, Clock clock) {
        this.camel = camel;
        this.sync = sync;
        this.crms = List.copyOf(crms);
        this.connections = List.copyOf(connections);
        this.calls = Map.copyOf(calls);
        this.clock = clock;
    }

    void bindTo(MeterRegistry meters) {
        gauge(meters, "cosell.oldest.pending", figures -> figures.oldest(), "Age of the oldest hint that is not done.",
                "seconds");
        gauge(meters, "cosell.held", figures -> figures.held(), "Moves that are held back.", null);
        gauge(meters, "cosell.deadlines", figures -> figures.deadlines(),
                "Deadlines that were warned of and are not met yet.", null);
        Gauge.builder("cosell.mapping.error", sync, bean -> bean.getMappingError().isEmpty() ? 0 : 1)
                .description("1 while the newest edit of a file under routes/ is not in force, or its routes do not"
                        + " run.").register(meters);
        crms.forEach(crm -> bindTo(meters, crm));
        connections.forEach(connection -> Gauge.builder("cosell.connection.up", connection,
                        each -> each.broken() ? 0 : 1)
                .tag("connection", connection.system()).description("0 while the sign-in with a system is broken.")
                .strongReference(true).register(meters));
        calls.forEach((crm, figures) -> figures.forEach((name, figure) ->
                Gauge.builder("cosell.budget." + name, figure::get)
                .tag("crm", crm).description("Calls of a CRM and their limits.").register(meters)));
    }

    Alarms alarms() {
        return new Alarms(camel);
    }

    private void bindTo(MeterRegistry meters, String crm) {
        crmGauge(meters, "cosell.backlog", crm, figures -> figures.backlog().getOrDefault(crm, 0),
                "Hints not yet done.");
        for (LinkState state : LinkState.values()) {
            Gauge.builder("cosell.links", this, standing -> standing.read(figures -> figures.links()
                    .getOrDefault(crm + "/" + state, 0)))
                    .tag("crm", crm).tag("state", state.name()).description("Links by CRM and state.")
                    .strongReference(true).register(meters);
        }
    }

    private void crmGauge(MeterRegistry meters, String name, String crm, ToDoubleFunction<Figures> figure,
            String description) {
        Gauge.builder(name, this, standing -> standing.read(figure)).tag("crm", crm).description(description)
                .strongReference(true).register(meters);
    }

    private void gauge(MeterRegistry meters, String name, ToDoubleFunction<Figures> figure, String description,
            String unit) {
        Gauge.builder(name, this, standing -> standing.read(figure)).description(description).baseUnit(unit)
                .strongReference(true).register(meters);
    }

    /** Not a number while queue or database do not answer. */
    private double read(ToDoubleFunction<Figures> figure) {
        Figures now = now();
        return now == null ? Double.NaN : figure.applyAsDouble(now);
    }

    private synchronized Figures now() {
        Instant now = clock.instant();
        if (readAt.plus(FRESH).isBefore(now)) {
            readAt = now;
            try {
                last = new Figures(sync.getBacklog(), sync.getOldestPendingSeconds(), sync.getLinksByState(),
                        sync.getHeldCount(), sync.getDeadlinesCount());
            } catch (RuntimeException away) {
                last = null;
            }
        }
        return last;
    }
}
