package dev.cosell.explain;

import java.util.List;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.ServiceStatus;

/** Routes that somebody has stopped or suspended through their own MBeans; health is down meanwhile. */
final class StoppedRoutes {
    private StoppedRoutes() {}

    /**
     * One sentence each.
     *
     * @param crms whose syncs are told as paused while they are suspended
     */
    static List<String> sentences(CamelContext camel, List<String> crms) {
        return camel.getRoutes().stream().filter(Route::isAutoStartup).map(Route::getRouteId).sorted()
                .flatMap(id -> sentence(id, camel.getRouteController().getRouteStatus(id), crms).stream()).toList();
    }

    /** @param status null when a live reload has just taken it away */
    private static Optional<String> sentence(String id, ServiceStatus status, List<String> crms) {
        if (status == ServiceStatus.Stopped) {
            return Optional.of("The route " + id + " is stopped on this instance; start it over JMX");
        }
        return status == ServiceStatus.Suspended && crms.stream().noneMatch(crm -> id.equals("sync-" + crm))
                ? Optional.of("The route " + id + " is suspended on this instance; resume it over JMX")
                : Optional.empty();
    }
}
