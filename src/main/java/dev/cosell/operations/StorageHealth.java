package dev.cosell.operations;

import java.util.function.Supplier;
import org.apache.camel.CamelContext;

/**
 * Down while hints are refused or the database does not answer. Senders come again and hints wait, so neither ready nor
 * live depends on it: a restart would mend nothing.
 */
public final class StorageHealth {
    private StorageHealth() {}

    /**
     * @param queue    why hints are refused; empty when they are not
     * @param database why it cannot be used; empty when it can
     */
    public static void register(CamelContext camel, Supplier<String> queue, Supplier<String> database) {
        new AlarmCheck("hint-queue", queue, health -> { }).register(camel);
        new AlarmCheck("state-database", database, health -> { }).register(camel);
    }
}
