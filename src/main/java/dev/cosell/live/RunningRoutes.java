package dev.cosell.live;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.spi.Resource;
import org.apache.camel.spi.RouteController;
import org.apache.camel.support.PluginHelper;

/** Puts the routes and mappings of edited files in the place of those that run. */
final class RunningRoutes {
    private final RouteFiles files;
    private final LiveMappings mappings;
    private final Consumer<Set<String>> resting;

    /** @param resting is told which CRMs rest while their routes are made anew, and then that none does */
    RunningRoutes(RouteFiles files, LiveMappings mappings, Consumer<Set<String>> resting) {
        this.files = files;
        this.mappings = mappings;
        this.resting = resting;
    }

    /**
     * Not while somebody pauses or resumes a sync: a route that is paused between the first line and the last would
     * come back running. When it fails, what was in force is put back.
     *
     * @param edited  names of the files to exchange; one without a text in {@code next} is gone
     * @param inForce texts of all files until now, by name
     * @param next    the same from now on
     * @param routes  ids of the routes of {@code next}, by the location of their file
     */
    void replace(CamelContext camel, Set<String> edited, Map<String, String> inForce, Map<String, String> next,
            Map<String, Set<String>> routes) throws Exception {
        RouteController controller = camel.getRouteController();
        synchronized (controller) {
            List<String> suspended = camel.getRoutes().stream().map(Route::getRouteId)
                    .filter(id -> controller.getRouteStatus(id).isSuspended()).toList();
            resting.accept(suspended.stream().map(id -> id.replaceFirst("^sync-", "")).collect(Collectors.toSet()));
            try {
                exchangeOrPutBack(camel, touched(edited, next), inForce, next, routes);
            } finally {
                for (String id : suspended) {
                    controller.suspendRoute(id);
                }
                resting.accept(Set.of());
            }
        }
    }

    /** A file with policies governs the routes of other files, which take them over only when they are made. */
    private static Set<String> touched(Set<String> edited, Map<String, String> texts) {
        Set<String> names = new TreeSet<>(edited);
        if (edited.stream().anyMatch(name -> texts.getOrDefault(name, "").contains("routeConfiguration:"))) {
            names.addAll(RouteFiles.mentioning("routeConfigurationId:", texts));
        }
        return names;
    }

    private void exchangeOrPutBack(CamelContext camel, Set<String> names, Map<String, String> inForce,
            Map<String, String> next, Map<String, Set<String>> routes) throws Exception {
        try {
            for (String name : names) {
                removeAllBut(camel, routes.getOrDefault(files.location(name), Set.of()), name);
            }
            exchange(camel, names, inForce, next);
        } catch (Exception unexpected) {
            for (String name : names) {
                if (!inForce.containsKey(name)) {
                    removeAllBut(camel, Set.of(), name);
                }
            }
            exchange(camel, names, next, inForce);
            throw unexpected;
        }
    }

    private void exchange(CamelContext camel, Set<String> names, Map<String, String> before, Map<String, String> after)
            throws Exception {
        PluginHelper.getRoutesLoader(camel)
                .updateRoutes(files.resources(names.stream().filter(after::containsKey).toList(), after));
        unbindWhatIsGone(camel, before, after);
        mappings.refresh(camel.getRegistry(), after);
    }

    /** Camel binds what a text declares, and leaves bound what it declares no more. */
    private static void unbindWhatIsGone(CamelContext camel, Map<String, String> before, Map<String, String> after) {
        Set<String> gone = DeclaredBeans.names(before.values());
        gone.removeAll(DeclaredBeans.names(after.values()));
        gone.forEach(camel.getRegistry()::unbind);
    }

    /** A route that an edit has renamed or taken away must not run on beside the others. */
    private static void removeAllBut(CamelContext camel, Set<String> kept, String name) throws Exception {
        for (Route route : camel.getRoutes()) {
            Resource source = route.getSourceResource();
            if (source != null && source.getLocation().endsWith("/" + name) && !kept.contains(route.getRouteId())) {
                camel.getRouteController().stopRoute(route.getRouteId());
                camel.removeRoute(route.getRouteId());
            }
        }
    }
}
