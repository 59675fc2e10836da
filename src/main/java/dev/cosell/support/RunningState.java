package dev.cosell.support;

import dev.cosell.cluster.KnownInstance;
import dev.cosell.operations.ConnectionMXBean;
import dev.cosell.operations.SyncOperations;
import dev.cosell.state.TableSizes;
import dev.cosell.sync.books.AuditTrail;
import dev.cosell.sync.books.LinkSearch;
import dev.cosell.sync.decide.Link;
import dev.cosell.sync.decide.LinkState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheckHelper;

/**
 * What a support bundle says of the running application: figures, states, ids and places in the code. Sentences stay
 * behind, because a sentence of a system may quote a record.
 */
public final class RunningState {
    private static final int ISSUES = 100;

    private final Sources from;

    /**
     * Whom it asks.
     *
     * @param crms the enabled CRMs
     */
    public record Sources(CamelContext camel, SyncOperations operations,
                          Supplier<Map<String, ConnectionMXBean>> connections,
                          Supplier<List<KnownInstance>> instances, LinkSearch links, AuditTrail audit,
                          TableSizes tables, LogTail log, List<String> crms) {}

    public RunningState(Sources from) {
        this.from = from;
    }

    /** @return texts, or what becomes JSON, by the name of the file in the bundle */
    public Map<String, Object> files() {
        Map<String, Object> files = new LinkedHashMap<>();
        put(files, "health.json", this::health);
        put(files, "sync.json", this::sync);
        put(files, "connections.json", this::connections);
        put(files, "issues.json", this::issues);
        put(files, "instances.json", this::instances);
        put(files, "database.json", from.tables()::now);
        put(files, "threads.txt", Threads::dump);
        put(files, "log.txt", () -> String.join("\n", from.log().lines()));
        return files;
    }

    /** What is asked for help may be what is broken: one part that fails leaves the others as they are. */
    private static void put(Map<String, Object> files, String name, Supplier<Object> part) {
        try {
            files.put(name, part.get());
        } catch (RuntimeException failed) {
            files.put(name, name.endsWith(".txt") ? failed.getClass().getName()
                    : Map.of("failed", failed.getClass().getName()));
        }
    }

    private Map<String, String> health() {
        Map<String, String> states = new TreeMap<>();
        HealthCheckHelper.invoke(from.camel())
                .forEach(result -> states.put(result.getCheck().getId(), result.getState().name()));
        return states;
    }

    private Map<String, Object> sync() {
        SyncOperations operations = from.operations();
        Map<String, Object> sync = new LinkedHashMap<>();
        sync.put("backlog", operations.getBacklog());
        sync.put("oldestPendingSeconds", operations.getOldestPendingSeconds());
        sync.put("links", operations.getLinksByState());
        sync.put("held", operations.getHeldCount());
        sync.put("deadlines", operations.getDeadlinesCount());
        sync.put("mappingIsInForce", operations.getMappingError().isEmpty());
        return sync;
    }

    private Map<String, Object> connections() {
        Map<String, Object> connections = new TreeMap<>();
        from.connections().get().forEach((system, bean) -> connections.put(system, Map.of("state", bean.getState(),
                "brokenSince", bean.getBrokenSince(), "lastRefresh", bean.getLastRefresh(),
                "warnings", bean.getWarnings().size())));
        return connections;
    }

    private List<Map<String, Object>> issues() {
        return Stream.of(LinkState.PARKED, LinkState.CLAIMED)
                .map(state -> new LinkSearch.Wanted(null, List.of(), state, from.crms()))
                .flatMap(wanted -> from.links().page(wanted, null, ISSUES).stream())
                .map(found -> issue(found.link())).toList();
    }

    private Map<String, Object> issue(Link link) {
        Map<String, Object> issue = new LinkedHashMap<>();
        issue.put("crm", link.crm());
        issue.put("referralId", link.referralId());
        issue.put("crmId", link.crmId());
        issue.put("state", link.state());
        issue.put("codes", link.standing().codes());
        String known = link.referralId() == null ? link.crmId() : link.referralId();
        issue.put("decisions", from.audit().last(known, 3).stream().map(entry -> entry.at() + " " + entry.situation()
                + " " + entry.action() + " mapping " + entry.mappingVersion()).toList());
        return issue;
    }

    private List<Map<String, Object>> instances() {
        return from.instances().get().stream().map(each -> Map.<String, Object>of("name", each.name(), "live",
                each.live(), "started", each.started().toString(), "seen", each.seen().toString(), "routes",
                each.routes(), "clockAheadMillis", each.clockAhead().toMillis(), "holds", each.holds().keySet()))
                .toList();
    }
}
