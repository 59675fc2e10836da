package dev.cosell.operations;

import dev.cosell.cluster.Divergence;
import dev.cosell.cluster.Instances;
import dev.cosell.cluster.KnownInstance;
import dev.cosell.cluster.Traits;
import dev.cosell.text.Moment;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The instances for JMX (the MBean {@value #NAME}), the health page and, when they begin to differ, the log. */
public final class ClusterOperations implements ClusterMXBean, AutoCloseable {
    public static final String NAME = "dev.cosell:type=Cluster,name=cosell-sync";
    private static final Logger LOG = LoggerFactory.getLogger(ClusterOperations.class);
    private static final String CLOCKS = "clocks";

    private final Instances instances;
    private List<String> before = List.of();
    private List<String> told = List.of();

    public ClusterOperations(Instances instances) {
        this.instances = instances;
    }

    /** Shows it until it is closed; a predecessor of the same name gives way. */
    public ClusterOperations register(CamelContext camel) {
        PlatformMBean.show(NAME, this);
        AlarmCheck.ofParts("instances", this::differences, this::details).register(camel);
        return this;
    }

    private void details(HealthCheckResultBuilder health) {
        health.detail("name", getName());
        health.detail("live", getLive());
        health.detail("instances", String.join("; ", getInstances()));
    }

    /**
     * Warns of differences that last, once. To be called now and then: instances take up a new file within seconds of
     * each other.
     */
    public synchronized void look() {
        List<String> now = getDifferences();
        if (now.equals(before) && !now.equals(told)) {
            now.stream().filter(sentence -> !told.contains(sentence)).forEach(LOG::warn);
            told = now;
        }
        before = now;
    }

    @Override
    public String getName() {
        return instances.name();
    }

    @Override
    public int getLive() {
        return instances.count();
    }

    @Override
    public List<String> getInstances() {
        return instances.known().stream().map(each -> each.name() + ": " + (each.live() ? "live" : "silent")
                + ", version " + each.traits().getOrDefault(Traits.VERSION, "unknown")
                + ", runs since " + Moment.text(each.started()) + ", last seen " + Moment.text(each.seen())).toList();
    }

    @Override
    public Map<String, String> getHolders() {
        Map<String, String> holders = new TreeMap<>();
        Map<String, String> latest = new HashMap<>();
        instances.known().stream().filter(KnownInstance::live).forEach(each -> each.holds().forEach((what, when) -> {
            if (when.compareTo(latest.getOrDefault(what, "")) > 0) {
                latest.put(what, when);
                holders.put(what, each.name() + ", " + when);
            }
        }));
        return holders;
    }

    @Override
    public Map<String, String> getRoutes() {
        Map<String, String> routes = new TreeMap<>();
        instances.known().stream().filter(KnownInstance::live)
                .forEach(each -> routes.put(each.name(), new TreeMap<>(each.routes()).toString()));
        return routes;
    }

    @Override
    public List<String> getDifferences() {
        return List.copyOf(differences().values());
    }

    /** Sentences by the file that differs, {@value #CLOCKS}, or a name that is not one instance's alone. */
    private Map<String, String> differences() {
        List<KnownInstance> known = instances.known();
        Map<String, String> differences = new LinkedHashMap<>(Divergence.ofRoutes(known));
        differences.putAll(Divergence.ofNames(known));
        Divergence.ofClocks(known, instances.clocksMayDiffer())
                .forEach(sentence -> differences.put(CLOCKS, sentence));
        return differences;
    }

    @Override
    public void close() {
        PlatformMBean.hide(NAME);
    }
}
