package dev.cosell.state;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.jdbc.support.SQLExceptionSubclassTranslator;
import org.springframework.jdbc.support.SQLExceptionTranslator;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionDefinition;

/**
 * An H2 file that could not be written, as on a full disk. H2 closes it, and every statement fails from then on,
 * although H2 calls the connections valid; only when all of them are closed, the next one opens the file again. So they
 * are, again and again until it works.
 */
final class ClosedFile implements SQLExceptionTranslator {
    private static final Logger LOG = LoggerFactory.getLogger(ClosedFile.class);
    private static final Set<Integer> UNUSABLE = Set.of(90028, 90031, 90098, 90121);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration BETWEEN_ATTEMPTS = Duration.ofSeconds(2);
    private static final Duration LOOK = Duration.ofMillis(20);

    private final SQLExceptionTranslator usual = new SQLExceptionSubclassTranslator();
    private final AtomicBoolean opening = new AtomicBoolean();
    private final HikariDataSource pool;
    private final Runnable caught;

    /**
     * @param pool   may be suspended
     * @param caught is called when connections are still in use although nothing can be done with them
     */
    ClosedFile(HikariDataSource pool, Runnable caught) {
        this.pool = pool;
        this.caught = caught;
    }

    /** Learns of whatever fails, also of transactions that cannot begin. */
    JdbcTransactionManager watching(JdbcTemplate template) {
        template.setExceptionTranslator(this);
        JdbcTransactionManager manager = new JdbcTransactionManager(pool) {
            @Override
            protected void doBegin(Object transaction, TransactionDefinition definition) {
                try {
                    super.doBegin(transaction, definition);
                } catch (CannotCreateTransactionException fault) {
                    noticed(fault);
                    throw fault;
                }
            }
        };
        manager.setExceptionTranslator(this);
        return manager;
    }

    @Override
    public DataAccessException translate(String task, String sql, SQLException fault) {
        return noticed(fault) ? new DataAccessResourceFailureException(task, fault) : usual.translate(task, sql, fault);
    }

    private boolean noticed(Exception fault) {
        boolean unusable = isUnusable(fault);
        if (unusable && opening.compareAndSet(false, true)) {
            Thread thread = new Thread(this::openAgain, "cosell-state-open");
            thread.setDaemon(true);
            thread.start();
        }
        return unusable;
    }

    private static boolean isUnusable(Exception fault) {
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException
                    || cause instanceof SQLException sql && UNUSABLE.contains(sql.getErrorCode())) {
                return true;
            }
        }
        return false;
    }

    private void openAgain() {
        try {
            LockSupport.parkNanos(BETWEEN_ATTEMPTS.toNanos());
            HikariPoolMXBean connections = pool.getHikariPoolMXBean();
            connections.suspendPool();
            try {
                connections.softEvictConnections();
                long end = System.nanoTime() + PATIENCE.toNanos();
                while (connections.getTotalConnections() > 0 && System.nanoTime() < end) {
                    LockSupport.parkNanos(LOOK.toNanos());
                }
                if (connections.getTotalConnections() > 0) {
                    caught.run();
                }
            } finally {
                connections.resumePool();
            }
        } catch (RuntimeException closing) {
            LOG.debug("The database file could not be opened again", closing);
        } finally {
            opening.set(false);
        }
    }
}
