package dev.cosell.metrics;

import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import org.apache.camel.CamelContext;

/**
 * The metrics of one application, in the registry that Camel serves on the management port. No label holds an id, a
 * name or a message: each has the values of an enumeration, or of the systems, routes and checks there are.
 */
public final class Meters implements AutoCloseable {
    /** The name under which Camel looks for a registry before it makes one. */
    private static final String BEAN = "metricsRegistry";

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collections = new JvmGcMetrics();

    private Meters() {}

    /**
     * Measures the routes of a context from now on; to be called before they are made.
     *
     * @param systems names of the systems, as the ids of their routes begin
     */
    public static Meters of(CamelContext camel, List<String> systems) {
        Meters meters = new Meters();
        // Their names are such that promtool complains.
        List.of("system.cpu.count", "process.cpu.time").forEach(name -> meters.registry.config()
                .meterFilter(MeterFilter.denyNameStartsWith(name)));
        camel.getRegistry().bind(BEAN, meters.registry);
        camel.addRoutePolicyFactory(new MeasuredRoutes(meters.registry, camel, systems));
        List.of(new JvmMemoryMetrics(), new JvmThreadMetrics(), new ProcessorMetrics(), new UptimeMetrics(),
                meters.collections)
                .forEach(metrics -> metrics.bindTo(meters.registry));
        return meters;
    }

    /** Shows how things stand, as those that watch over them see it. */
    public void show(Standing standing) {
        standing.bindTo(registry);
        registry.getPrometheusRegistry().register(standing.alarms());
    }

    @Override
    public void close() {
        collections.close();
        registry.close();
    }
}
