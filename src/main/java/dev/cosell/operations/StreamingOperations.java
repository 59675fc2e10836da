package dev.cosell.operations;

import dev.cosell.salesforce.stream.EventStream;
import java.lang.management.ManagementFactory;
import java.util.Map;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/** The MBean {@value #NAME}, and the same as a detail of health. */
public final class StreamingOperations implements StreamingMXBean, AutoCloseable {
    public static final String NAME = "dev.cosell:type=Streaming,name=cosell-sync";

    private final EventStream stream;

    public StreamingOperations(EventStream stream) {
        this.stream = stream;
    }

    /** Shows it until it is closed; a predecessor of the same name gives way. */
    public StreamingOperations register(CamelContext camel) {
        HealthCheckRegistry health = HealthCheckRegistry.get(camel);
        if (health != null) {
            health.register(new Health(this));
        }
        try {
            close();
            ManagementFactory.getPlatformMBeanServer().registerMBean(this, new ObjectName(NAME));
            return this;
        } catch (JMException fault) {
            throw new IllegalStateException("The MBean " + NAME + " could not be registered", fault);
        }
    }

    @Override
    public void close() {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        try {
            ObjectName name = new ObjectName(NAME);
            if (server.isRegistered(name)) {
                server.unregisterMBean(name);
            }
        } catch (JMException fault) {
            throw new IllegalStateException("The MBean " + NAME + " could not be removed", fault);
        }
    }

    @Override
    public String getState() {
        return stream.state();
    }

    @Override
    public String getSince() {
        return stream.since().toString();
    }

    @Override
    public String getAlarm() {
        return stream.alarm();
    }

    @Override
    public String getLastEvent() {
        return stream.lastEvent() == null ? "" : stream.lastEvent().toString();
    }

    @Override
    public String getReplayPosition() {
        return stream.position();
    }

    @Override
    public int getRebuilds() {
        return stream.rebuilds();
    }

    @Override
    public int getMissedChanges() {
        return stream.missed();
    }

    /** Down with an alarm, but neither ready nor live depends on it: polls find every change, so nothing is to be restarted. */
    private static final class Health extends AbstractHealthCheck {
        private final StreamingMXBean streaming;

        Health(StreamingMXBean streaming) {
            super("cosell", "salesforce-streaming");
            this.streaming = streaming;
        }

        @Override
        protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
            builder.detail("state", streaming.getState()).detail("lastEvent", streaming.getLastEvent()).up();
            if (!streaming.getAlarm().isEmpty()) {
                builder.message(streaming.getAlarm()).down();
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
}
