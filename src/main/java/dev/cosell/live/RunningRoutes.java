package dev.cosell.live;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.Resource;
import org.apache.camel.spi.RouteController;
import org.apache.camel.support.PluginHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the routes and mappings of edited files in the place of those that run. */
final class RunningRoutes {
    private static final Logger LOG = LoggerFactory.getLogger(RunningRoutes.class);

    private final RouteFiles files;
    private final LiveMappings mappings;
    private final Consumer<Set<String>> resting;
    private final Set<String> lost = new ConcurrentSkipListSet<>();

    /** @param resting is told which CRMs rest while their routes are made anew, and then that none does */
    RunningRoutes(RouteFiles files, LiveMappings mappings, Consumer<Set<String>> resting) {
        this.files = files;
        this.mappings = mappings;
        this.resting = resting;
    }

    /** Names of the files whose routes do not all run, because neither an edit nor what was before it would start. */
    Set<String> lost() {
        return Set.copyOf(lost);
    }

    /**
     * Not while somebody pauses or resumes a sync: a route that is paused between the first line and the last would
     * come back running. When it fails, what was in force is put back; what could not even be put back is {@link #lost}
     * until a later exchange succeeds, which takes it along.
     *
     * @param edited  names of the files to exchange; one without a text in {@code next} is gone
     * @param inForce texts of all files until now, by name
     * @param next    the same from now on
     */
    void replace(CamelContext camel, Set<String> edited, Map<String, String> inForce, Map<String, String> next)
            throws Exception {
        RouteController controller = camel.getRouteController();
        synchronized (controller) {
            List<String> suspended = camel.getRoutes().stream().map(Route::getRouteId)
                    .filter(id -> controller.getRouteStatus(id).isSuspended()).toList();
            resting.accept(suspended.stream().map(id -> id.replaceFirst("^sync-", "")).collect(Collectors.toSet()));
            try {
                Set<String> names = touched(edited, next);
                names.addAll(lost);
                exchangeOrPutBack(camel, names, inForce, next);
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
            Map<String, String> next) throws Exception {
        try {
            for (String name : names) {
                remove(camel, name, ids(next.get(name)));
            }
            exchange(camel, names, inForce, next);
            lost.clear();
        } catch (Throwable unexpected) {
            putBack(camel, names, next, inForce);
            throw unexpected;
        }
    }

    /** None of the new routes may stay: one that has begun would keep an old one from taking its place again. */
    private void putBack(CamelContext camel, Set<String> names, Map<String, String> failed,
            Map<String, String> inForce) {
        try {
            for (String name : names) {
                remove(camel, name, Set.of());
            }
            exchange(camel, names, failed, inForce);
            lost.clear();
        } catch (Throwable still) {
            if (lost.addAll(names)) {
                LOG.error("The routes of {} do not run, because what was in force cannot be put back: {}. This is tried"
                        + " again all the time", String.join(", ", names), Reason.of(still));
            }
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

    private static Collection<String> ids(String text) {
        return text == null ? Set.of() : new RouteText(text).ids();
    }

    /**
     * A route that an edit has renamed or taken away must not run on beside the others. The definitions are asked,
     * because one that did not start is no route of the context.
     */
    private static void remove(CamelContext camel, String name, Collection<String> kept) throws Exception {
        ModelCamelContext model = (ModelCamelContext) camel;
        for (RouteDefinition route : List.copyOf(model.getRouteDefinitions())) {
            Resource source = route.getResource();
            if (source != null && source.getLocation().endsWith("/" + name) && !kept.contains(route.getRouteId())) {
                model.removeRouteDefinition(route);
            }
        }
    }
}
