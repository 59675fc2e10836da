package dev.cosell.crm.dynamics;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.component.http.HttpEndpoint;
import org.apache.hc.core5.pool.ConnPoolControl;

/**
 * Divides the calls that Dynamics 365 takes of a user at a time among the instances that are live: each has as many
 * connections as is its
 * share. What is beyond waits for its turn.
 */
final class ConcurrentCalls implements AutoCloseable {
    private static final String ADDRESS = "http://dynamics";
    private static final int LOOK_MILLIS = 500;

    private final CamelContext camel;
    private final int all;
    private final IntSupplier instances;
    private final ScheduledExecutorService timer;

    /**
     * @param all       calls at a time of all instances
     * @param instances how many are live, this one included
     */
    ConcurrentCalls(CamelContext camel, int all, IntSupplier instances) {
        this.camel = camel;
        this.all = all;
        this.instances = instances;
        this.timer = camel.getExecutorServiceManager().newSingleThreadScheduledExecutor(this,
                "DynamicsConcurrentCalls");
    }

    ConcurrentCalls start() {
        timer.scheduleWithFixedDelay(this::align, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
        return this;
    }

    int share() {
        return Math.max(1, all / Math.max(1, instances.getAsInt()));
    }

    /** A live reload makes new endpoints, so they are looked up each time. */
    private void align() {
        int share = share();
        for (Endpoint endpoint : camel.getEndpoints()) {
            if (endpoint instanceof HttpEndpoint http && endpoint.getEndpointUri().startsWith(ADDRESS)
                    && http.getClientConnectionManager() instanceof ConnPoolControl<?> pool
                    && pool.getMaxTotal() != share) {
                pool.setMaxTotal(share);
                pool.setDefaultMaxPerRoute(share);
            }
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
