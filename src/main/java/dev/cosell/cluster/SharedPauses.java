package dev.cosell.cluster;

import dev.cosell.connection.Pauses;
import dev.cosell.state.Database;
import dev.cosell.state.DatabaseTime;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pauses that systems have asked for, in the database of all instances. It is read once a second at most, however
 * many calls are made.
 */
public final class SharedPauses implements Pauses {
    private static final Logger LOG = LoggerFactory.getLogger(SharedPauses.class);
    private static final long LOOK_NANOS = Duration.ofSeconds(1).toNanos();

    private final Database database;
    private final AtomicLong looked = new AtomicLong(System.nanoTime() - LOOK_NANOS);
    /** By system, when its pause ends on {@link System#nanoTime}. */
    private final Map<String, Long> ends = new ConcurrentHashMap<>();

    public SharedPauses(Database database) {
        this.database = database;
    }

    @Override
    public void wanted(String system, Duration pause) {
        long millis = Math.min(pause.toMillis(), Integer.MAX_VALUE);
        int there = database.client().sql("INSERT INTO pause (system, until_at) VALUES (?, " + DatabaseTime.LATER
                + ") ON CONFLICT DO NOTHING").params(system, millis).update();
        if (there == 0) {
            database.client()
                    .sql("UPDATE pause SET until_at = GREATEST(until_at, " + DatabaseTime.LATER + ") WHERE system = ?")
                    .params(millis, system).update();
        }
    }

    @Override
    public Duration left(String system) {
        long now = System.nanoTime();
        long before = looked.get();
        if (now - before >= LOOK_NANOS && looked.compareAndSet(before, now)) {
            look();
        }
        Long end = ends.get(system);
        return end == null || end - now <= 0 ? Duration.ZERO : Duration.ofNanos(end - now);
    }

    private void look() {
        try {
            long now = System.nanoTime();
            database.client().sql(
                    "SELECT system, CAST(EXTRACT(EPOCH FROM until_at - CURRENT_TIMESTAMP) * 1000 AS BIGINT) FROM pause")
                    .query((row, number) -> ends.put(row.getString(1), now + Duration.ofMillis(row.getLong(2))
                            .toNanos()))
                    .list();
        } catch (RuntimeException away) {
            LOG.debug("The pauses of the other instances could not be read; each learns of one by a call of its own",
                    away);
        }
    }
}
