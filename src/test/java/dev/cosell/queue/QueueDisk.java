package dev.cosell.queue;

import java.io.IOException;
import org.apache.activemq.artemis.core.server.files.FileStoreMonitor;
import org.apache.activemq.artemis.core.server.impl.ActiveMQServerImpl;
import org.apache.camel.CamelContext;

/**
 * Moves the limit of the embedded broker's disk usage below or above what is used, which is the same to it as a disk
 * that fills or empties.
 */
public final class QueueDisk {
    private QueueDisk() {}

    public static void full(CamelContext application, boolean full) {
        full(application.getRegistry().lookupByNameAndType("hints", Hints.class).broker(), full);
    }

    /** The disk fills so fast that a write fails before the broker has looked at its usage. */
    public static void writeFails(CamelContext application) {
        application.getRegistry().lookupByNameAndType("hints", Hints.class).broker().embedded().server()
                .getStorageManager()
                .criticalError(new IOException("No space left on device"));
    }

    static void full(Broker broker, boolean full) {
        full((ActiveMQServerImpl) broker.embedded().server(), full);
    }

    static void full(ActiveMQServerImpl server, boolean full) {
        FileStoreMonitor monitor = server.getMonitor();
        monitor.setMaxUsage(full ? 0 : 1);
        monitor.tick();
    }
}
