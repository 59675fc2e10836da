package dev.cosell.operations;

import dev.cosell.sync.decide.Link;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.apache.commons.lang3.concurrent.BasicThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has many parked links looked at again, one piece after the other, while whoever asked watches how far it is. */
public final class ParkedRetry implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ParkedRetry.class);
    private static final int PIECE = 100;

    private final SyncOperations operations;
    private final Function<List<Long>, List<Link>> links;
    private final Clock clock;
    private final ExecutorService worker = Executors.newSingleThreadExecutor(
            BasicThreadFactory.builder().namingPattern("cosell-retry").daemon().build());
    private volatile Progress progress;

    /** @param links reads links by their ids in our books */
    public ParkedRetry(SyncOperations operations, Function<List<Long>, List<Link>> links, Clock clock) {
        this.operations = operations;
        this.links = links;
        this.clock = clock;
    }

    /**
     * How far it is.
     *
     * @param done  links whose hint is on disk
     * @param fault why it stopped early; null when it did not
     */
    public record Progress(String who, Instant begun, int of, int done, boolean running, String fault) {}

    /** The one under way, or the last one; empty when nobody has asked since the start. */
    public Optional<Progress> progress() {
        return Optional.ofNullable(progress);
    }

    /**
     * Begins.
     *
     * @param ids of links in our books
     * @param who asks for it, for the audit
     * @return false when another one is under way, and nothing was begun
     */
    public synchronized boolean begin(List<Long> ids, String who) {
        if (progress != null && progress.running()) {
            return false;
        }
        progress = new Progress(who, clock.instant(), ids.size(), 0, true, null);
        worker.execute(() -> work(ids, who));
        return true;
    }

    private void work(List<Long> ids, String who) {
        String fault = null;
        try {
            for (int from = 0; from < ids.size() && !worker.isShutdown(); from += PIECE) {
                List<Long> piece = ids.subList(from, Math.min(ids.size(), from + PIECE));
                operations.lookAgain(links.apply(piece), who);
                progress = new Progress(who, progress.begun(), ids.size(), from + piece.size(), true, null);
            }
        } catch (RuntimeException failed) {
            LOG.warn("Retrying parked records stopped after {} of {}", progress.done(), ids.size(), failed);
            fault = "It stopped: " + failed.getMessage();
        }
        progress = new Progress(who, progress.begun(), ids.size(), progress.done(), false, fault);
    }

    @Override
    public void close() {
        worker.shutdownNow();
    }
}
