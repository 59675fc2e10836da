package dev.cosell.cluster;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether this instance may work beside those that run already, and under its name. */
public final class Admission {
    private static final Logger LOG = LoggerFactory.getLogger(Admission.class);
    private static final Duration LOOK = Duration.ofMillis(200);
    /** A roll-out would wait for ever: each new instance is refused by those that it is to replace. */
    private static final String CHANGED_FOR_ALL = ". If a setting was changed for all of them, stop those that run"
            + " before the new ones start (in Kubernetes: scale the deployment to 0 and back); what was accepted waits"
            + " in the queue meanwhile";

    private static final String WAITED_FOR = " it was last seen {}, and is waited for in case it has died";

    private final Instances instances;
    private final UnaryOperator<String> oneName;

    /** @param oneName the one address of a system that answers at several */
    public Admission(Instances instances, UnaryOperator<String> oneName) {
        this.instances = instances;
        this.oneName = oneName;
    }

    /**
     * Returns when no other process of our name is alive. To be called before this instance joins and takes over what
     * its former process had: a living one would lose that again and again.
     *
     * @throws IllegalStateException when one shows a sign of life
     */
    public void awaitName() {
        await(instances::namesake, "{} is the name of another process, too;" + WAITED_FOR, Admission::sameName);
    }

    /**
     * Returns when nothing stands against it. One that may just have died is watched until it shows a sign of life or
     * the take-over time has gone by.
     *
     * @throws IllegalStateException naming each difference from an instance that is running
     */
    public void await() {
        await(this::stranger, "{} works on this database with other settings;" + WAITED_FOR, this::refusal);
    }

    private static void await(Supplier<KnownInstance> found, String words, Function<KnownInstance, String> refusal) {
        KnownInstance first = null;
        for (KnownInstance other = found.get(); other != null; other = found.get()) {
            if (first == null || !first.id().equals(other.id())) {
                LOG.info(words, other.name(), other.seen());
                first = other;
            } else if (other.seen().isAfter(first.seen())) {
                throw new IllegalStateException(refusal.apply(other));
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }

    private static String sameName(KnownInstance other) {
        return "Two processes are called " + other.name() + ", this one and one that runs on the same database. "
                + Divergence.NAMES_OF_THEIR_OWN + ". If the other one is what ran here before, end it first";
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
