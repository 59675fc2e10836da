package dev.cosell.app;

import dev.cosell.settings.Key;
import dev.cosell.settings.Settings;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;

/** What Camel Main is told; a {@code camel.*} line in {@code application.properties} goes before it. */
final class CamelSettings {
    private final Map<String, String> values = new LinkedHashMap<>();

    CamelSettings(Settings settings, Path routes) {
        values.put("camel.main.name", "cosell-sync");
        values.put("camel.main.routesIncludePattern", "file:" + routes + "/*.camel.yaml");
        String disabled = settings.disabledCrms().stream()
                .map(crm -> "**/" + crm + ".camel.yaml,**/mapping-" + crm + ".camel.yaml")
                .collect(Collectors.joining(","));
        if (!disabled.isEmpty()) {
            values.put("camel.main.routesExcludePattern", disabled);
        }
        values.put("camel.main.startupSummaryLevel", "off");
        values.put("camel.main.shutdownTimeout", "15");
        values.put("camel.main.shutdownLogInflightExchangesOnTimeout", "false");
        // The routes have ended by then; Quartz would wait half a second for threads that have nothing to do.
        values.put("camel.component.quartz.interruptJobsOnShutdown", "true");
        values.put("camel.server.enabled", "true");
        values.put("camel.server.host", settings.text(Key.HTTP_HOST));
        values.put("camel.server.port", settings.text(Key.HTTP_PORT));
        // The door itself answers a too large body with 413; the server's own limit is only a second one.
        values.put("camel.server.maxBodySize", String.valueOf(4L * settings.number(Key.WEBHOOK_MAX_BODY)));
        values.put("camel.server.fileUploadEnabled", "false");
        values.put("camel.management.enabled", "true");
        values.put("camel.management.host", settings.text(Key.MANAGEMENT_HOST));
        values.put("camel.management.port", settings.text(Key.MANAGEMENT_PORT));
        values.put("camel.management.healthCheckEnabled", "true");
        if (settings.isOn(Key.METRICS)) {
            metrics();
        }
        values.put("camel.health.routesEnabled", "true");
        values.put("camel.health.consumersEnabled", "true");
    }

    /** Camel serves them; what it would measure at each step and each route costs more than all of ours. */
    private void metrics() {
        values.put("camel.management.metricsEnabled", "true");
        values.put("camel.metrics.enabled", "true");
        List.of("RoutePolicy", "ExchangeEventNotifier", "RouteEventNotifier", "MessageHistory")
                .forEach(each -> values.put("camel.metrics.enable" + each, "false"));
    }

    void putMissing(Properties properties) {
        values.forEach(properties::putIfAbsent);
    }
}
