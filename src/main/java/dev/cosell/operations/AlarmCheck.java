package dev.cosell.operations;

import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/**
 * Down with an alarm, but neither ready nor live depends on it: polling finds every change, so nothing is to be
 * restarted.
 */
public final class AlarmCheck extends AbstractHealthCheck {
    private final Supplier<String> alarm;
    private final Consumer<HealthCheckResultBuilder> details;

    /**
     * @param id    not the id of a route: Camel takes both for the same check
     * @param alarm what a person must look at; empty when all is well
     */
    public AlarmCheck(String id, Supplier<String> alarm, Consumer<HealthCheckResultBuilder> details) {
        super("cosell", id);
        this.alarm = alarm;
        this.details = details;
    }

    public void register(CamelContext camel) {
        HealthCheckRegistry health = HealthCheckRegistry.get(camel);
        if (health != null) {
            health.register(this);
        }
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        details.accept(builder.up());
        String sentence = alarm.get();
        if (!sentence.isEmpty()) {
            builder.message(sentence).down();
        }
    }

    @Override
    public boolean isReadiness() {
        return false;
    }

    @Override
    public boolean isLiveness() {
        return false;
    }
}
