package dev.cosell.operations;

import dev.cosell.queue.Hints;
import dev.cosell.verbs.Fault;
import dev.cosell.verbs.Hint;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.commons.lang3.concurrent.BasicThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands over very many records to be looked at, a piece whenever the queue of their CRM has room: whoever asked does
 * not wait for them, and neither does what changes meanwhile.
 */
final class HandingOver implements AutoCloseable {
    /** Records of one piece. */
    static final int PIECE = 100;

    private static final Logger LOG = LoggerFactory.getLogger(HandingOver.class);
    /** A queue or a database that is away may be back then. */
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final Hints hints;
    private final ScheduledExecutorService worker;

    HandingOver(Hints hints, String thread) {
        this.hints = hints;
        this.worker = Executors.newSingleThreadScheduledExecutor(
                BasicThreadFactory.builder().namingPattern(thread).daemon().build());
    }

    /** What is still to be handed over, all of it to one CRM. */
    interface Rest {
        String crm();

        /** The next piece; the same again until it is {@link #handedOver}. Empty when nothing is left. */
        List<Hint> next();

        /** The last piece is on the queue. */
        void handedOver();

        /** It goes on no more. */
        void failed(RuntimeException defect);
    }

    void begin(Rest rest) {
        worker.execute(() -> goOn(rest));
    }

    private void goOn(Rest rest) {
        try {
            while (!worker.isShutdown()) {
                if (hints.isBusy(rest.crm())) {
                    later(rest);
                    return;
                }
                List<Hint> piece = rest.next();
                if (piece.isEmpty()) {
                    return;
                }
                hints.offerAll(piece);
                rest.handedOver();
            }
        } catch (Fault.Transient away) {
            LOG.debug("What is left for {} waits until it can be handed over", rest.crm(), away);
            later(rest);
        } catch (RuntimeException defect) {
            rest.failed(defect);
        }
    }

    private void later(Rest rest) {
        if (!worker.isShutdown()) {
            worker.schedule(() -> goOn(rest), PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public void close() {
        worker.shutdownNow();
    }
}
