package dev.cosell.cli;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What happens at Ctrl-C or SIGTERM, from the first moment of the start on. */
final class Stop {
    private static final Logger LOG = LoggerFactory.getLogger("cosell");
    private static final int TERMINATED = 143;
    private static final AutoCloseable NOTHING = () -> { };

    private final CountDownLatch stopped = new CountDownLatch(1);
    private AutoCloseable running;

    private Stop() {}

    static Stop atShutdown() {
        Stop stop = new Stop();
        Runtime.getRuntime().addShutdownHook(new Thread(stop::now, "cosell-stop"));
        return stop;
    }

    /** Starts what has to be closed at the end. A start that fails leaves nothing to close. */
    void start(Callable<? extends AutoCloseable> part) throws Exception {
        AutoCloseable started = NOTHING;
        try {
            started = part.call();
        } finally {
            set(started);
        }
    }

    private synchronized void set(AutoCloseable part) {
        running = part;
    }

    /** Returns when everything is closed. */
    void await() throws InterruptedException {
        stopped.await();
    }

    /**
     * A start that is not complete has accepted nothing, and the state survives any end: the process ends at once
     * instead of letting the half-started parts fail one by one and blame something else.
     */
    private void now() {
        AutoCloseable part = part();
        if (part == null) {
            System.err.println("Stopped before the start was complete.");
            Runtime.getRuntime().halt(TERMINATED);
            return;
        }
        try {
            part.close();
        } catch (Exception e) {
            LOG.warn("not everything stopped cleanly: {}", e.toString());
        }
        stopped.countDown();
    }

    private synchronized AutoCloseable part() {
        return running;
    }
}
