package dev.cosell.explain;

import dev.cosell.live.RouteFaults;
import dev.cosell.mapping.Mappings;
import dev.cosell.operations.AlarmCheck;
import dev.cosell.operations.BrakeOperations;
import dev.cosell.operations.ConnectionMXBean;
import dev.cosell.operations.ParkedRetry;
import dev.cosell.operations.SyncOperations;
import dev.cosell.operations.WaitingLines;
import dev.cosell.operations.WebhookMXBean;
import dev.cosell.queue.Hints;
import dev.cosell.sync.books.LinkStore;
import dev.cosell.sync.books.MinuteFigures;
import dev.cosell.sync.books.Unhurried;
import dev.cosell.sync.decide.LinkState;
import dev.cosell.text.Moment;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.ServiceStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How the sync is as a whole, at this moment. */
public final class Overview {
    private static final Logger LOG = LoggerFactory.getLogger(Overview.class);
    private static final Duration HOUR = Duration.ofHours(1);

    private final Sources from;
    private final List<String> crms;
    private final Map<String, Unhurried<Instant>> lastAgreed;
    private final Unhurried<WaitingLines.Listed> held;
    private final Unhurried<WaitingLines.Listed> deadlines;
    private final Duration patience;
    private final boolean sandbox;
    private final Clock clock;

    /**
     * Whom it asks.
     *
     * @param routeFaults what under {@code routes/} is not as its newest text says
     * @param lastEdit when an edit under {@code routes/} last came into force; null when none has since the start
     * @param phase    of the last backfill; null when there was none
     * @param told what there is to say of a CRM's own means
     * @param asked    what assistants asked for, one sentence each
     */
    public record Sources(CamelContext camel, SyncOperations operations, BrakeOperations brakes, Hints hints,
                          LinkStore links, MinuteFigures minutes,
                          Supplier<Map<String, ConnectionMXBean>> connections, WebhookMXBean webhook, Mappings mappings,
                          Supplier<RouteFaults> routeFaults, Supplier<Instant> lastEdit, ParkedRetry retry,
                          Supplier<String> phase, Supplier<List<Instance>> instances,
                          Function<String, Map<String, String>> told, Supplier<List<String>> asked) {}

    /**
     * @param patience how long a change may wait until that needs a person
     * @param sandbox  whether the systems are stand-ins
     */
    public Overview(Sources from, List<String> crms, Duration patience, boolean sandbox, Clock clock) {
        this.from = from;
        this.crms = List.copyOf(crms);
        this.lastAgreed = this.crms.stream().collect(Collectors.toMap(crm -> crm,
                crm -> new Unhurried<>(() -> from.links().latest(crm, LinkState.LINKED))));
        this.held = new Unhurried<>(from.operations()::held);
        this.deadlines = new Unhurried<>(from.operations()::deadlines);
        this.patience = patience;
        this.sandbox = sandbox;
        this.clock = clock;
    }

    /**
     * @param needsPerson what a person must do, one sentence each; empty when all is well
     * @param retry       how far the retry of many records is that was asked for last; null when there was none since
     *                    the start
     * @param backfill    the phase of the last backfill; null when there was none
     */
    public record Answer(String at, boolean sandbox, List<String> needsPerson, List<Connection> connections,
                         List<OneCrm> crms, List<BrakeOperations.Stopped> stopped, List<String> held,
                         List<String> deadlines, Webhook webhook, Mapping mapping,
                         Retry retry, String backfill, List<Instance> instances) {}

    /** A process that shares the database; one that was not seen within the take-over time is not live. */
    public record Instance(String name, boolean live, String started) {}

    /**
     * @param state    {@code UP} or {@code BROKEN}; texts are empty where there is nothing to say
     * @param since    when it broke
     * @param answered when the system last answered a call of this instance
     */
    public record Connection(String system, String state, String problem, String since, String answered, String user,
            List<String> warnings) {}

    /**
     * @param backlog     hints not yet done; null when the queue does not answer
     * @param oldest      age of the oldest of them in seconds; 0 when there is none, null when the queue does not
     *                    answer
     * @param wrote       decisions of the last hour that wrote to a system
     * @param paused      whether an operator has paused it
     * @param synced      links whose two records are kept the same
     * @param notSynced   all other links: those that are parked and those of which one side is gone
     * @param lastAgreed  when the last of the synced was found to agree, or was made to; null when there is none
     * @param lastParked  when the last of the parked was parked; null when there is none
     * @param told        a sentence for each of its own means, such as {@code calls} or {@code events}
     */
    public record OneCrm(String name, Integer backlog, Long oldest, int wrote, boolean paused, int synced,
            int notSynced, int parked, int orphaned, String lastAgreed, String lastParked,
            Map<String, String> told) {}

    public record Webhook(String registration, String alarm, String lastChecked) {}

    /**
     * @param fault    why edits under {@code routes/} are not in force and whose routes do not run; empty when all is
     *                 well
     * @param lastEdit when an edit last came into force; null when none has since the start
     */
    public record Mapping(String fault, Map<String, String> versions, String lastEdit) {}

    /** How far a retry of many is. */
    public record Retry(String who, String begun, int of, int done, boolean running, String fault) {
        public static Retry of(ParkedRetry.Progress now) {
            return new Retry(now.who(), Moment.text(now.begun()), now.of(), now.done(), now.running(), now.fault());
        }
    }

    public Answer now() {
        Instant now = clock.instant();
        List<Connection> connections = from.connections().get().entrySet().stream()
                .map(each -> connection(each.getKey(), each.getValue())).toList();
        Map<String, Integer> wrote = from.minutes().writes(now.minus(HOUR));
        List<OneCrm> each = crms.stream().map(crm -> oneCrm(crm, wrote.getOrDefault(crm, 0), now)).toList();
        Webhook webhook = new Webhook(from.webhook().getRegistration(), from.webhook().getAlarm(), from.webhook()
                .getLastChecked());
        RouteFaults routeFaults = from.routeFaults().get();
        List<BrakeOperations.Stopped> stopped = from.brakes().stopped();
        WaitingLines.Listed moves = held.answer();
        List<String> due = deadlines.answer().lines("deadlines");
        List<String> needs = new Needs(patience).of(connections, Stream.concat(
                AlarmCheck.sentences(from.camel()).stream(), StoppedRoutes.sentences(from.camel(), crms).stream())
                .toList(), routeFaults, each, from.operations().getApprovalsCount(), due);
        needs.addAll(from.asked().get());
        Mapping mapping = new Mapping(routeFaults.text(), crms.stream()
                .collect(Collectors.toMap(crm -> crm, crm -> from.mappings().of(crm).version())),
                Moment.text(from.lastEdit().get()));
        return new Answer(Moment.text(now), sandbox, needs, connections, each, stopped,
                moves.lines("moves"), due, webhook, mapping,
                from.retry().progress().map(Retry::of).orElse(null), from.phase().get(), from.instances().get());
    }

    private static Connection connection(String system, ConnectionMXBean bean) {
        return new Connection(system, bean.getState(), bean.getProblem(), bean.getBrokenSince(), bean.getLastAnswer(),
                bean.getUser(),
                bean.getWarnings());
    }

    private OneCrm oneCrm(String crm, int wrote, Instant now) {
        Map<LinkState, Integer> links = from.links().countByState(crm);
        // Null while the route could not be put back after an edit, which is told by itself.
        ServiceStatus sync = from.camel().getRouteController().getRouteStatus("sync-" + crm);
        boolean paused = sync != null && sync.isSuspended();
        // A broker that is away lets whoever asks wait for long.
        boolean answers = from.hints().problem().isEmpty();
        Integer backlog = answers ? orNull(() -> from.hints().backlog(crm)) : null;
        Long oldest = answers ? orNull(() -> from.hints().oldest(crm)
                .map(at -> Math.max(0, Duration.between(at, now).toSeconds())).orElse(0L)) : null;
        int parked = links.get(LinkState.PARKED) + links.get(LinkState.CLAIMED);
        int orphaned = links.get(LinkState.ORPHANED);
        return new OneCrm(crm, backlog, oldest, wrote, paused, links.get(LinkState.LINKED), parked + orphaned,
                parked, orphaned, Moment.text(lastAgreed.get(crm).answer()),
                Moment.text(Stream.of(LinkState.PARKED, LinkState.CLAIMED).map(state -> from.links().latest(crm, state))
                        .filter(Objects::nonNull).max(Comparator.naturalOrder()).orElse(null)), from.told().apply(crm));
    }

    /** A broker that is away is told of by itself, and hides nothing else. */
    private static <T> T orNull(Supplier<T> question) {
        try {
            return question.get();
        } catch (RuntimeException away) {
            LOG.debug("The queue did not answer", away);
            return null;
        }
    }
}
