package dev.cosell.cluster;

import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.camel.CamelContext;
import org.apache.camel.component.quartz.CamelJob;
import org.quartz.JobExecutionContext;
import org.quartz.JobExecutionException;
import org.quartz.SchedulerException;
import org.quartz.SimpleTrigger;
import org.quartz.Trigger;
import org.quartz.TriggerKey;

/**
 * Runs the route of a schedule in this process, whatever name the Camel context had in the process that stored the
 * schedule.
 */
final class RouteJob extends CamelJob {
    private final CamelContext camel;
    private final Predicate<TriggerKey> runsHere;
    private final Consumer<TriggerKey> ran;

    RouteJob(CamelContext camel, Predicate<TriggerKey> runsHere, Consumer<TriggerKey> ran) {
        this.camel = camel;
        this.runsHere = runsHere;
        this.ran = ran;
    }

    @Override
    public void execute(JobExecutionContext firing) throws JobExecutionException {
        TriggerKey schedule = firing.getTrigger().getKey();
        if (runsHere.test(schedule)) {
            ran.accept(schedule);
            super.execute(firing);
        } else {
            putBack(firing);
        }
    }

    /** The route was stopped after this instance had taken the firing. */
    private static void putBack(JobExecutionContext firing) throws JobExecutionException {
        Trigger taken = firing.getTrigger();
        if (taken instanceof SimpleTrigger) {
            try {
                firing.getScheduler().rescheduleJob(taken.getKey(), taken.getTriggerBuilder().startNow().build());
            } catch (SchedulerException away) {
                throw new JobExecutionException(away);
            }
        }
    }

    @Override
    protected CamelContext getCamelContext(JobExecutionContext firing) {
        return camel;
    }
}
