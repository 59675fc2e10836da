package dev.cosell.cluster;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether this instance may work beside those that run already. */
public final class Admission {
    private static final Logger LOG = LoggerFactory.getLogger(Admission.class);
    private static final Duration LOOK = Duration.ofMillis(200);
    /** A roll-out would wait for ever: each new instance is refused by those that it is to replace. */
    private static final String CHANGED_FOR_ALL = ". If a setting was changed for all of them, stop those that run"
            + " before the new ones start (in Kubernetes: scale the deployment to 0 and back); what was accepted waits"
            + " in the queue meanwhile";

    private final Instances instances;
    private final UnaryOperator<String> oneName;

    /** @param oneName the one address of a system that answers at several */
    public Admission(Instances instances, UnaryOperator<String> oneName) {
        this.instances = instances;
        this.oneName = oneName;
    }

    /**
     * Returns when nothing stands against it. One that may just have died is watched until it shows a sign of life or
     * the take-over time has gone by.
     *
     * @throws IllegalStateException naming each difference from an instance that is running
     */
    public void await() {
        KnownInstance first = null;
        for (KnownInstance other = stranger(); other != null; other = stranger()) {
            if (first == null || !first.id().equals(other.id())) {
                LOG.info("{} works on this database with other settings; it was last seen {}, and is waited for in case"
                        + " it has died",
                        other.name(), other.seen());
                first = other;
            } else if (other.seen().isAfter(first.seen())) {
                throw new IllegalStateException(refusal(other));
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }

    private String refusal(KnownInstance other) {
        return "This instance cannot work beside " + other.name() + ", which runs on the same database: "
                + String.join("; ", differences(other)) + ". Give all instances of one database the same settings,"
                + " or this one a database of its own" + (differInSettings(other) ? CHANGED_FOR_ALL : "");
    }

    private List<String> differences(KnownInstance other) {
        return Traits.differences(instances.traits(), other.traits(), oneName);
    }

    private boolean differInSettings(KnownInstance other) {
        Map<String, String> settings = new HashMap<>(other.traits());
        settings.remove(Traits.VERSION);
        return !Traits.differences(instances.traits(), settings, oneName).isEmpty();
    }

    /**
     * One that was there before us; it is the later one that is refused. A former process at our own address has
     * ended, or we had not come this far.
     */
    private KnownInstance stranger() {
        List<KnownInstance> all = instances.look();
        KnownInstance us = all.stream().filter(each -> each.id().equals(instances.id())).findFirst().orElse(null);
        return all.stream().takeWhile(each -> !each.equals(us)).filter(KnownInstance::live)
                .filter(each -> !each.name().equals(instances.name()))
                .filter(each -> !differences(each).isEmpty()).findFirst().orElse(null);
    }
}
