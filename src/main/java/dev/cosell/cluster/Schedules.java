package dev.cosell.cluster;

import dev.cosell.state.Database;
import dev.cosell.text.Past;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.component.quartz.QuartzEndpoint;
import org.apache.camel.StatefulService;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.Trigger;
import org.quartz.TriggerKey;
import org.quartz.impl.DirectSchedulerFactory;
import org.quartz.impl.SchedulerRepository;
import org.quartz.impl.matchers.GroupMatcher;
import org.quartz.simpl.SimpleThreadPool;
import org.quartz.spi.JobStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The schedules of all routes, kept in the database that the instances share: each fires once, whichever instance
 * does it.
 */
public final class Schedules implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Schedules.class);
    private static final String NAME = "cosell";
    private static final int THREADS = 10;
    /** How long before its time an instance takes a firing, and how late it notices what another one has scheduled. */
    private static final long LOOK_AHEAD_MILLIS = 2000;
    private static final int LOOKS_UNTIL_FORGOTTEN = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration LOOK = Duration.ofMillis(20);
    private static final long AN_HOUR = TimeUnit.HOURS.toNanos(1);

    private final Database database;
    private final String instanceId;
    private final Clock clock;
    private final ScheduleStore store;
    private final Scheduler scheduler;
    private final Map<String, String> ran = new ConcurrentHashMap<>();
    private final Map<JobKey, Integer> suspects = new HashMap<>();
    private final Map<TriggerKey, Long> caughtUp = new ConcurrentHashMap<>();
    private volatile CamelContext camel;

    /** @param takeOver after how long the others take over what a silent instance was doing */
    public Schedules(Database database, String instanceId, Duration takeOver, Clock clock) {
        this.database = database;
        this.instanceId = instanceId;
        this.clock = clock;
        try {
            store = new ScheduleStore(database.dataSource(), instanceId, this::runsHere, takeOver);
            scheduler = scheduler(store, instanceId);
            scheduler.setJobFactory((firing, same) -> new RouteJob(camel, this::runsHere, this::ran));
        } catch (SchedulerException fault) {
            throw new IllegalStateException("The schedules in the database cannot be used: "
                    + fault.getMessage(), fault);
        }
    }

    /** Quartz remembers schedulers by name for the whole JVM, where two applications may run. */
    private static Scheduler scheduler(JobStore store, String instanceId) throws SchedulerException {
        synchronized (Schedules.class) {
            SimpleThreadPool threads = new SimpleThreadPool(THREADS, Thread.NORM_PRIORITY);
            threads.setThreadNamePrefix("cosell-schedules");
            DirectSchedulerFactory factory = DirectSchedulerFactory.getInstance();
            factory.createScheduler(NAME, instanceId, threads, store, null, null, 0, LOOK_AHEAD_MILLIS, -1, true, null);
            Scheduler made = factory.getScheduler(NAME);
            SchedulerRepository.getInstance().remove(NAME);
            return made;
        }
    }

    /** From here on the {@code quartz:} endpoints of this context are schedules of all instances. */
    public void serve(CamelContext context) {
        camel = context;
        context.getRegistry().bind("quartz", new ClusterQuartz(scheduler, () -> awaitNone("%")));
    }

    private boolean runsHere(TriggerKey schedule) {
        return routes().anyMatch(route -> key(route).equals(schedule)
                && route.getConsumer() instanceof StatefulService consumer && consumer.isStarted());
    }

    private Stream<Route> routes() {
        return camel.getRoutes().stream().filter(route -> route.getEndpoint() instanceof QuartzEndpoint);
    }

    private static TriggerKey key(Route route) {
        return ((QuartzEndpoint) route.getEndpoint()).getTriggerKey();
    }

    private void ran(TriggerKey schedule) {
        ran.put("schedule " + schedule.getGroup() + "/" + schedule.getName(), clock.instant().toString());
    }

    /** When this instance last did the work of a schedule, by the name of the schedule. */
    public Map<String, String> ran() {
        return Map.copyOf(ran);
    }

    /**
     * Deletes schedules of routes that are no more. It has to be asked for several times on end: another instance may
     * be about to say that it has a route that is new to us.
     *
     * @param alike whether all instances had the same routes when they last spoke
     */
    public void forgetOthers(boolean alike) {
        try {
            // Not in the middle of a live reload.
            synchronized (camel.getRouteController()) {
                Set<JobKey> ours = routes().map(Schedules::key).map(key -> new JobKey(key.getName(), key.getGroup()))
                        .collect(Collectors.toSet());
                Set<JobKey> unknown = new HashSet<>(scheduler.getJobKeys(GroupMatcher.anyJobGroup()));
                unknown.removeAll(ours);
                suspects.keySet().retainAll(alike ? unknown : Set.of());
                for (JobKey stored : alike ? unknown : Set.<JobKey>of()) {
                    if (suspects.merge(stored, 1, Integer::sum) == LOOKS_UNTIL_FORGOTTEN) {
                        scheduler.deleteJob(stored);
                        LOG.info("No route has the schedule {} any more; it is forgotten", stored);
                    }
                }
            }
        } catch (SchedulerException later) {
            LOG.debug("Schedules without routes could not be looked for", later);
        }
    }

    /**
     * Has schedules go on that a clock which was ahead has put off: Quartz would wait for that time. Of two instances
     * whose clocks are apart the later one finds them put off again and again, so each is moved once an hour at most.
     */
    public void catchUp() {
        try {
            for (TriggerKey key : notWithin(Past.ASKEW)) {
                Trigger stored = scheduler.getTrigger(key);
                if (stored != null && isPutOff(stored) && isFirstWithinAnHour(key)) {
                    scheduler.rescheduleJob(key, fromNow(stored));
                    LOG.warn("The schedule {} was put off until {} by a clock that was ahead; it goes on from now", key,
                            stored.getNextFireTime().toInstant());
                }
            }
        } catch (SchedulerException | RuntimeException later) {
            LOG.debug("Schedules that were put off could not be looked for", later);
        }
    }

    private List<TriggerKey> notWithin(Duration time) {
        return database.client().sql("SELECT trigger_name, trigger_group FROM qrtz_triggers WHERE sched_name = ?"
                + " AND trigger_state = 'WAITING' AND next_fire_time > ?")
                .params(NAME, clock.instant().plus(time).toEpochMilli())
                .query((row, number) -> new TriggerKey(row.getString(1), row.getString(2))).list();
    }

    private boolean isPutOff(Trigger stored) {
        Date usual = fromNow(stored).getFireTimeAfter(Date.from(clock.instant()));
        Date next = stored.getNextFireTime();
        return usual != null && next != null && next.toInstant().isAfter(usual.toInstant().plus(Past.ASKEW));
    }

    private Trigger fromNow(Trigger stored) {
        return stored.getTriggerBuilder().startAt(Date.from(clock.instant())).build();
    }

    private boolean isFirstWithinAnHour(TriggerKey key) {
        Long last = caughtUp.get(key);
        if (last != null && System.nanoTime() - last < AN_HOUR) {
            return false;
        }
        caughtUp.put(key, System.nanoTime());
        return true;
    }

    /**
     * Fires nothing from now on, and gives back what it had taken ahead of its time: Quartz itself would leave that
     * until we are taken for dead.
     */
    public void rest() {
        try {
            store.rest(PATIENCE);
            scheduler.standby();
            awaitNone("ACQUIRED");
        } catch (SchedulerException stopped) {
            LOG.debug("The schedules were stopped before", stopped);
        }
    }

    private void awaitNone(String state) {
        try {
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (taken(state) > 0 && System.nanoTime() < end) {
                LockSupport.parkNanos(LOOK.toNanos());
            }
        } catch (RuntimeException away) {
            LOG.debug("The schedules could not be given back; the others take them over", away);
        }
    }

    private int taken(String state) {
        return database.client().sql("SELECT COUNT(*) FROM qrtz_fired_triggers WHERE sched_name = ?"
                + " AND instance_name = ? AND state LIKE ?")
                .params(NAME, instanceId, state).query(Integer.class).single();
    }

    /** To be called when the routes have ended. The others know at once that they need not take over anything. */
    @Override
    public void close() {
        try {
            scheduler.shutdown(false);
            if (taken("%") == 0) {
                database.client().sql("DELETE FROM qrtz_scheduler_state WHERE sched_name = ? AND instance_name = ?")
                        .params(NAME, instanceId).update();
            }
        } catch (SchedulerException | RuntimeException away) {
            LOG.debug("The schedules did not end cleanly; the others notice", away);
        }
    }
}
