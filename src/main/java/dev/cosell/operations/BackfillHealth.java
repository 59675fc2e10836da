package dev.cosell.operations;

import java.util.List;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;

/** Up always; what of the first sync and of backfills waits for a person is a warning, which alerts tell, too. */
public final class BackfillHealth {
    private BackfillHealth() {}

    /** @param needs one sentence each */
    public static void register(CamelContext camel, Supplier<List<String>> needs) {
        new AlarmCheck("first-sync", () -> "", health -> health.detail("warning", String.join("; ", needs.get())))
                .register(camel);
    }
}
