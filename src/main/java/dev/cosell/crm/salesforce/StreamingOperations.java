package dev.cosell.crm.salesforce;

import dev.cosell.operations.AlarmCheck;
import dev.cosell.operations.PlatformMBean;
import dev.cosell.salesforce.stream.EventStream;
import org.apache.camel.CamelContext;

/** The MBean {@value #NAME}, and the same as a detail of health. */
public final class StreamingOperations implements StreamingMXBean, AutoCloseable {
    public static final String NAME = "dev.cosell:type=Streaming,name=cosell-sync";

    private final EventStream stream;

    public StreamingOperations(EventStream stream) {
        this.stream = stream;
    }

    /** Shows it until it is closed; a predecessor of the same name gives way. */
    public StreamingOperations register(CamelContext camel) {
        new AlarmCheck("salesforce-events", this::getAlarm,
                health -> health.detail("state", getState()).detail("lastEvent", getLastEvent()))
                .register(camel);
        PlatformMBean.show(NAME, this);
        return this;
    }

    @Override
    public void close() {
        PlatformMBean.hide(NAME);
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
}
