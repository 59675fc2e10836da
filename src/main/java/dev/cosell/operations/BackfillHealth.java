package dev.cosell.operations;

import java.util.Map;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheck;

/** Up always; what of the first sync and of backfills waits for a person is a warning, which alerts tell, too. */
public final class BackfillHealth {
    private static final String ID = "first-sync";

    private BackfillHealth() {}

    /** @param needs sentences by what each is about, see {@link Parts} */
    public static void register(CamelContext camel, Supplier<Map<String, String>> needs) {
        new AlarmCheck(ID, () -> "", health -> {
            Map<String, String> now = needs.get();
            health.detail(Parts.DETAIL, String.join("; ", now.values()));
            Parts.WARNING.tell(health, now);
        }).register(camel);
    }

    /** Whether this is the result of our check and something waits for a person. */
    public static boolean waits(HealthCheck.Result result) {
        return result.getCheck().getId().equals(ID)
                && !Parts.WARNING.of(result).isEmpty();
    }
}
