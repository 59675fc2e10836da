package dev.cosell.stories;

import dev.cosell.crm.dynamics.DynamicsKey;
import dev.cosell.settings.Key;
import dev.cosell.settings.Settings;
import java.util.Map;
import java.util.function.BiFunction;

/** The sellers in the CRMs of the product. */
public final class Drivers {
    private static final Map<String, BiFunction<Api, Settings, CrmDriver>> ALL = Map.of(
            "salesforce", (api, settings) -> new SalesforceDriver(api),
            "dynamics",
            (api, settings) -> new DynamicsDriver(api, new Api(settings.number(Key.SANDBOX_PARTNER_CENTER_PORT)),
                    settings.text(DynamicsKey.URL)));

    private Drivers() {}

    /** @param settings name the ports of the sandbox servers */
    public static CrmDriver of(String crm, Settings settings) {
        return ALL.get(crm).apply(new Api(settings.sandboxPorts().get(crm)), settings);
    }
}
