package dev.cosell.operations;

import dev.cosell.queue.Hints;
import dev.cosell.sync.books.BrakeStore;
import dev.cosell.sync.books.LookAgain;
import dev.cosell.sync.books.Waiting;
import dev.cosell.sync.decide.Direction;
import dev.cosell.verbs.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.commons.lang3.concurrent.BasicThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands over what waited for a direction that was released, a piece whenever the queue has room: tens of thousands of
 * deals may, whoever released it does not wait for them, and neither does what changes meanwhile. What is not handed
 * over when the process ends is looked at after the next start.
 */
final class ReleasedDeals implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ReleasedDeals.class);
    private static final int PIECE = 100;
    /** A queue or a database that is away may be back then. */
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final BrakeStore brakes;
    private final Hints hints;
    private final ScheduledExecutorService worker = Executors.newSingleThreadScheduledExecutor(
            BasicThreadFactory.builder().namingPattern("cosell-release").daemon().build());

    ReleasedDeals(BrakeStore brakes, Hints hints) {
        this.brakes = brakes;
        this.hints = hints;
    }

    void handOver(String crm, Direction direction) {
        worker.execute(() -> handOver(crm, direction, 0));
    }

    private void handOver(String crm, Direction direction, long after) {
        long done = after;
        try {
            List<Waiting> piece = brakes.waiting(crm, direction, Instant.EPOCH, done, PIECE);
            while (!piece.isEmpty() && !worker.isShutdown()) {
                if (hints.isBusy(crm)) {
                    goOn(crm, direction, done);
                    return;
                }
                hints.offerAll(piece.stream().map(LookAgain::behindOthers).toList());
                done = piece.get(piece.size() - 1).id();
                piece = brakes.waiting(crm, direction, Instant.EPOCH, done, PIECE);
            }
        } catch (Fault.Transient away) {
            LOG.debug("The deals of {} behind link {} wait until they can be handed over", crm, done, away);
            goOn(crm, direction, done);
        } catch (RuntimeException defect) {
            LOG.error("What waited for {} of {} was not all handed over; the next start does it", direction.word(), crm,
                    defect);
        }
    }

    private void goOn(String crm, Direction direction, long after) {
        if (!worker.isShutdown()) {
            worker.schedule(() -> handOver(crm, direction, after), PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public void close() {
        worker.shutdownNow();
    }
}
