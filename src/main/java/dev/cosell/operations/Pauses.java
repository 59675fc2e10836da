package dev.cosell.operations;

import dev.cosell.cluster.PausedCrms;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.apache.camel.ServiceStatus;
import org.apache.camel.spi.RouteController;
import org.apache.commons.lang3.concurrent.BasicThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Suspends the routes of CRMs that are paused, at once where the operator asks and within seconds on every other
 * instance.
 */
final class Pauses implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Pauses.class);
    private static final long LOOK_MILLIS = 1000;

    private final CamelContext context;
    private final List<String> crms;
    private final PausedCrms paused;
    private final Runnable aligned;
    private final Set<String> suspended = new HashSet<>();
    private boolean told;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            BasicThreadFactory.builder().namingPattern("cosell-pauses").daemon().build());

    /** @param aligned is told once, when the routes of all that was paused before this start are suspended */
    Pauses(CamelContext context, List<String> crms, PausedCrms paused, Runnable aligned) {
        this.context = context;
        this.crms = List.copyOf(crms);
        this.paused = paused;
        this.aligned = aligned;
    }

    /** From now on does what other instances are told, too; first of all what was told before this one started. */
    void follow() {
        timer.scheduleWithFixedDelay(this::alignIfPossible, 0, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** @throws IllegalStateException when a route does not do what it is told, or the database does not answer */
    void pause(List<String> chosen) {
        tell(chosen, paused::add);
        align(true, chosen);
    }

    /** Also what was suspended otherwise. */
    void resume(List<String> chosen) {
        tell(chosen, paused::remove);
        align(false, chosen);
    }

    private static void tell(List<String> chosen, Consumer<String> all) {
        try {
            chosen.forEach(all);
        } catch (DataAccessException away) {
            LOG.debug("What is paused could not be kept", away);
            throw new IllegalStateException("Nothing is done, because the database does not answer, from which other"
                    + " instances and the next start learn of it. Try again when it does");
        }
    }

    private void alignIfPossible() {
        try {
            Set<String> now = paused.all();
            List<String> there = crms.stream().filter(crm -> status(crm) != null).toList();
            // A live reload has suspended it, because its route was not there when it was paused.
            there.stream().filter(crm -> now.contains(crm) && isSuspended(crm)).forEach(crm -> note(true, crm));
            align(true, there.stream().filter(crm -> now.contains(crm) && !isSuspended(crm)).toList());
            align(false, there.stream().filter(crm -> !now.contains(crm) && wasSuspended(crm)).toList());
            if (!told) {
                told = true;
                aligned.run();
                there.stream().filter(now::contains).forEach(crm -> LOG.warn(
                        "The sync of {} was paused before this start and stays so; resume it over JMX", crm));
            }
        } catch (RuntimeException later) {
            LOG.debug("What is paused could not be found out; it is looked at again", later);
        }
    }

    private boolean isSuspended(String crm) {
        ServiceStatus status = status(crm);
        return status != null && status.isSuspended();
    }

    /** Null while the route could not be put back after an edit; a live reload knows what is paused, too. */
    private ServiceStatus status(String crm) {
        return context.getRouteController().getRouteStatus(route(crm));
    }

    private synchronized boolean wasSuspended(String crm) {
        return suspended.contains(crm);
    }

    /** A live reload that is under way ends first, or it would start the route again. */
    private void align(boolean pause, List<String> chosen) {
        RouteController controller = context.getRouteController();
        synchronized (controller) {
            for (String crm : chosen) {
                try {
                    note(pause, crm);
                    if (pause) {
                        controller.suspendRoute(route(crm));
                    } else {
                        controller.resumeRoute(route(crm));
                    }
                } catch (Exception fault) {
                    throw new IllegalStateException("The route " + route(crm) + " refused: " + fault.getMessage());
                }
            }
        }
    }

    private synchronized void note(boolean pause, String crm) {
        if (pause) {
            suspended.add(crm);
        } else {
            suspended.remove(crm);
        }
    }

    private static String route(String crm) {
        return "sync-" + crm;
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
