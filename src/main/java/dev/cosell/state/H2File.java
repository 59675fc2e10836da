package dev.cosell.state;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.apache.commons.lang3.concurrent.BasicThreadFactory;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.mvstore.MVStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps an H2 file near the size of its data while it is written. H2 does so itself only from the thread that also
 * delays its writes, and with {@code WRITE_DELAY=0} there is none: every commit would leave its superseded pages in the
 * file until it is closed.
 */
final class H2File implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(H2File.class);
    private static final int LEAST_FILL_PERCENT = 50;
    /** Commits wait while this much is written. */
    private static final int BYTES_AT_ONCE = 1 << 20;
    private static final int ATTEMPTS = 10;
    private static final long PAUSE_MILLIS = 250;

    private final DataSource pool;
    private final AtomicBoolean failed = new AtomicBoolean();
    private volatile MVStore last;
    private final ScheduledExecutorService turns = Executors.newSingleThreadScheduledExecutor(
            BasicThreadFactory.builder().namingPattern("cosell-state-file").daemon().build());

    private H2File(DataSource pool) {
        this.pool = pool;
        turns.scheduleWithFixedDelay(this::tidy, PAUSE_MILLIS, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Null when the database is no file of H2's that this process holds. */
    static H2File of(DataSource pool) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            MVStore store = store(connection);
            return store == null || store.getFileStore() == null ? null : new H2File(pool);
        }
    }

    private static MVStore store(Connection connection) throws SQLException {
        return connection.isWrapperFor(JdbcConnection.class)
                && connection.unwrap(JdbcConnection.class).getSession() instanceof SessionLocal session
                        ? session.getDatabase().getStore().getMvStore() : null;
    }

    /**
     * The connection is held meanwhile, because H2 closes a file that nobody is connected to and opens another store
     * for the next.
     */
    private void tidy() {
        try (Connection connection = pool.getConnection()) {
            MVStore store = store(connection);
            last = store;
            if (isRewritten(store)) {
                store.commit();
            }
            failed.set(false);
        } catch (SQLException | RuntimeException fault) {
            if (!failed.getAndSet(true) && !turns.isShutdown()) {
                LOG.warn("The state file could not be tidied up and grows until it can: {}", fault.toString());
            }
        }
    }

    /** A store that is being written to is not always to be had at the first try. */
    private static boolean isRewritten(MVStore store) {
        for (int attempt = 0; attempt < ATTEMPTS
                && store.getFileStore().getChunksFillRate() < LEAST_FILL_PERCENT; attempt++) {
            if (store.compact(LEAST_FILL_PERCENT, BYTES_AT_ONCE)) {
                return true;
            }
        }
        return false;
    }

    /** Of a file that H2 has closed: lets go those that are caught in it. */
    void letGo() {
        MVStore store = last;
        if (store != null && store.isClosed()) {
            letGo(store);
        }
    }

    /**
     * H2 2.4.240 closes a file that it cannot write under the feet of those who read it, and may then have counted one
     * of them out twice. Whoever registers at that count tries for ever, because it is one short; a second one lifts it
     * for both.
     */
    static void letGo(MVStore store) {
        Thread second = new Thread(store::registerVersionUsage, "cosell-state-free");
        second.setDaemon(true);
        second.start();
    }

    @Override
    public void close() {
        turns.shutdown();
        try {
            turns.awaitTermination(10, TimeUnit.SECONDS);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }
}
