package dev.cosell.cluster;

import java.util.Map;
import java.util.TimeZone;
import org.apache.camel.Endpoint;
import org.apache.camel.component.quartz.QuartzComponent;
import org.apache.camel.component.quartz.QuartzEndpoint;
import org.quartz.CronTrigger;
import org.quartz.JobDetail;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.TriggerKey;

/**
 * Camel's component on a store that outlives the process: a schedule has the same name everywhere, and is stored as
 * its route wants it.
 */
final class ClusterQuartz extends QuartzComponent {
    private static final String OWN_GROUP = "Camel_";
    private static final String GROUP = "routes";

    private final Runnable lastWork;

    /** @param lastWork waits for a moment until the end of the last firings is written down */
    ClusterQuartz(Scheduler scheduler, Runnable lastWork) {
        setScheduler(scheduler);
        this.lastWork = lastWork;
        // The routes have ended before. Quartz itself would wait for its firings without end while the database is
        // away.
        setInterruptJobsOnShutdown(true);
    }

    @Override
    protected void doStop() throws Exception {
        lastWork.run();
        super.doStop();
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        QuartzEndpoint endpoint = (QuartzEndpoint) super.createEndpoint(uri, remaining, parameters);
        if (endpoint.getTriggerKey().getGroup().startsWith(OWN_GROUP)) {
            // Camel takes the name of the context, which may be another one in another process.
            endpoint.setTriggerKey(new TriggerKey(endpoint.getTriggerKey().getName(), GROUP));
        }
        forgetAnotherKind(endpoint);
        return endpoint;
    }

    /** camel-quartz stores neither of these anew: whether a job may run twice at a time, and the zone of a cron. */
    private void forgetAnotherKind(QuartzEndpoint endpoint) throws SchedulerException {
        JobKey key = new JobKey(endpoint.getTriggerKey().getName(), endpoint.getTriggerKey().getGroup());
        JobDetail stored = getScheduler().getJobDetail(key);
        if (stored != null && (stored.isConcurrentExecutionDisallowed() != endpoint.isStateful()
                || inAnotherZone(endpoint))) {
            getScheduler().deleteJob(key);
        }
    }

    private boolean inAnotherZone(QuartzEndpoint endpoint) throws SchedulerException {
        Object named = endpoint.getTriggerParameters().get("timeZone");
        TimeZone wanted = named == null ? TimeZone.getDefault() : TimeZone.getTimeZone(named.toString());
        return endpoint.getCron() != null
                && getScheduler().getTrigger(endpoint.getTriggerKey()) instanceof CronTrigger stored
                && !stored.getTimeZone().getID().equals(wanted.getID());
    }
}
