package dev.cosell.cli;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What happens at Ctrl-C or SIGTERM, from the first moment of the start on. */
final class Stop {
    private static final Logger LOG = LoggerFactory.getLogger("cosell");
    private static final int TERMINATED = 143;
    private static final Duration LONGEST = Duration.ofSeconds(20);
    private static final AutoCloseable NOTHING = () -> { };

    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Duration longest;
    private AutoCloseable running;

    private Stop(Duration longest) {
        this.longest = longest;
    }

    static Stop atShutdown() {
        return atShutdown(LONGEST);
    }

    /** @param longest that it may take; then the process ends with what still hangs */
    static Stop atShutdown(Duration longest) {
        Stop stop = new Stop(longest);
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
        Thread watch = new Thread(this::endLate, "cosell-stop-watch");
        watch.setDaemon(true);
        watch.start();
        try {
            part.close();
        } catch (Exception e) {
            LOG.warn("not everything stopped cleanly: {}", e.toString());
        }
        stopped.countDown();
    }

    /**
     * A part that does not come back, as on a full disk, shall not keep the process: an orchestrator would kill it, and
     * nobody else would. Whatever was accepted is on disk, and work that is cut off comes again.
     */
    private void endLate() {
        try {
            if (!stopped.await(longest.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.error("not everything has stopped within {} s; the process ends now. What was accepted is kept and"
                        + " continues with the next start", longest.toSeconds());
                Runtime.getRuntime().halt(TERMINATED);
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized AutoCloseable part() {
        return running;
    }
}
