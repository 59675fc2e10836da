package dev.cosell.live;

import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteDefinition;

/**
 * The routes of the alert channels that are set. A channel without its own would tell nobody anything, and nothing
 * would tell that.
 */
final class AlertRoutes {
    private static final Pattern ENABLED = Pattern.compile("alerts\\.(\\w+)\\.enabled");

    private AlertRoutes() {}

    /** A sentence for each channel without one, of a context that has loaded its routes. */
    static List<String> missing(ModelCamelContext camel) {
        Set<String> ids = camel.getRouteDefinitions().stream().map(RouteDefinition::getRouteId)
                .collect(Collectors.toSet());
        return camel.getPropertiesComponent().loadProperties(key -> ENABLED.matcher(key).matches()).entrySet().stream()
                .filter(each -> "true".equals(each.getValue())).map(each -> channel(each.getKey().toString())).sorted()
                .filter(channel -> !ids.contains("alert-to-" + channel))
                .map(channel -> "Alerts are to go to " + channel + " (alerts." + channel + ".*), and there is no route"
                        + " alert-to-" + channel + " that sends them. Take it over from the shipped alerts.camel.yaml,"
                        + " or remove the setting")
                .toList();
    }

    private static String channel(String key) {
        Matcher enabled = ENABLED.matcher(key);
        return enabled.matches() ? enabled.group(1) : "";
    }
}
