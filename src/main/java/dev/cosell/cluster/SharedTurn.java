package dev.cosell.cluster;

import dev.cosell.connection.Turn;
import dev.cosell.state.Database;
import dev.cosell.state.DatabaseTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.commons.lang3.concurrent.BasicThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A turn among the instances: whoever has it says so again and again, and another one takes it when it has been
 * silent for the take-over time.
 */
public final class SharedTurn implements Turn, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SharedTurn.class);
    private static final int BEATS_UNTIL_LOST = 5;

    private final Database database;
    private final String name;
    private final String instanceId;
    private final Duration takeOver;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            BasicThreadFactory.builder().namingPattern("cosell-turn").daemon().build());
    private boolean wanted;
    private volatile boolean held;
    /** When we last knew that we have it, in nanoseconds of this process. */
    private volatile long known;
    private volatile Instant since;

    /** @param takeOver after how long without a word another instance may have it */
    public SharedTurn(Database database, String name, String instanceId, Duration takeOver) {
        this.database = database;
        this.name = name;
        this.instanceId = instanceId;
        this.takeOver = takeOver;
        long pause = takeOver.toMillis() / BEATS_UNTIL_LOST;
        timer.scheduleWithFixedDelay(this::tryIt, pause, pause, TimeUnit.MILLISECONDS);
    }

    @Override
    public synchronized void want() {
        wanted = true;
        tryIt();
    }

    /** Our own certainty ends a beat before the others may take it. */
    @Override
    public boolean isOurs() {
        return held && System.nanoTime() - known < takeOver.toNanos() / BEATS_UNTIL_LOST * (BEATS_UNTIL_LOST - 1);
    }

    /** Since when it is ours; empty when it is not. */
    public Optional<Instant> since() {
        return isOurs() ? Optional.ofNullable(since) : Optional.empty();
    }

    @Override
    public synchronized void giveBack() {
        wanted = false;
        if (held) {
            held = false;
            try {
                database.client().sql("DELETE FROM turn WHERE name = ? AND holder = ?").params(name, instanceId)
                        .update();
            } catch (RuntimeException away) {
                LOG.debug("{} could not be given back; it runs out", name, away);
            }
        }
    }

    private synchronized void tryIt() {
        if (wanted) {
            try {
                long asked = System.nanoTime();
                boolean before = isOurs();
                held = takenOrKept();
                known = asked;
                since = before ? since : Instant.now();
            } catch (RuntimeException away) {
                LOG.debug("Nobody knows whose turn {} is", name, away);
            }
        }
    }

    private boolean takenOrKept() {
        return database.client().sql("UPDATE turn SET holder = ?, expires_at = " + DatabaseTime.LATER
                + " WHERE name = ? AND (holder = ? OR expires_at <= CURRENT_TIMESTAMP)")
                .params(instanceId, takeOver.toMillis(), name, instanceId).update() > 0
                || database.client()
                        .sql("INSERT INTO turn (name, holder, expires_at) VALUES (?, ?, " + DatabaseTime.LATER
                + ") ON CONFLICT DO NOTHING")
                .params(name, instanceId, takeOver.toMillis()).update() > 0;
    }

    @Override
    public void close() {
        timer.shutdownNow();
        giveBack();
    }
}
