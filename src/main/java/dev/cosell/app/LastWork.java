package dev.cosell.app;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.apache.camel.CamelContext;
import org.apache.camel.Consumer;
import org.apache.camel.Route;
import org.apache.camel.ShutdownRunningTask;
import org.apache.camel.Suspendable;
import org.apache.camel.component.quartz.QuartzComponent;
import org.apache.camel.spi.ShutdownAware;
import org.apache.camel.support.service.ServiceHelper;
import org.quartz.SchedulerException;

/**
 * Takes no more work and lets end what is under way, before Camel stops its routes: Camel looks only once a second
 * whether it has ended, and the end of a poll is a matter of milliseconds.
 */
final class LastWork implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final Duration LOOK = Duration.ofMillis(5);

    private final CamelContext camel;

    LastWork(CamelContext camel) {
        this.camel = camel;
    }

    /** What takes longer is Camel's to wait for. */
    @Override
    public void close() throws SchedulerException {
        if (camel.getComponent("quartz", false, false) instanceof QuartzComponent quartz) {
            quartz.getScheduler().standby();
        }
        camel.getRoutes().stream().map(Route::getConsumer).filter(LastWork::bringsWork)
                .forEach(ServiceHelper::suspendService);
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (camel.getInflightRepository().size() > 0 && System.nanoTime() < end) {
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }

    /** Not the start of a route that others call: what is under way needs it. */
    private static boolean bringsWork(Consumer consumer) {
        return consumer instanceof Suspendable && !(consumer instanceof ShutdownAware aware
                && aware.deferShutdown(ShutdownRunningTask.CompleteCurrentTaskOnly));
    }
}
