package dev.cosell.sync.steps;

import dev.cosell.sync.books.LinkStore;
import dev.cosell.sync.books.LookAgain;
import dev.cosell.sync.books.Waiting;
import dev.cosell.sync.decide.Deadline;
import dev.cosell.verbs.Hint;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.camel.Body;
import org.apache.camel.Variable;

/**
 * Finds the pairs for which time has come: a move was held long enough, or a deadline is near. What follows from it the
 * sync decides, as with every other hint.
 */
public final class DuePairs {
    private static final int MOST = 500;
    /** So many of those that wait after a start or a release are gone through in one turn, when queues have room. */
    private static final int OF_MANY = 1_000;
    /** Behind the last of them. */
    private static final long ALL = Long.MAX_VALUE;
    /** A hint that cannot be worked on now stays in the queue; until then the pair is not reminded of each minute. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final Duration LONGEST = Duration.ofDays(1);

    private final LinkStore links;
    private final List<String> crms;
    private final Releases releases;
    private final Clock clock;
    private final Predicate<String> busy;
    /** Id of the link up to which those that waited at the start were gone through. */
    private long started;
    /** The turn that is being handed over. */
    private Turn turn = new Turn(0, Set.of(), Releases.Turn.NONE);

    /**
     * @param started  what {@link #started} is afterwards
     * @param ofMany   ids of those that are not looked at because their time has come
     * @param released those that are let go after a release
     */
    private record Turn(long started, Set<Long> ofMany, Releases.Turn released) {}

    /**
     * @param crms names of the enabled CRMs; links of others rest as they are until theirs is enabled again
     * @param busy whether the queue of a CRM has so much to do that what waited at the start, or for a release, comes
     *     later
     */
    public DuePairs(LinkStore links, List<String> crms, Releases releases, Predicate<String> busy, Clock clock) {
        this.links = links;
        this.crms = List.copyOf(crms);
        this.releases = releases;
        this.busy = busy;
        this.clock = clock;
    }

    /**
     * The pairs to look at now; in the first turns after a start also all that wait, because another rule may be in
     * force now, and in those after a release what waited for it. A turn that fails, or whose pairs were not handed
     * over, has looked at none of them.
     */
    public synchronized List<Waiting> due() {
        List<Waiting> inTime = inTime();
        boolean starts = started != ALL && crms.stream().noneMatch(busy);
        List<Waiting> atStart = starts ? links.waiting(started, OF_MANY) : List.of();
        Releases.Turn released = releases.next(crms::contains, busy.negate(), OF_MANY);
        Map<Long, Waiting> due = new LinkedHashMap<>();
        inTime.forEach(link -> due.put(link.id(), link));
        atStart.stream().filter(this::isSynced).filter(link -> !link.waits().held().isEmpty() || overdue(link))
                .forEach(link -> due.putIfAbsent(link.id(), link));
        released.deals().forEach(link -> due.putIfAbsent(link.id(), link));
        // A link may be due although it waits for nothing: a sync wanted another look at it.
        Set<Long> reminded = inTime.stream().map(Waiting::id).collect(Collectors.toSet());
        due.values().stream().filter(link -> reminded.contains(link.id()) || overdue(link))
                .forEach(link -> links.postpone(link.id(), clock.instant().plus(patience(link))));
        long through = !starts ? started : atStart.size() < OF_MANY ? ALL : atStart.get(atStart.size() - 1).id();
        turn = new Turn(through, due.keySet().stream().filter(id -> !reminded.contains(id)).collect(Collectors.toSet()),
                released);
        return List.copyOf(due.values());
    }

    /** All pairs of the last turn are on the queue. */
    public synchronized void handedOver() {
        started = turn.started();
        releases.handedOver(turn.released());
    }

    private List<Waiting> inTime() {
        Instant now = clock.instant();
        return crms.stream().flatMap(crm -> links.due(crm, now, MOST).stream()).toList();
    }

    private boolean isSynced(Waiting link) {
        return crms.contains(link.crm());
    }

    /** Twice as long each time, so that an outage of days does not fill the queue with reminders. */
    private Duration patience(Waiting link) {
        Instant since = link.waits().next() == null ? link.updatedAt() : link.waits().next();
        Duration late = Duration.between(since, clock.instant());
        return late.compareTo(PATIENCE) < 0 ? PATIENCE : late.compareTo(LONGEST) > 0 ? LONGEST : late;
    }

    private boolean overdue(Waiting link) {
        Instant next = link.waits().next();
        return next != null && !next.isAfter(clock.instant());
    }

    /** Whether it has to be looked up if Microsoft has answered. */
    public boolean asksMicrosoft(@Variable("due") Waiting link) {
        return link.engagementId() != null && link.waits().asksMicrosoft(clock.instant());
    }

    public void answered(@Body Deadline.State answer, @Variable("due") Waiting link) {
        links.settle(link, link.waits().microsoft(answer));
    }

    public synchronized Hint hint(@Variable("due") Waiting link) {
        return turn.ofMany().contains(link.id()) ? LookAgain.behindOthers(link) : LookAgain.at(link);
    }
}
