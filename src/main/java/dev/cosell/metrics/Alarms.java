package dev.cosell.metrics;

import dev.cosell.operations.AlarmCheck;
import dev.cosell.operations.BackfillHealth;
import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckRegistry;

/**
 * Which of our checks needs a person. Looked for at every scrape, because a check may come later than the others: that
 * of a channel for alerts comes with the first look at what is to be told.
 */
final class Alarms implements Collector {
    private static final String NAME = "cosell_alarm";
    private static final MetricMetadata ABOUT = new MetricMetadata(NAME, "1 while a person must look at it.");

    private final CamelContext camel;

    Alarms(CamelContext camel) {
        this.camel = camel;
    }

    @Override
    public String getPrometheusName() {
        return NAME;
    }

    @Override
    public MetricSnapshot collect() {
        return new GaugeSnapshot(ABOUT, HealthCheckRegistry.get(camel).stream()
                .filter(check -> check.getGroup().equals(AlarmCheck.GROUP))
                .map(check -> new GaugeDataPointSnapshot(value(check), Labels.of("check", check.getId()), null))
                .toList());
    }

    /** Not a number when the check itself fails. */
    private static double value(HealthCheck check) {
        HealthCheck.Result now = check.call();
        return AlarmCheck.failed(now) ? Double.NaN
                : now.getState() == HealthCheck.State.DOWN || BackfillHealth.waits(now) ? 1 : 0;
    }
}
