package dev.cosell.queue;

import jakarta.jms.JMSException;
import java.time.Duration;
import org.apache.camel.component.jms.DefaultJmsMessageListenerContainer;
import org.apache.camel.component.jms.JmsEndpoint;

/**
 * Consumers that wait for a hint without looking around every second, which costs an idle process most of its CPU. A
 * stop would have to wait as long as they do; so those that have no hint in hand are woken for it.
 */
final class PatientListener extends DefaultJmsMessageListenerContainer {
    static final Duration WAIT = Duration.ofSeconds(10);
    /** After so long Spring interrupts whoever still waits for a message. */
    private static final Duration STOP_AFTER = Duration.ofMillis(50);

    PatientListener(JmsEndpoint endpoint) {
        super(endpoint);
    }

    @Override
    protected void doShutdown() throws JMSException {
        setReceiveTimeout(STOP_AFTER.toMillis());
        super.doShutdown();
    }

    /** Whoever was woken for the stop has met no fault. */
    @Override
    protected void handleListenerSetupFailure(Throwable fault, boolean alreadyRecovered) {
        if (isActive()) {
            super.handleListenerSetupFailure(fault, alreadyRecovered);
        }
    }
}
