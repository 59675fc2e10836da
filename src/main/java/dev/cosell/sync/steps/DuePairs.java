package dev.cosell.sync.steps;

import dev.cosell.sync.books.LinkStore;
import dev.cosell.sync.books.LookAgain;
import dev.cosell.sync.decide.Deadline;
import dev.cosell.sync.decide.Link;
import dev.cosell.verbs.Hint;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.apache.camel.Body;
import org.apache.camel.Variable;

/**
 * Finds the pairs for which time has come: a move was held long enough, or a deadline is near. What follows from it the
 * sync decides, as with every other hint.
 */
public final class DuePairs {
    private static final int MOST = 500;
    /** A hint that cannot be worked on now stays in the queue; until then the pair is not reminded of each minute. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final Duration LONGEST = Duration.ofDays(1);

    private final LinkStore links;
    private final List<String> crms;
    private final Brakes brakes;
    private final Clock clock;
    private final AtomicBoolean started = new AtomicBoolean();

    /** @param crms names of the enabled CRMs; links of others rest as they are until theirs is enabled again */
    public DuePairs(LinkStore links, List<String> crms, Brakes brakes, Clock clock) {
        this.links = links;
        this.crms = List.copyOf(crms);
        this.brakes = brakes;
        this.clock = clock;
    }

    /**
     * The pairs to look at now; at the first turn after a start all that wait, because another rule may be in force
     * now.
     */
    public List<Link> due() {
        boolean starts = started.compareAndSet(false, true);
        List<Link> inTime = starts ? List.of() : inTime();
        List<Link> due = new ArrayList<>(starts ? links.waiting(Integer.MAX_VALUE).stream().filter(this::isSynced)
                .filter(link -> !link.waits().held().isEmpty() || overdue(link)).toList() : inTime);
        List<Link> letGo = brakes.letGo(links).stream().filter(this::isSynced).filter(link -> !due.contains(link))
                .toList();
        due.addAll(letGo);
        // A link may be due although it waits for nothing: a sync wanted another look at it.
        Stream.concat(inTime.stream(), (starts ? due : letGo).stream().filter(this::overdue))
                .forEach(link -> links.postpone(link, clock.instant().plus(patience(link))));
        return due;
    }

    private List<Link> inTime() {
        Instant now = clock.instant();
        return crms.stream().flatMap(crm -> links.due(crm, now, MOST).stream()).toList();
    }

    private boolean isSynced(Link link) {
        return crms.contains(link.crm());
    }

    /** Twice as long each time, so that an outage of days does not fill the queue with reminders. */
    private Duration patience(Link link) {
        Instant since = link.waits().next() == null ? link.updatedAt() : link.waits().next();
        Duration late = Duration.between(since, clock.instant());
        return late.compareTo(PATIENCE) < 0 ? PATIENCE : late.compareTo(LONGEST) > 0 ? LONGEST : late;
    }

    private boolean overdue(Link link) {
        Instant next = link.waits().next();
        return next != null && !next.isAfter(clock.instant());
    }

    /** Whether it has to be looked up if Microsoft has answered. */
    public boolean asksMicrosoft(@Variable("due") Link link) {
        return link.engagementId() != null && link.waits().asksMicrosoft(clock.instant());
    }

    public void answered(@Body Boolean answered, @Variable("due") Link link) {
        links.settle(link, link.waits()
                .microsoft(Boolean.TRUE.equals(answered) ? Deadline.State.ANSWERED : Deadline.State.SILENT));
    }

    public Hint hint(@Variable("due") Link link) {
        return LookAgain.at(link);
    }
}
