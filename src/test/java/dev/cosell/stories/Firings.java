package dev.cosell.stories;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.apache.camel.CamelContext;
import org.apache.camel.component.quartz.QuartzComponent;
import org.awaitility.Awaitility;
import org.quartz.JobExecutionContext;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.SimpleTrigger;
import org.quartz.Trigger;
import org.quartz.Trigger.CompletedExecutionInstruction;
import org.quartz.Trigger.TriggerState;
import org.quartz.TriggerKey;
import org.quartz.impl.matchers.GroupMatcher;
import org.quartz.listeners.TriggerListenerSupport;

/** Has schedules of an application fire out of turn, so that a story need not wait until they are due. */
public final class Firings {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    /** A schedule that is so frequent would fire while a story waits for silence. */
    private static final Duration FREQUENT = Duration.ofSeconds(2);
    private static final Date NEVER = new Date(0);

    private final Scheduler scheduler;
    private final Map<TriggerKey, Date> ended = new ConcurrentHashMap<>();

    /** @param camel runs already */
    public Firings(CamelContext camel) {
        scheduler = camel.getComponent("quartz", QuartzComponent.class).getScheduler();
        try {
            scheduler.getListenerManager().addTriggerListener(new Ends());
        } catch (SchedulerException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The schedule with this name fires, and its route has ended. */
    public void fire(String name) {
        fire(trigger -> trigger.getKey().getName().equals(name));
    }

    /** All frequent schedules fire, and their routes have ended. */
    void fireFrequent() {
        fire(trigger -> trigger.getRepeatInterval() <= FREQUENT.toMillis());
    }

    /**
     * Frequent polls of CRMs fire as soon as they can; nobody waits for their ends. Schedules in a database are left
     * alone: other instances take them, too, and the database may be away in the story.
     */
    void hastenPolls() {
        try {
            if (scheduler.isShutdown() || scheduler.getMetaData().isJobStoreSupportsPersistence()) {
                return;
            }
            startNow(trigger -> trigger.getKey().getName().endsWith("-poll")
                    && trigger.getRepeatInterval() <= FREQUENT.toMillis());
        } catch (SchedulerException e) {
            throw new IllegalStateException(e);
        }
    }

    private void fire(Predicate<SimpleTrigger> which) {
        Date asked = new Date();
        try {
            List<TriggerKey> fired = startNow(which);
            Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(10))
                    .until(() -> fired.stream().allMatch(key -> !ended.getOrDefault(key, NEVER).before(asked)));
        } catch (SchedulerException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<TriggerKey> startNow(Predicate<SimpleTrigger> which) throws SchedulerException {
        List<TriggerKey> started = new ArrayList<>();
        for (TriggerKey key : scheduler.getTriggerKeys(GroupMatcher.anyGroup())) {
            if (scheduler.getTrigger(key) instanceof SimpleTrigger trigger && which.test(trigger)
                    && startNow(trigger)) {
                started.add(key);
            }
        }
        return started;
    }

    /** A route that was suspended keeps its trigger, paused. */
    private boolean startNow(SimpleTrigger trigger) throws SchedulerException {
        return scheduler.getTriggerState(trigger.getKey()) != TriggerState.PAUSED
                && scheduler.rescheduleJob(trigger.getKey(), trigger.getTriggerBuilder().startNow().build()) != null;
    }

    private final class Ends extends TriggerListenerSupport {
        @Override
        public String getName() {
            return "ends";
        }

        @Override
        public void triggerComplete(Trigger trigger, JobExecutionContext firing, CompletedExecutionInstruction next) {
            ended.put(trigger.getKey(), firing.getFireTime());
        }
    }
}
