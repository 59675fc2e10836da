package dev.cosell.app;

import dev.cosell.cluster.Admission;
import dev.cosell.cluster.Divergence;
import dev.cosell.cluster.Instances;
import dev.cosell.cluster.KnownInstance;
import dev.cosell.cluster.Schedules;
import dev.cosell.cluster.SharedTurn;
import dev.cosell.cluster.Traits;
import dev.cosell.cluster.Version;
import dev.cosell.connection.Turn;
import dev.cosell.crm.CrmPlugin;
import dev.cosell.crm.Crms;
import dev.cosell.live.CheckedReload;
import dev.cosell.operations.ClusterOperations;
import dev.cosell.settings.Key;
import dev.cosell.settings.Settings;
import dev.cosell.state.Database;
import dev.cosell.text.Digest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.CamelContext;

/**
 * What several instances have in common. On a database of one process' own there is only one, and everything is as if
 * this were not here.
 */
final class ClusterBeans implements AutoCloseable {
    private final Database database;
    private final Instances instances;
    private final Admission admission;
    private final Parts parts = new Parts();
    private final Map<String, SharedTurn> turns = new ConcurrentHashMap<>();
    /** Null on a database of one process' own. */
    private final Schedules schedules;

    ClusterBeans(Crms crms, Settings settings, Database database, Clock clock) {
        this.database = database;
        Duration takeOver = settings.duration(Key.CLUSTER_TAKE_OVER);
        instances = parts.add(new Instances(database, name(settings), traits(crms, settings), takeOver, clock));
        admission = new Admission(instances, address -> oneName(crms, address));
        schedules = database.isShared() ? parts.add(new Schedules(database, instances.id(), takeOver, clock)) : null;
        instances.holds(this::holds);
    }

    private static String name(Settings settings) {
        String given = settings.text(Key.CLUSTER_NAME);
        return given.isEmpty() ? host() + ":" + settings.text(Key.HTTP_PORT) : given;
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            return "localhost";
        }
    }

    private static Map<String, String> traits(Crms crms, Settings settings) {
        Map<String, String> traits = new HashMap<>();
        traits.put(Traits.VERSION, Version.OURS);
        traits.put(Traits.BROKER, Traits.brokers(settings.text(Key.BROKER_URL)));
        List.of(Key.PARTNER_CENTER_URL, Key.PARTNER_CENTER_TENANT, Key.PARTNER_CENTER_CLIENT_ID, Key.LEADS)
                .forEach(key -> traits.put(key.text(), settings.text(key)));
        traits.put(Key.CRMS.text(), String.join(",", settings.crms().stream().sorted().toList()));
        crms.enabled(settings).forEach(
                crm -> traits.put("the address of " + crm.title(), crm.address(settings).toString()));
        String key = settings.text(Key.PARTNER_CENTER_SIGN_IN_KEY);
        traits.put("the digest of " + Key.PARTNER_CENTER_SIGN_IN_KEY.text(), key.isEmpty() ? "" : Digest.of(key));
        return traits;
    }

    private static String oneName(Crms crms, String address) {
        String one = address;
        for (CrmPlugin crm : crms.all()) {
            one = crm.oneName(one);
        }
        return one;
    }

    private Map<String, String> holds() {
        Map<String, String> holds = new HashMap<>(schedules == null ? Map.of() : schedules.ran());
        turns.forEach((name, turn) -> turn.since().ifPresent(since -> holds.put(name, since.toString())));
        return holds;
    }

    Instances instances() {
        return instances;
    }

    /** Something that one instance does at a time, by a name of its own. */
    Turn turn(String name) {
        return database.isShared() ? turns.computeIfAbsent(name,
                same -> parts.add(new SharedTurn(database, name, instances.id(), instances.takeOver())))
                : Turn.ALWAYS;
    }

    /** @throws IllegalStateException when it may not work beside an instance that runs */
    void join() {
        if (database.isShared()) {
            admission.awaitName();
            instances.join();
            admission.await();
        }
    }

    /** To be called before the routes are loaded. */
    void serve(CamelContext camel) {
        if (schedules != null) {
            schedules.serve(camel);
        }
    }

    /** To be called when the routes run. What it gives is to be closed before they stop. */
    AutoCloseable started(CamelContext camel, CheckedReload reload) {
        if (schedules == null) {
            return () -> { };
        }
        instances.routes(reload::digests);
        ClusterOperations operations = parts.add(new ClusterOperations(instances)).register(camel);
        instances.afterBeat(() -> {
            operations.look();
            schedules.forgetOthers(alike(instances.known()));
            schedules.catchUp();
        });
        return schedules::rest;
    }

    /** Whether every live instance has told its files, and all have the same. */
    private static boolean alike(List<KnownInstance> known) {
        return known.stream().filter(KnownInstance::live).noneMatch(each -> each.routes().isEmpty())
                && Divergence.ofRoutes(known).isEmpty();
    }

    @Override
    public void close() {
        parts.close();
    }
}
