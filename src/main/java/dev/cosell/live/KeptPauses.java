package dev.cosell.live;

import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.spi.RouteController;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps paused what is paused while routes are made anew, those that are not there for a while, too. */
final class KeptPauses {
    private static final Logger LOG = LoggerFactory.getLogger(KeptPauses.class);
    private static final String SYNC = "sync-";

    private final Supplier<Set<String>> paused;
    private final Consumer<Set<String>> resting;
    /** Ids of routes that were suspended when they went away. */
    private Set<String> absent = Set.of();

    /** Making routes anew. */
    @FunctionalInterface
    interface Work {
        void run() throws Exception;
    }

    /**
     * @param paused  names of the CRMs that a person has paused; may throw while the database is away
     * @param resting is told which CRMs rest while their routes are made anew, and then that none does
     */
    KeptPauses(Supplier<Set<String>> paused, Consumer<Set<String>> resting) {
        this.paused = paused;
        this.resting = resting;
    }

    /**
     * Not while somebody pauses or resumes a sync: a route that is paused between the first line and the last would
     * come back running.
     *
     * @param someAreAbsent whether routes may come back that are not there now
     */
    void around(CamelContext camel, boolean someAreAbsent, Work work) throws Exception {
        RouteController controller = camel.getRouteController();
        synchronized (controller) {
            Set<String> suspended = camel.getRoutes().stream().map(Route::getRouteId)
                    .filter(id -> controller.getRouteStatus(id).isSuspended())
                    .collect(Collectors.toCollection(TreeSet::new));
            if (someAreAbsent) {
                suspended.addAll(absentNow());
            }
            resting.accept(suspended.stream().map(id -> id.replaceFirst("^" + SYNC, "")).collect(Collectors.toSet()));
            try {
                work.run();
            } finally {
                absent = suspended.stream().filter(id -> camel.getRoute(id) == null).collect(Collectors.toSet());
                suspend(controller, suspended);
            }
        }
    }

    /** Nobody can suspend or resume a route that is not there, so whoever did meanwhile is asked. */
    private Set<String> absentNow() {
        Set<String> ids = new TreeSet<>(absent);
        try {
            Set<String> crms = paused.get();
            ids.removeIf(id -> id.startsWith(SYNC) && !crms.contains(id.substring(SYNC.length())));
            crms.forEach(crm -> ids.add(SYNC + crm));
        } catch (RuntimeException away) {
            LOG.debug("What is paused could not be found out; it counts as it was", away);
        }
        return ids;
    }

    private void suspend(RouteController controller, Set<String> ids) throws Exception {
        try {
            for (String id : ids) {
                controller.suspendRoute(id);
            }
        } finally {
            resting.accept(Set.of());
        }
    }
}
