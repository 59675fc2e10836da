package dev.cosell.cluster;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.quartz.JobPersistenceException;
import org.quartz.TriggerKey;
import org.quartz.impl.jdbcjobstore.DriverDelegate;
import org.quartz.impl.jdbcjobstore.InvalidConfigurationException;
import org.quartz.impl.jdbcjobstore.JobStoreSupport;
import org.quartz.impl.jdbcjobstore.NoSuchDelegateException;
import org.quartz.impl.jdbcjobstore.PostgreSQLDelegate;
import org.quartz.impl.jdbcjobstore.SchedulerStateRecord;
import org.quartz.spi.OperableTrigger;
import org.quartz.utils.ConnectionProvider;
import org.quartz.utils.DBConnectionManager;

/**
 * Quartz' clustered store with two rules of ours: a schedule is taken only by an instance whose route for it runs,
 * since Quartz counts a firing that met no route as done; and an instance is dead when it has been silent for the
 * take-over time, in which Quartz' own rule has seven and a half seconds that cannot be set.
 *
 * <p>It is Quartz' store for transactions of its own; the class of that name has lost its type parameters, so that
 * nothing can be derived from it without a warning.
 */
final class ScheduleStore extends JobStoreSupport {
    /** A trigger that is this late is fired once now, instead of once for each time that was missed. */
    private static final long MISFIRE_MILLIS = 2000;
    private static final long RETRY_MILLIS = 2000;
    private static final int CHECK_INS_UNTIL_DEAD = 5;
    /** Schedules that are due and wait for another instance's route must not hide the one behind them. */
    private static final int LOOK_BEHIND = 50;

    private final Predicate<TriggerKey> runsHere;
    private final Duration takeOver;
    private final Lock taking = new ReentrantLock();
    private DriverDelegate delegate;
    private volatile boolean rests;

    /**
     * @param runsHere whether the route of a schedule runs in this process now
     * @param takeOver after how long a silent instance counts as dead
     */
    ScheduleStore(DataSource database, String instanceId, Predicate<TriggerKey> runsHere, Duration takeOver) {
        this.runsHere = runsHere;
        this.takeOver = takeOver;
        DBConnectionManager.getInstance().addConnectionProvider(instanceId, new Pool(database));
        setDataSource(instanceId);
        setTablePrefix("qrtz_");
        setIsClustered(true);
        setClusterCheckinInterval(takeOver.toMillis() / CHECK_INS_UNTIL_DEAD);
        setMisfireThreshold(MISFIRE_MILLIS);
        setDbRetryInterval(RETRY_MILLIS);
        setAcquireTriggersWithinLock(true);
        setMakeThreadsDaemons(true);
        try {
            setDriverDelegateClass(PostgreSQLDelegate.class.getName());
        } catch (InvalidConfigurationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * Nothing is taken from now on. A taking that was under way would end after the scheduler was told to fire nothing,
     * and stay until we count as dead; so it is waited for.
     *
     * @param patience for how long; it may hang in a database that does not answer
     */
    void rest(Duration patience) {
        rests = true;
        try {
            if (taking.tryLock(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                taking.unlock();
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public List<OperableTrigger> acquireNextTriggers(long noLaterThan, int most, long timeWindow)
            throws JobPersistenceException {
        taking.lock();
        try {
            return rests ? new ArrayList<>() : super.acquireNextTriggers(noLaterThan, most, timeWindow);
        } finally {
            taking.unlock();
        }
    }

    /**
     * Together with the next look of the others it is the take-over time. While we ourselves were away, nobody is
     * suspected.
     */
    @Override
    protected long calcFailedIfAfter(SchedulerStateRecord record) {
        long silence = takeOver.toMillis() - getClusterCheckinInterval();
        long ourOwn = System.currentTimeMillis() - lastCheckin + getClusterCheckinInterval();
        return record.getCheckinTimestamp() + Math.max(silence, ourOwn);
    }

    @Override
    protected synchronized DriverDelegate getDelegate() throws NoSuchDelegateException {
        if (delegate == null) {
            delegate = new OfRunningRoutes();
            delegate.initialize(getLog(), getTablePrefix(), getInstanceName(), getInstanceId(), getClassLoadHelper(),
                    canUseProperties(), null);
        }
        return delegate;
    }

    @Override
    protected Connection getNonManagedTXConnection() throws JobPersistenceException {
        return getConnection();
    }

    @Override
    protected <T> T executeInLock(String lock, TransactionCallback<T> work) throws JobPersistenceException {
        return executeInNonManagedTXLock(lock, work, null);
    }

    private final class OfRunningRoutes extends PostgreSQLDelegate {
        @Override
        public List<TriggerKey> selectTriggerToAcquire(Connection connection, long noLaterThan, long noEarlierThan,
                int most) throws SQLException {
            return super.selectTriggerToAcquire(connection, noLaterThan, noEarlierThan, most + LOOK_BEHIND).stream()
                    .filter(runsHere).limit(most).toList();
        }
    }

    private record Pool(DataSource database) implements ConnectionProvider {
        @Override
        public Connection getConnection() throws SQLException {
            return database.getConnection();
        }

        @Override
        public void initialize() {
            // It was opened before, and is closed after the schedules.
        }

        @Override
        public void shutdown() {
            // The database is closed by whoever opened it.
        }
    }
}
